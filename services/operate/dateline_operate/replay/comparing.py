"""What a service would say to the past today, compared with what it said then. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dateline_operate.replay.differences import (
    ByField,
    Change,
    CreditDiff,
    changed_members,
    count_fields,
    evidence_only,
)
from dateline_schemas.events import CreditOverridden, Event, Recorded
from dateline_schemas.identity import REPLAYED, stamp

FAILURES_SHOWN = 10


class Difference(Struct, frozen=True, kw_only=True):
    """One event that would be said differently, or anew, or not at all."""

    heard_seq: int
    story_id: str
    version: str
    event: str
    """Name of the answer's type, e.g. ``StoryAttributed``."""
    kind: Literal["changed", "evidence_only", "new", "gone"]
    """evidence_only: what is said is the same, and nothing but the grounds of it would differ."""
    seq: int | None = None
    """Sequence of the newest answer of this type in the log."""
    changes: tuple[Change, ...] = ()


class Compared(Struct, frozen=True, kw_only=True):
    """The result of replaying one event."""

    equal: int = 0
    differences: tuple[Difference, ...] = ()
    pairs: tuple[tuple[Event | None, Event | None], ...] = ()
    """For each difference: (the event in the log, the event that would be said)."""
    overtaken: int = 0
    """Events that would have been said at once, had a later event not made them needless first."""
    superseded: bool = False
    """The event no longer counts, so nothing is said in answer to it."""
    failure: str = ""
    """Where and why the service could not deal with it."""
    to_append: tuple[Event, ...] = ()
    """What to append so that the log agrees, each event under an id that the log does not have yet."""


def superseded(log: Sequence[Recorded[Event]], heard: Recorded[Event]) -> bool:
    """Whether an event no longer counts: a replay has replaced it, or an editor has overruled the version again since.

    ``log`` is the story as the journal loads it: every override, but only the newest answer for each version. The
    answer to an earlier override has been replaced; to say it again would overrule the later one.
    """
    if all(one.seq != heard.seq for one in log):
        return True
    return isinstance(heard.event, CreditOverridden) and heard.event.outdone(one.event for one in log)


def compare(
    log: Sequence[Recorded[Event]], heard: Recorded[Event], said: Sequence[Event], gone: tuple[type[Event], ...] = ()
) -> Compared:
    """Compare today's answer to an event with the newest one in the story's log that has the same cause and type.

    ``gone`` are the types that count as no longer said if the log has one and today has none. Ids and rules make no
    difference. What was never said is appended as it is. What replaces something gets an id made from its content and
    the id that it replaces, so that replaying again finds nothing to do and no id is used twice.
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
    """An event without its envelope, as bytes."""
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
    """The result of a whole replay."""

    service: str
    rules: str
    dry_run: bool
    looked_at: int = 0
    superseded: int = 0
    """Events that no longer count, so nothing is said in answer to them."""
    equal: int = 0
    changed: int = 0
    evidence_only: int = 0
    """Answers that claim the same with different evidence."""
    new: int = 0
    gone: int = 0
    overtaken: int = 0
    """Events that would have been said at once, but were made needless by later ones; no difference."""
    appended: int = 0
    failed: int = 0
    """Events that the service could not deal with."""
    seconds: float = 0.0
    examples: list[Difference] = msgspec.field(default_factory=list)
    failures: list[str] = msgspec.field(default_factory=list)
    credits: CreditDiff = msgspec.field(default_factory=CreditDiff)
    """What would change about credits, for attribution."""
    fields: list[ByField] = msgspec.field(default_factory=list)
    """How many events would differ in which fields."""

    @property
    def differ(self) -> int:
        """Number of answers that would change, in claims or evidence, be new, or be gone."""
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
        """Keep a difference as an example. One in evidence alone makes room for any other."""
        if len(self.examples) == at_most and one.kind != "evidence_only":
            there = (nth for nth, kept in enumerate(self.examples) if kept.kind == "evidence_only")
            if (least := next(there, None)) is not None:
                del self.examples[least]
        if len(self.examples) < at_most:
            self.examples.append(one)
