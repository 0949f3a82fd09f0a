"""How much of one text stands in another, whether that makes it a copy, and which passages show it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from dateline_attribution.commonruns import Run, runs
from dateline_attribution.copywords import Place, Words, places
from dateline_attribution.originrules import OriginRules
from dateline_schemas.credit import Passage


class Overlap(Struct, frozen=True, kw_only=True):
    """What two texts have in common. Shares are rounded to thousandths, as they go into events."""

    share: float
    """Share of the text's words that stand in the other; boilerplate does not count on either side."""
    taken: float
    """Share of the other's words that stand in the text."""
    shared: int
    """How many words."""
    runs: tuple[Run, ...]
    """Where, in the order of the text."""


def overlap(
    text: Words[int], other: Words[int], rules: OriginRules, boilerplate: Collection[int] = frozenset()
) -> Overlap:
    """Compare two texts word for word. ``boilerplate``: numbers of words of the text that count for nothing."""
    found = tuple(_without(runs(text, other, rules.run), boilerplate))
    shared = sum(run.length for run in found)
    left = len(text) - len(boilerplate)
    return Overlap(
        share=round(shared / left, 3) if left else 0.0,
        # A passage that the text has twice stands in the other once.
        taken=round(len({run.of + nth for run in found for nth in range(run.length)}) / max(1, len(other)), 3),
        shared=shared,
        runs=found,
    )


def _without(found: Sequence[Run], boilerplate: Collection[int]) -> Iterator[Run]:
    if not boilerplate:
        yield from found
        return
    for run in found:
        nth = 0
        for dropped, part in groupby(range(run.at, run.at + run.length), key=boilerplate.__contains__):
            length = sum(1 for _ in part)
            if not dropped:
                yield Run(run.at + nth, run.of + nth, length)
            nth += length


def is_copy(found: Overlap, rules: OriginRules) -> bool:
    """Whether so much in common is no accident: most of the text, or most of the other in a longer text."""
    if found.shared < rules.shared:
        return False
    whole = found.taken >= rules.taken and found.shared >= rules.taken_words and found.share >= rules.taken_overlap
    return found.share >= rules.overlap or whole


def passages(paragraphs: Sequence[str], found: Overlap, rules: OriginRules) -> tuple[Passage, ...]:
    """The longest passages of an overlap, each in one paragraph, longest first."""
    where = places(paragraphs, rules.longest)
    pieces = [piece for run in found.runs for piece in _by_paragraph(where[run.at : run.at + run.length])]
    pieces.sort(key=lambda piece: -len(piece))
    return tuple(_passage(paragraphs, piece, rules.shown) for piece in pieces[: rules.passages])


def _by_paragraph(run: Sequence[Place]) -> Iterator[list[Place]]:
    for _, piece in groupby(run, key=lambda place: place.paragraph):
        yield list(piece)


def _passage(paragraphs: Sequence[str], piece: Sequence[Place], shown: int) -> Passage:
    first, last = piece[0], piece[-1]
    return Passage(
        where=f"paragraphs[{first.paragraph}]",
        text=paragraphs[first.paragraph][first.start : min(last.end, first.start + shown)],
        start=first.start,
        words=len(piece),
    )
