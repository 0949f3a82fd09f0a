"""Teams that a text about sport names in its lines of results: ``Lens - Lille 2-1``, ``Everton 1 Arsenal 4``.

Such a line tells a team that bears only a town's, a person's or a common name, as no list can. Countries play too, but
stay what they are; and two people may have played: so one of the names must be a town's, a state's or a known body's.
What is a team there is one throughout the text, but after a word of place (``in Lens``).
"""

from __future__ import annotations

import re

from dateline_enrichment.alternation import one_of
from dateline_enrichment.bodywords import Span
from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.language import spoken
from dateline_enrichment.locating import led_by_name, part_of_name, place_cues, sited
from dateline_enrichment.meanings import meanings
from dateline_enrichment.namesearch import Hit

_LONGEST_LINE, _WORDS = 70, 4
"""Characters of the longest line, words of the longest name."""
_SCORE = re.compile(r" \d{1,3}(?: ?([-–—:x]) ?\d{1,3})?(?![\w.]|,\d)")
"""One side's score, or with a mark between them those of both."""
_BETWEEN = re.compile(r"(?<=\w)[-–—](?=[^\W\d])")
_MARKS = " -–—:,."


def teams(copy: Copy, language: str, places: list[Hit], known: list[Span]) -> list[Span]:
    """Where the teams stand. ``places``: names of places in the text, ``known``: the bodies found in it."""
    results = _results(copy)
    if not results:
        return []
    listed = _listed(results, {start: name for name, start, _ in places}, {start for start, _ in known})
    if not listed:
        return []
    text, words = copy.text, place_cues().sited.get(spoken(language), frozenset())
    found = re.finditer(rf"(?<!\w)(?:{one_of(listed)})(?!\w)", text)
    return [one.span() for one in found if _is_team(text, *one.span(), words)]


def _results(copy: Copy) -> list[tuple[tuple[str, ...], list[int]]]:
    """The names on each line of results, and where they stand in the text."""
    found, at = list[tuple[tuple[str, ...], list[int]]](), copy.body_start
    for line in copy.body.split("\n"):
        if len(line) <= _LONGEST_LINE and line[-1:].isalnum() and (pair := _pair(line)):
            found.append((pair, [at + line.find(name) for name in pair]))
        at += len(line) + 1
    return found


def _listed(results: list[tuple[tuple[str, ...], list[int]]], places: dict[int, int], known: set[int]) -> set[str]:
    """The names that are teams'. ``places``: position -> name of a place; ``known``: positions of bodies."""
    listed = set[str]()
    for pair, starts in results:
        named = [meanings()[places[start]] for start in starts if start in places]
        other = any(meaning.of_area and meaning.name in pair for meaning in named) or any(
            start not in known and _is_person(name) for start, name in zip(starts, pair, strict=True)
        )
        if not other and (named or not known.isdisjoint(starts)):
            listed.update(pair)
    return listed


def _pair(line: str) -> tuple[str, ...]:
    """The names of the two that played, if the line is a result; else empty."""
    parts = _SCORE.split(line)
    marks, names = parts[1::2], [name for part in parts[::2] if (name := part.strip(_MARKS))]
    if len(marks) == len(names) == 1:
        names = names[0].split(" - ") if " - " in names[0] else _BETWEEN.split(names[0])
    scored = marks == [None, None] or (len(marks) == 1 and marks[0])
    return tuple(names) if scored and len(names) == 2 and all(map(_may_play, names)) else ()


def _may_play(name: str) -> bool:
    """Whether a name may be a team's: a few words, the first and the last with a capital."""
    words = name.split(" ")
    return words[0][0].isupper() and words[-1][:1].isupper() and len(words) <= _WORDS


def _is_person(name: str) -> bool:
    first, _, more = name.partition(" ")
    return more != "" and first in cues().given


def _is_team(text: str, start: int, end: int, words: frozenset[str]) -> bool:
    """Whether the team is meant: no town after a word of place, no part of a longer name, no surname after another."""
    return not (sited(text, start, words) or part_of_name(text, start, end) or led_by_name(text, start))
