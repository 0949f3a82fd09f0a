"""Uncredited copies: a text that credits nobody is compared with the agency stories of the log. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline_attribution.copywords import words
from dateline_attribution.originindex import OriginIndex
from dateline_attribution.originrules import OriginRules
from dateline_attribution.overlaps import Overlap, is_copy, overlap, passages
from dateline_attribution.tableset import Tables, package_tables
from dateline_schemas.credit import Credit, Origin, Passage
from dateline_schemas.events import Event, Recorded, StoryAttributed
from dateline_schemas.story import Story


def credits_nobody(said: Sequence[Event]) -> bool:
    """Whether any of these events has a credit without agencies that no editor has confirmed."""
    return any(isinstance(event, StoryAttributed) and _is_open(event.credit) for event in said)


def with_origin(said: Sequence[Event], heard: Recorded[Event], index: OriginIndex) -> list[Event]:
    """The same events; a credit without agencies gets the agency story that the text is a copy of, if there is one."""
    return [_with_origin(event, heard, index) for event in said]


def _with_origin(event: Event, heard: Recorded[Event], index: OriginIndex) -> Event:
    if not isinstance(event, StoryAttributed) or not _is_open(event.credit):
        return event
    origin = index.origin(event.story, event.story_id, heard.seq, heard.time)
    return event if origin is None else replace(event, credit=marked(event.credit, origin))


def _is_open(credit: Credit) -> bool:
    return not credit.agencies and not credit.overridden


def marked(credit: Credit, origin: Origin) -> Credit:
    """The credit with the story that the text is a copy of, marked for review. It credits no agency by itself."""
    killed = ", which the agency has withdrawn" if origin.withdrawn else ""
    reason = (
        f"an uncredited copy of {origin.agency}'s story {origin.story_id} version {origin.version}{killed}: "
        f"{_percent(origin.overlap)} of its words stand there"
    )
    return replace(credit, origin=origin, needs_review=True, reason="; ".join(filter(None, (credit.reason, reason))))


class Compared(Struct, frozen=True, kw_only=True):
    """A text compared with one other story. Shares are of 1."""

    name: str
    """Name of the other story's file."""
    headline: str
    overlap: float
    taken: float
    words: int
    is_copy: bool
    passages: tuple[Passage, ...]


def against(story: Story, others: Sequence[tuple[str, Story]], tables: Tables | None = None) -> list[Compared]:
    """Compare a story with others (name, story); those with most words in common come first.

    Boilerplate counts here: only a log shows which passages stand in many stories.
    """
    rules = (tables or package_tables()).origins
    text = words(story.paragraphs, rules.longest)
    found = [(overlap(text, words(other.paragraphs, rules.longest), rules), name, other) for name, other in others]
    found.sort(key=lambda one: (-one[0].shared, one[1]))
    return [_compared(story, *one, rules) for one in found]


def _compared(story: Story, found: Overlap, name: str, other: Story, rules: OriginRules) -> Compared:
    return Compared(
        name=name,
        headline=other.headline,
        overlap=found.share,
        taken=found.taken,
        words=found.shared,
        is_copy=is_copy(found, rules),
        passages=passages(story.paragraphs, found, rules),
    )


def comparison_lines(found: Sequence[Compared]) -> Iterator[str]:
    """Comparisons as lines of plain text; stories with nothing in common are only counted."""
    alike = [one for one in found if one.words]
    for one in alike:
        verdict = "a copy of it" if one.is_copy else "no copy of it"
        yield f"against   {one.name}: {verdict}; {one.words} words in common"
        yield f"    {_percent(one.overlap)} of the text's words, {_percent(one.taken)} of the other's"
        yield from (f"    {passage.where}: {passage.text!r} ({passage.words} words)" for passage in one.passages)
    if len(alike) < len(found):
        yield f"against   {len(found) - len(alike)} more: nothing in common"


def origin_lines(origin: Origin) -> Iterator[str]:
    """An origin as lines of plain text."""
    yield f"origin    {origin.agency}, story {origin.story_id} version {origin.version}: {origin.headline!r}"
    yield f"    {_percent(origin.overlap)} of the text's words, {_percent(origin.taken)} of that story's"
    yield from (f"    {passage.where}: {passage.text!r} ({passage.words} words)" for passage in origin.passages)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
