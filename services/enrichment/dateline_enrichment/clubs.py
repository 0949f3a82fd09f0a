"""Tells towns from clubs that are called by their towns, in a text about sport."""

from __future__ import annotations

import re

from dateline_enrichment.gazetteer import Atlas
from dateline_enrichment.locating import LONGEST_JOINT, place_cues, sited
from dateline_enrichment.meanings import meanings
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.wholewords import endings_of
from dateline_schemas.facts import Topic

SPORT = "15000000"
"""The Media Topic over all of sport."""
_BEFORE_AREA = (", ", " (")
"""Between a town and the country that it lies in."""


_SCORE = re.compile(r"(?<![\d:.,–-])\d[–:-]\d(?![\d:–-]|[.,]\d)")


def is_sport(topics: tuple[Topic, ...], text: str) -> bool:
    """Whether a story is mainly about sport; without topics, whether it has a score: ``won 2-1``."""
    return topics[0].path[0] == SPORT if topics else _SCORE.search(text) is not None


def without_clubs(names: list[Hit], text: str, language: str, dated: int | None, atlas: Atlas) -> list[Hit]:
    """The names that are places in a text about sport.

    Countries and regions play too, but stay what they are. A town or a state is one where a word of place goes before
    it, where the language adds an ending of place, where the story is dated from it, or beside another one.
    """
    words = place_cues().sited.get(language)
    if words is None:
        return names
    ends_words, joints = bool(endings_of(language)), place_cues().joints
    kept: list[Hit] = []
    before = 0
    known = meanings()
    areas = {start for name, start, _ in names if known[name].of_area}
    for name, start, end in names:
        placed = sited(text, start, words) or (0 < before >= start - LONGEST_JOINT and text[before:start] in joints)
        in_area = end + 2 in areas and text[end : end + 2] in _BEFORE_AREA
        if placed or in_area or (ends_words and _inflected(text, end)) or dated in atlas.bearers[name]:
            before = end
        elif start not in areas:
            continue
        kept.append((name, start, end))
    return kept


def _inflected(text: str, end: int) -> bool:
    after = text[end : end + 1]
    return after.isalnum() or after in ("'", "’")
