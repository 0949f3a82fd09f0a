"""Which charset a text is in, by its everyday words or signs: national versions of ISO 646, and East Asia's. Pure.

In East Asia two bytes are a sign in every charset, and most bytes are signs in several; what they then say differs: a
reading in the wrong one has no kana, few syllables of Hangul, or signs that hardly anybody writes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_ingest.formats.charsets.decoding import EastAsian, National, charsets

_FEW_WORDS = 3
"""Words with such a sign between small letters that count as much as a second everyday word does."""
_LEAST = 12
"""Least number of signs beyond ASCII to decide by."""
_MOST = 4_000
"""Most signs that are looked at."""
_HALF_WIDTH = 0.02
"""Share of half-width kana, which a few screens wrote, from which bytes are of another charset."""


@lru_cache(maxsize=1)
def _national_words() -> dict[str, tuple[National, ...]]:
    found: dict[str, tuple[National, ...]] = {}
    for row in charsets().national:
        for word in row.words.split():
            found[word] = (*found.get(word, ()), row)
    return found


def nationalised(text: str) -> str:
    """Seven-bit text with the letters of its national version of ISO 646, if its words show which; else itself.

    Two everyday words do, or one in a short text in which other words have such signs, too. Where signs of the varying
    places stand anywhere but in words, as in a link or in code, the text stays as it is.
    """
    known = _national_words()
    tokens = [token for token in text.split() if not token.isalnum()]
    hits: dict[National, int] = {}
    for token in tokens:
        for row in known.get(token.strip('.,;:!?()"').lower(), ()):
            hits[row] = hits.get(row, 0) + 1
    best = max(charsets().national, key=lambda row: hits.get(row, 0))
    signs = re.escape(best.signs)
    within = re.compile(f"[a-z][{signs}]+[a-z]")
    if hits.get(best, 0) < 2 and not (hits.get(best) and sum(map(bool, map(within.search, tokens))) >= _FEW_WORDS):
        return text
    sign, alone = re.compile(f"[{signs}]"), re.compile(rf"\W*|\W*[{signs}]\w+[{signs}]\W*")
    for token in tokens:
        if sign.search(token) and ("://" in token or (alone.fullmatch(token) and token.lower() not in best.words)):
            return text
    return text.translate(str.maketrans(best.signs, best.letters))


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
