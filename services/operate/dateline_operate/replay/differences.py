"""What other rules would change: members of events, and credits by agency, who gains copy, who loses it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from dateline_schemas.credit import Credit
from dateline_schemas.events import Event, StoryAttributed
from dateline_schemas.grounds import claimed

EXAMPLES = 3
NOBODY = "nobody"
ENVELOPE = ("id", "cause", "correlation", "rules", "schema")
"""Members that the kernel fills in: who said it and why, not what was said."""
SHOWN = 300
_INDEX = re.compile(r"\[\d+\]")


class Example(Struct, frozen=True, kw_only=True):
    """A story that would be credited otherwise."""

    story_id: str
    version: str
    headline: str
    was: str
    """Credit line, as it stands in the log."""
    would_be: str
    evidence: str
    """First evidence under the other rules."""


class Move(Struct, kw_only=True):
    """All stories that would go from one credit to another."""

    what: str
    """``copy``, ``cited``, ``pictures``, ``role`` or ``wording``."""
    was: str
    would_be: str
    stories: int = 0
    examples: list[Example] = field(default_factory=list)


class ByAgency(Struct, kw_only=True):
    """What an agency gains and loses."""

    agency: str
    gains: int = 0
    loses: int = 0


class CreditDiff(Struct, kw_only=True):
    """Everything that would change, counted."""

    stories: int = 0
    """Versions that would be credited otherwise."""
    moves: list[Move] = field(default_factory=list)
    agencies: list[ByAgency] = field(default_factory=list)

    def count(self, pairs: Iterable[tuple[Event | None, Event | None]]) -> None:
        """Count differences: (the event in the log, the event that would be said)."""
        for was, would_be in pairs:
            if isinstance(was, StoryAttributed) and isinstance(would_be, StoryAttributed):
                self._count(was, would_be)

    def _count(self, was: StoryAttributed, would_be: StoryAttributed) -> None:
        said = list(_changes(was.credit, would_be.credit))
        self.stories += bool(said)
        for what, before, after in said:
            move = self._move(what, before, after)
            move.stories += 1
            if len(move.examples) < EXAMPLES:
                move.examples.append(_example(was, would_be))
        for agency in set(was.credit.agencies) ^ set(would_be.credit.agencies):
            row = self._row(agency)
            row.gains += agency in would_be.credit.agencies
            row.loses += agency in was.credit.agencies

    def _move(self, what: str, was: str, would_be: str) -> Move:
        for move in self.moves:
            if (move.what, move.was, move.would_be) == (what, was, would_be):
                return move
        self.moves.append(Move(what=what, was=was, would_be=would_be))
        return self.moves[-1]

    def _row(self, agency: str) -> ByAgency:
        for row in self.agencies:
            if row.agency == agency:
                return row
        self.agencies.append(ByAgency(agency=agency))
        return self.agencies[-1]

    def sorted(self) -> CreditDiff:
        """The same, sorted: the most frequent first."""
        return CreditDiff(
            stories=self.stories,
            moves=sorted(self.moves, key=lambda move: (-move.stories, move.what, move.was, move.would_be)),
            agencies=sorted(self.agencies, key=lambda row: (-(row.gains + row.loses), row.agency)),
        )


def _changes(was: Credit, would_be: Credit) -> Iterable[tuple[str, str, str]]:
    for what, before, after in (
        ("copy", was.agencies, would_be.agencies),
        ("cited", was.cited, would_be.cited),
        ("pictures", was.pictures, would_be.pictures),
    ):
        if before != after:
            yield what, ", ".join(before) or NOBODY, ", ".join(after) or NOBODY
    if was.agencies == would_be.agencies:
        if was.role != would_be.role:
            yield "role", was.role, would_be.role
        elif was.credit_line != would_be.credit_line:
            yield "wording", was.credit_line, would_be.credit_line


def _example(was: StoryAttributed, would_be: StoryAttributed) -> Example:
    first = next(iter(would_be.credit.evidence), None)
    return Example(
        story_id=would_be.story_id,
        version=would_be.version,
        headline=would_be.story.headline,
        was=was.credit.credit_line,
        would_be=would_be.credit.credit_line,
        evidence=f"{first.where}: {first.text} ({first.rule})" if first else "",
    )


class Change(Struct, frozen=True, kw_only=True):
    """A member of an event that would be different."""

    path: str
    """E.g. ``credit.agencies[1]``."""
    was: str
    would_be: str
    evidence: bool = False
    """Whether it is evidence (where, by which rule, how sure) and no claim."""


class ByField(Struct, kw_only=True):
    """How many events would be different in a field."""

    path: str
    """Without the numbers of lists: ``credit.authors[].where``."""
    evidence: bool
    events: int = 0


def count_fields(rows: list[ByField], found: Iterable[Change]) -> None:
    """Take the changes of one event into account."""
    for path, evidence in dict.fromkeys((_INDEX.sub("[]", one.path), one.evidence) for one in found):
        there = (row for row in rows if (row.path, row.evidence) == (path, evidence))
        row = next(there, None)
        if row is None:
            row = ByField(path=path, evidence=evidence)
            rows.append(row)
        row.events += 1


def in_order(rows: Iterable[ByField]) -> list[ByField]:
    """Claims before evidence, the most frequent first."""
    return sorted(rows, key=lambda row: (row.evidence, -row.events, row.path))


def changed_members(was: Event, would_be: Event) -> tuple[Change, ...]:
    """The members in which two events differ, without their envelopes: first claims, then evidence."""
    claims = {one.path for one in changes(_plain(claimed(was)), _plain(claimed(would_be)))}
    found = changes(_plain(msgspec.to_builtins(was)), _plain(msgspec.to_builtins(would_be)))
    of_claims = [one for one in found if one.path in claims]
    of_grounds = [replace(one, evidence=True) for one in found if one.path not in claims]
    return (*of_claims, *of_grounds)


def evidence_only(found: Sequence[Change]) -> bool:
    """Whether only evidence differs."""
    return all(one.evidence for one in found)


def changes(was: Any, would_be: Any, path: str = "") -> list[Change]:
    """Where two JSON values differ, leaf by leaf."""
    if was == would_be:
        return []
    if isinstance(was, dict) and isinstance(would_be, dict):
        names = dict.fromkeys((*was, *would_be))
        prefix = f"{path}." if path else ""
        return [one for name in names for one in changes(was.get(name), would_be.get(name), f"{prefix}{name}")]
    if isinstance(was, (list, tuple)) and isinstance(would_be, (list, tuple)) and len(was) == len(would_be):
        pairs = enumerate(zip(was, would_be, strict=True))
        return [one for nth, pair in pairs for one in changes(*pair, f"{path}[{nth}]")]
    return [Change(path=path, was=_short(was), would_be=_short(would_be))]


def _plain(members: Any) -> Any:
    return {name: value for name, value in members.items() if name not in (*ENVELOPE, "type")}


def _short(value: Any) -> str:
    said = "(nothing)" if value is None else msgspec.json.encode(value).decode()
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
