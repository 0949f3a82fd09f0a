"""What a service would say to the past today, compared with what it said then. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dateline_operate.creditdiff import CreditDiff
from dateline_operate.fielddiff import ByField, Change, changed_members, count_fields, evidence_only
from dateline_schemas.events import CreditOverridden, Event, Recorded
from dateline_schemas.identity import REPLAYED, stamp

FAILURES_SHOWN = 10


class Difference(Struct, frozen=True, kw_only=True):
    """One event that would be said differently, or anew, or not at all."""

    heard_seq: int
    story_id: str
    version: str
    event: str
    """Type of what is said."""
    kind: Literal["changed", "evidence_only", "new", "gone"]
    """evidence_only: what is said is the same, and nothing but the grounds of it would differ."""
    seq: int | None = None
    """Where the newest one like it stands in the log."""
    changes: tuple[Change, ...] = ()


class Compared(Struct, frozen=True, kw_only=True):
    """What came of replaying one event."""

    equal: int = 0
    differences: tuple[Difference, ...] = ()
    pairs: tuple[tuple[Event | None, Event | None], ...] = ()
    """For each difference what stands in the log and what would be said."""
    overtaken: int = 0
    """What would have been said at once, and was made needless by what happened before the service came to decide."""
    superseded: bool = False
    """It counts no more, so that nothing is said to it."""
    failure: str = ""
    """Where and why the service could not deal with it."""
    to_append: tuple[Event, ...] = ()
    """What would have to be said for the log to agree, each under an id that the log does not have."""


def superseded(log: Sequence[Recorded[Event]], heard: Recorded[Event]) -> bool:
    """Whether an event counts no more: a replay has replaced it, or an editor has had another word since.

    ``log`` is what the journal loads of the story, which has every word of an editor's but one answer a version: that
    to an earlier word has been replaced, and saying it again would be speaking over the later one.
    """
    if all(one.seq != heard.seq for one in log):
        return True
    return isinstance(heard.event, CreditOverridden) and heard.event.outdone(one.event for one in log)


def compare(
    log: Sequence[Recorded[Event]], heard: Recorded[Event], said: Sequence[Event], gone: tuple[type[Event], ...] = ()
) -> Compared:
    """Compare what is said today to an event with the newest that the story's log has of the same cause and type.

    ``gone`` are the types that count as no longer said if the log has one and today has none. Ids and rules are no
    difference. What was never said is to be appended as it is, what replaces something under an id made from its
    content and the id of what it replaces: replaying again finds nothing more to do, and no id is used twice.
    """
    equal = 0
    differences: list[Difference] = []
    to_append: list[Event] = []
    pairs: list[tuple[Event | None, Event | None]] = []
    known = {recorded.event.id for recorded in log}
    groups: dict[tuple[type[Event], str], list[tuple[int, Event]]] = {(kind, heard.event.id): [] for kind in gone}
    for nth, event in enumerate(said):
        groups.setdefault((type(event), event.cause), []).append((nth, event))
    for (kind, cause), mine in groups.items():
        there = [one for one in log if type(one.event) is kind and one.event.cause == cause]
        newest = there[-max(1, len(mine)) :]
        for place, (nth, event) in enumerate(mine):
            old = newest[place] if place < len(newest) else None
            if old is not None and content(old.event) == content(event):
                equal += 1
                continue
            differences.append(_difference(heard, kind, old, event))
            pairs.append((old.event if old else None, event))
            to_append.append(_identified(event, heard.event, old.event if old else None, known, nth))
        if not mine and newest:
            differences.append(_difference(heard, kind, newest[-1], None))
            pairs.append((newest[-1].event, None))
    return Compared(equal=equal, differences=tuple(differences), pairs=tuple(pairs), to_append=tuple(to_append))


def content(event: Event) -> bytes:
    """What an event says, its envelope left out, as bytes."""
    return msgspec.json.encode(replace(event, id="", cause="", correlation="", rules="", schema=1))


def _identified(event: Event, cause: Event, old: Event | None, known: set[str], nth: int) -> Event:
    if old is None and event.id not in known:
        return event
    # Rules may come back, or keep their name while a table is edited: what is said and what it replaces tell this
    # answer from every other one.
    digest = hashlib.sha256(content(event) + (old.id if old else "").encode()).hexdigest()[:12]
    return stamp(event, cause, f"{event.rules}{REPLAYED}{digest}", nth)


def _difference(
    heard: Recorded[Event], kind: type[Event], old: Recorded[Event] | None, new: Event | None
) -> Difference:
    changes = changed_members(old.event, new) if old and new else ()
    same = bool(changes) and evidence_only(changes)
    return Difference(
        heard_seq=heard.seq,
        story_id=heard.event.story_id,
        version=heard.event.version,
        event=kind.__name__,
        kind="evidence_only" if same else "changed" if old and new else "new" if new else "gone",
        seq=old.seq if old else None,
        changes=changes,
    )


class Tally(Struct, kw_only=True):
    """What came of a whole replay."""

    service: str
    rules: str
    dry_run: bool
    looked_at: int = 0
    superseded: int = 0
    """Events that count no more, so that nothing is said to them."""
    equal: int = 0
    changed: int = 0
    evidence_only: int = 0
    """What would be said on other grounds, and is the same."""
    new: int = 0
    gone: int = 0
    overtaken: int = 0
    """What would have been said had the service decided at once, and a later event made needless; no difference."""
    appended: int = 0
    failed: int = 0
    """Events that the service could not deal with."""
    seconds: float = 0.0
    examples: list[Difference] = msgspec.field(default_factory=list)
    failures: list[str] = msgspec.field(default_factory=list)
    credits: CreditDiff = msgspec.field(default_factory=CreditDiff)
    """What would change about credits, for attribution."""
    fields: list[ByField] = msgspec.field(default_factory=list)
    """In how many events which fields would be different."""

    @property
    def differ(self) -> int:
        """How many things would be said differently, on other grounds, anew, or no more."""
        return self.changed + self.evidence_only + self.new + self.gone

    def count(self, compared: Compared, examples: int) -> None:
        """Take one event into account, keeping at most so many examples."""
        self.looked_at += 1
        self.superseded += compared.superseded
        if compared.failure:
            self.failed += 1
            self.failures = [*self.failures, compared.failure][:FAILURES_SHOWN]
        self.equal += compared.equal
        self.overtaken += compared.overtaken
        self.credits.count(compared.pairs)
        for one in compared.differences:
            setattr(self, one.kind, getattr(self, one.kind) + 1)
            count_fields(self.fields, one.changes)
            self._show(one, examples)

    def _show(self, one: Difference, at_most: int) -> None:
        """Keep it as an example. One of other grounds alone makes room for any other."""
        if len(self.examples) == at_most and one.kind != "evidence_only":
            there = (nth for nth, kept in enumerate(self.examples) if kept.kind == "evidence_only")
            if (least := next(there, None)) is not None:
                del self.examples[least]
        if len(self.examples) < at_most:
            self.examples.append(one)
