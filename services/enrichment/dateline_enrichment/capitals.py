"""Puts copy in capitals, as old wires send it, into sentence case.

Only known names get a capital: places, organisations, and known given names before known surnames. An abbreviation of a
known organisation stays as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec.structs import replace

from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.gazetteer import Atlas
from dateline_enrichment.otherwise import otherwise

_WORD = re.compile(r"[^\W\d_]+")
_BEGINS = re.compile(r"(?:\A|[.!?\n] ?)[^\W\d_]")


def in_sentence_case(copy: Copy, language: str, book: Atlas) -> Copy:
    """The copy with its body in sentence case if that is in capitals throughout, which some letters do not survive."""
    body = copy.body
    if not body.isupper() or len(body.title()) != len(body) or len(body.lower()) != len(body):
        return copy
    titled, written = body.title(), list(body.lower())
    for start, end in _names(titled, language, book):
        written[start:end] = titled[start:end]
    for _, start, end in book.find(body, language).organisations:
        if body[start:end] not in otherwise().words:
            written[start:end] = body[start:end]
    for found in _BEGINS.finditer(body):
        written[found.end() - 1] = titled[found.end() - 1]
    cased = "".join(written)
    return replace(copy, body=cased, text=f"{copy.headline}\n{cased}")


def _names(titled: str, language: str, book: Atlas) -> list[tuple[int, int]]:
    """Spans of known names in a text whose words are all capitalised."""
    found, known = book.find(titled, language), cues()
    words, lowered = otherwise().words, titled.lower()
    bodies = (one for one in found.organisations if titled[one[1] : one[2]] not in words)
    names = [(start, end) for _, start, end in (*found.places, *bodies, *found.nations)]
    for first, last in pairwise(_WORD.finditer(titled)):
        named = first[0] in known.given and last[0] in known.family and last.start() == first.end() + 1
        if named and not known.said_after(lowered, first.end()):
            names.append((first.start(), last.end()))
    return names
