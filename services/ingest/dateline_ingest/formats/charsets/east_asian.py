"""Which charset of East Asia a text is in, by how much of each reading is everyday writing. Pure.

Two bytes are a sign in all of them, and most bytes are signs in several; what they then say differs: a reading in the
wrong one has no kana, few syllables of Hangul, or signs that hardly anybody writes.
"""

from __future__ import annotations

from functools import lru_cache

from dateline_ingest.formats.charsets.decoding import EastAsian, charsets

_LEAST = 12
"""Least number of signs beyond ASCII to decide by."""
_MOST = 4_000
"""Most signs that are looked at."""
_HALF_WIDTH = 0.02
"""Share of half-width kana, which a few screens wrote, from which bytes are of another charset."""


def by_everyday_signs(data: bytes) -> str | None:
    """The text, in the first charset of the table whose reading of it is everyday writing; None if there is none.

    Kana are asked for first: no other writing has them, while bytes of kana are everyday signs in Big5, too.
    """
    readings = (_reading(data, row) for row in charsets().east_asian)
    return next((text for text in readings if text is not None), None)


def _reading(data: bytes, row: EastAsian) -> str | None:
    try:
        text = data.decode(row.codec)
    except ValueError:
        return None
    signs = [char for char in text if char >= "\x80" and char.isalpha()][:_MOST]
    if len(signs) < _LEAST or sum("\uff61" <= char <= "\uff9f" for char in signs) > _HALF_WIDTH * len(signs):
        return None
    everyday = _everyday(row)
    return text if sum(char in everyday for char in signs) >= row.least * len(signs) else None


@lru_cache(maxsize=8)
def _everyday(row: EastAsian) -> frozenset[str]:
    letters = range(ord(row.letters[0]), ord(row.letters[1]) + 1) if row.letters else ()
    return frozenset(row.signs) | frozenset(map(chr, letters))
