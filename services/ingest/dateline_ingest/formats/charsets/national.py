"""Which national version of ISO 646 a seven-bit text is in, by its everyday words. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_ingest.formats.charsets.decoding import National, charsets

_FEW_WORDS = 3
"""Words with such a sign between small letters that count as much as a second everyday word does."""


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
