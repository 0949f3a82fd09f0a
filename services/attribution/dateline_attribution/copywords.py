"""A story's text as a row of numbers, one a word, and back to where the words stand. Pure, in any script.

Words in quotation marks are left out: two reporters who heard the same speech write down the same words. So are
paragraphs as such: a copy may have others. Case, width and the way accents are encoded make no difference.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import normalize
from zlib import crc32

from msgspec import Struct

Words = array  # of type code "I": the CRC-32 of each word, in the order of the text

_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
"""Vowel signs and accents: parts of words that ``\\w`` leaves out."""
_WORD = re.compile(rf"[\w{_MARKS}]+")
_ASCII = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(128)
) + bytes(128)
"""The same for bytes of ASCII, and capitals as small letters: where it is all the same but for its speed."""
_IDEOGRAPHS = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SOUTHEAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_UNSPACED = re.compile(f"[{_IDEOGRAPHS}{_SOUTHEAST}]")
_SAME_SCRIPT = re.compile(f"[{_IDEOGRAPHS}]+|[{_SOUTHEAST}]+|[^{_IDEOGRAPHS}{_SOUTHEAST}]+")
_IDEOGRAPHS_PIECE, _SOUTHEAST_PIECE = 4, 12
"""Characters of a piece where no blanks part words: four pieces in a row span about four words."""
_OPENING = '"\u201c\u00ab\u201e\u300c\u300e'
"""What a quotation begins with; most paragraphs have none."""
_QUOTED = re.compile(
    "\u201c[^\u201c\u201d]*(?:\u201d|$)|\u00ab[^\u00ab\u00bb]*(?:\u00bb|$)|\u201e[^\u201c\u201d\u201e]*(?:[\u201c\u201d]|$)"
    '|\u300c[^\u300c\u300d]*(?:\u300d|$)|\u300e[^\u300e\u300f]*(?:\u300f|$)|"[^"]*(?:"|$)'
)
"""A quotation in one paragraph; one that does not end there goes on in the next, by the rules of typesetting."""


class Place(Struct, frozen=True):
    """Where a word stands: paragraph and characters in it."""

    paragraph: int
    start: int
    end: int


def words(paragraphs: Sequence[str], most: int) -> Words[int]:
    """The words of a text outside its quotations, at most so many."""
    found: Words[int] = array("I")
    for paragraph in paragraphs:
        text = _unquoted(paragraph)
        if text.isascii():
            found.extend(map(crc32, text.encode().translate(_ASCII).split()))
        elif not _UNSPACED.search(text):
            found.extend(map(_number, _WORD.findall(text)))
        else:
            found.extend(_number(text[start:end]) for start, end in _pieces(text))
        if len(found) >= most:
            return found[:most]
    return found


def places(paragraphs: Sequence[str], most: int) -> list[Place]:
    """Where the words stand that ``words`` gives, one for one."""
    found: list[Place] = []
    for nth, paragraph in enumerate(paragraphs):
        found.extend(Place(nth, start, end) for start, end in _pieces(_unquoted(paragraph)))
        if len(found) >= most:
            return found[:most]
    return found


def _unquoted(text: str) -> str:
    """The text with blanks for what is quoted, so that everything else stays in its place."""
    for mark in _OPENING:
        if mark in text:
            return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    return text


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Beginning and end of each word; of each piece, one a character, where a script has no blanks."""
    for word in _WORD.finditer(text):
        if word[0].isascii() or not _UNSPACED.search(word[0]):
            yield word.span()
            continue
        for run in _SAME_SCRIPT.finditer(text, *word.span()):
            yield from _cut(run[0][0], *run.span())


def _cut(first: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of a run of one script, which its first character tells."""
    if _UNSPACED.match(first):
        width = _SOUTHEAST_PIECE if re.match(f"[{_SOUTHEAST}]", first) else _IDEOGRAPHS_PIECE
        yield from ((at, min(end, at + width)) for at in range(start, max(start + 1, end - width + 1)))
    else:
        yield start, end


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    return crc32(normalize("NFKC", word).casefold().encode())
