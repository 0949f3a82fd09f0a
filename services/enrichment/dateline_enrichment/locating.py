"""What stands around a name of a place: a word of place before it, or the rest of a longer name."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.tables import typed_table


class PlaceCues(Struct, frozen=True):
    """``place_cues.toml``, which explains its rows."""

    before: frozenset[str]
    after: frozenset[str]
    joints: frozenset[str]
    offices: frozenset[str]
    home: dict[str, frozenset[str]]
    abbreviations: dict[str, str]


@lru_cache(maxsize=1)
def place_cues() -> PlaceCues:
    """Load the cues, once. Raises TableError."""
    return typed_table("place_cues.toml", PlaceCues)


_SENTENCE = re.compile(r"(?:\A|[.!?:;\n\"“”«»]\s*)\S+[ \u00a0]\Z")
_NEXT_WORD = re.compile(r"[ \u00a0-](\w[\w'’\-]*)")
_SPACES = (" ", "\u00a0")
_FREE_BEFORE = ("", "\n", "(", '"', "“", *_SPACES)
_LONGEST_WORD = 26


def in_place(text: str, start: int) -> bool:
    """Whether a word of place stands right before: in, near, à, nach, в."""
    return text[max(0, start - 14) : start].rstrip().rpartition(" ")[2].lower() in place_cues().before


def led_by_name(text: str, start: int) -> bool:
    """Whether a capitalised word that does not begin a sentence stands right before, as in ``West Ham``."""
    low = max(0, start - _LONGEST_WORD)
    word = text[low:start].rstrip().rpartition(" ")[2]
    if not word[:1].isupper() or text[start - 1 : start] not in _SPACES:
        return False
    return not _SENTENCE.search(text, low, start)


def part_of_name(text: str, start: int, end: int) -> bool:
    """Whether the name goes on with a capitalised word, as in ``Boston Marathon``: it is the name of something else."""
    if text[end : end + 1] not in _SPACES or not text[end + 1 : end + 2].isupper():
        return False
    after = _NEXT_WORD.match(text, end)
    if after is None or after[1] in place_cues().after:
        return False
    return text[max(0, start - 1) : start] in _FREE_BEFORE and not in_place(text, start)


def adjective_of_country(text: str, start: int, end: int) -> bool:
    """Whether a nationality here says a country: a noun or an office follows, and no name goes before.

    Languages that write it small put it after the noun, so nothing need follow.
    """
    if text[start].islower():
        return True
    after = _NEXT_WORD.match(text, end)
    if after is None or text[end : end + 1] not in _SPACES:
        return False
    return (after[1][0].islower() or after[1] in place_cues().offices) and not led_by_name(text, start)
