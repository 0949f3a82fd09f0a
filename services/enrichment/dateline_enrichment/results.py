"""Teams that a text about sport names in its lines of results: ``Lens - Lille 2-1``, ``Everton 1 Arsenal 4``.

Such a line tells a team that bears only a town's, a person's or a common name, as no list can. Countries play too, but
stay what they are; people may have played, and other lines have numbers, too: so one of the names must be a town's, a
state's or a known body's, and none a person's. What is a team there is one throughout the text, but after a word of
place (``in Lens``).
"""

from __future__ import annotations

import re
from itertools import chain

from msgspec import Struct

from dateline_enrichment.authority import clubs
from dateline_enrichment.bodywords import Span
from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.gazetteer import atlas
from dateline_enrichment.language import spoken
from dateline_enrichment.locating import place_cues, sited
from dateline_enrichment.meanings import meanings
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.runs import Runs

_LONGEST_LINE, _WORDS = 70, 4
"""Characters of the longest line, words of the longest name."""
_SCORE = re.compile(r" \d{1,3}(?: ?([-–—:x]) ?\d{1,3})?(?![\w.]|,\d)")
"""One side's score, or with a mark between them those of both."""
_BETWEEN = re.compile(r"(?<=\w)[-–—](?=[^\W\d])")
_MARKS = " -–—:,."

Named = tuple[int, str]
"""Where a name stands in the text, and the name."""


class Result(Struct, frozen=True, gc=False):
    """A line of results."""

    pair: tuple[Named, Named]
    apart: bool
    """Each has its score behind it, as in ``Stage 5 Lyon 120``: there the first of some line has to be known."""


def teams(copy: Copy, language: str, runs: Runs, places: list[Hit], bodies: list[Span]) -> list[Span]:
    """Where the teams stand, beside the ``bodies`` found in the text. ``places``: names of places in it."""
    results = _results(copy)
    if not results:
        return []
    text, starts, ends = copy.text, {start for start, _ in bodies}, {end for _, end in bodies}
    towns = {start: name for name, start, _ in places}
    listed = _listed(results, towns, starts, _people(runs)) - _parts(text, bodies)
    named = {at: name for at, name in chain.from_iterable(result.pair for result in results) if name in listed}
    words = place_cues().sited.get(spoken(language), frozenset())
    anywhere = chain(runs.singles, ((run.start, run.text) for run in runs.many))
    elsewhere = [(at, name) for at, name in anywhere if name in listed and at not in named]
    found = [*named.items(), *(one for one in elsewhere if not sited(text, one[0], words))]
    return [(at, at + len(name)) for at, name in found if at not in starts and at + len(name) not in ends]


def _results(copy: Copy) -> list[Result]:
    """What the lines of results name."""
    found, at = list[Result](), copy.body_start
    for line in copy.body.split("\n"):
        if len(line) <= _LONGEST_LINE and line[-1:].isalnum() and (result := _result(line, at)):
            found.append(result)
        at += len(line) + 1
    return found


def _listed(results: list[Result], towns: dict[int, int], bodies: set[int], people: set[str]) -> set[str]:
    """The names that are teams'. ``towns``: position -> name of a place; ``bodies``: their positions."""
    listed, plain, known = set[str](), cues().may_be_surname, towns.keys() | bodies
    begun = any(result.apart and result.pair[0][0] in known for result in results)
    for result in results:
        names = [name for _, name in result.pair]
        unknown = [name for start, name in result.pair if start not in known]
        if len(unknown) > 1 or (result.apart and not begun) or not all(map(plain, unknown)):
            continue
        if not any(_is_nation(towns, *one) or (one[0] not in bodies and one[1] in people) for one in result.pair):
            listed.update(names)
    return listed


def _is_nation(towns: dict[int, int], start: int, name: str) -> bool:
    """Whether a name is a country's, or that of a part of one that plays as one does."""
    if start not in towns:
        return False
    meaning = meanings()[towns[start]]
    return meaning.name == name and (meaning.of_area or atlas().places[meaning.place].id in clubs().nations)


def _people(runs: Runs) -> set[str]:
    """The names in the text that begin with a given name, and their last words."""
    given = cues().given
    named = [run.text for run in runs.many if run.text.partition(" ")[0] in given]
    return {*named, *(name.rpartition(" ")[2] for name in named)}


def _parts(text: str, known: list[Span]) -> set[str]:
    """First and last words of the bodies: who is named ``Hertha BSC`` is no second team as ``Hertha``."""
    longer = [name for start, end in known if " " in (name := text[start:end])]
    return {word for name in longer for word in (name.partition(" ")[0], name.rpartition(" ")[2])}


def _result(line: str, at: int) -> Result | None:
    """The line at a position as a result, if it is one."""
    parts = _SCORE.split(line)
    marks, names = parts[1::2], [name for part in parts[::2] if (name := part.strip(_MARKS))]
    if len(marks) == len(names) == 1:
        names = names[0].split(" - ") if " - " in names[0] else _BETWEEN.split(names[0])
    apart = marks == [None, None]
    if len(names) != 2 or not (apart or (len(marks) == 1 and marks[0])) or not all(map(_may_play, names)):
        return None
    one, other = names
    return Result(((at + line.find(one), one), (at + line.rfind(other), other)), apart)


def _may_play(name: str) -> bool:
    """Whether a name may be a team's: a few words, the first and the last with a capital."""
    words = name.split(" ")
    return words[0][0].isupper() and words[-1][:1].isupper() and len(words) <= _WORDS and " - " not in name
