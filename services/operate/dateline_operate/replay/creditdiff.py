"""What other rules would change about credits, by agency: who gains copy, who loses it, with examples. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from dateline_schemas.credit import Credit
from dateline_schemas.events import Event, StoryAttributed

EXAMPLES = 3
NOBODY = "nobody"


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
