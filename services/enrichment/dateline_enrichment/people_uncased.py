"""Names of people in scripts without capitals whose words stand apart: Devanagari, Hebrew, Persian, Arabic.

A name is two to four words between words that are none. That it is one, its own words say (a known given name before a
known surname, or before one with the ending of a surname), or what stands beside it: a title before, a title or a verb
of speech after. Arabic has a finder of its own for what titles alone tell (``people_arabic.py``).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.cues import cues
from dateline_enrichment.tables import typed_table

Span = tuple[int, int, str]
"""(start, end, name)"""


class UncasedTable(Struct, frozen=True):
    """A language's part of ``uncased.toml``, which explains its rows."""

    titles: frozenset[str]
    after: frozenset[str]
    ends: frozenset[str]
    doer: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]
    words: frozenset[str]
    courtesy: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    tails: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    trusting: bool = False


class _Word(Struct, frozen=True, gc=False):
    """A word of the text, with the marks that part it from the next one."""

    start: int
    end: int
    text: str
    mark: str
    """Marks between it and the next word; a space if they belong together."""
    place: bool
    """Whether it is the name of a place in the text."""


_OFFICE = 2
"""Words between a title and the name: minister of *foreign affairs*."""
LONGEST, _PAIR = 4, 2
"""Words of the longest name, and of most."""
_LETTERS = {
    "hi": "\u0900-\u0963\u0966-\u097f",
    "he": "\u05d0-\u05ea",
    "fa": "\u0621-\u06d3\u200c",
    "ar": "\u0621-\u064a",
}
_INSIDE = {"he": "'’\"״׳-"}
"""Marks inside words of a language."""
_STOP = {"hi": r"\.?"}
"""Languages that write initials with a full stop: ``के.``"""
_INITIAL = re.compile(r"\S{1,3}\.\Z")
_OPEN = (" ", "، ", ", ")
"""What may stand between a title and the name after it, or a name and the title after it."""


@lru_cache(maxsize=8)
def _table(language: str) -> UncasedTable:
    return typed_table("uncased.toml", UncasedTable, language)


@lru_cache(maxsize=8)
def _pattern(language: str) -> re.Pattern[str]:
    letters, inside, stop = _LETTERS[language], _INSIDE.get(language, ""), _STOP.get(language, "")
    return re.compile(rf"[{letters}][{letters}{inside}]*(?<=[{letters}'’׳]){stop}")


def languages() -> frozenset[str]:
    """The languages that it knows."""
    return frozenset(_LETTERS)


def uncased_people(text: str, language: str, places: Collection[str] = ()) -> list[Span]:
    """The people of a text in one of ``languages``, from left to right; none overlaps another.

    ``places`` are names of places in the text: a name of a person ends before one.
    """
    table = _table(language)
    words = _words(text, language, places)
    found: list[Span] = []
    at = 0
    while at < len(words):
        length = _name_at(words, at, table)
        if length:
            start, end = words[at].start, words[at + length - 1].end
            found.append((start, end, text[start:end]))
        at += length or 1
    return found


def _words(text: str, language: str, places: Collection[str]) -> list[_Word]:
    """The words of the text; a full stop belongs to an initial and to no other word."""
    spans = []
    for match in _pattern(language).finditer(text):
        end = match.end() - (match[0].endswith(".") and not _INITIAL.match(match[0]))
        spans.append((match.start(), end))
    following = [*(start for start, _ in spans[1:]), len(text)][: len(spans)]
    rows = [
        (start, end, text[start:end], text[end:after]) for (start, end), after in zip(spans, following, strict=True)
    ]
    return [_Word(*row, place=row[2] in places) for row in rows]


def _name_at(words: list[_Word], at: int, table: UncasedTable) -> int:
    """Number of words from ``at`` on that are a name; 0 for none."""
    first = words[at].text
    if words[at].place or first in table.ends or _bare(first, table) in table.titles or first in table.definite:
        return 0
    given = _is_given(first, table)
    titled = _titled(words, at, table, over_places=given)
    if not given and not titled:
        return 0
    length = _length(words, at, table)
    if length < 2:
        polite = at > 0 and words[at - 1].mark == " " and words[at - 1].text in table.courtesy
        return int(polite and (first in table.family or first.endswith(table.tails)))
    last = words[at + length - 1]
    after = words[at + length].text if at + length < len(words) else ""
    named = last.text in table.family or last.text in cues().family
    told = (last.mark in _OPEN and after in table.after) or (last.mark == " " and after in table.doer)
    alone = last.mark != " " or after in table.ends
    if first in table.words and not (titled or told or named):
        return 0
    if given:
        return length if titled or told or named or (alone and _is_like_surname(last.text, table)) else 0
    return length if named or (table.trusting and alone and (told or length == _PAIR)) else 0


def _is_like_surname(word: str, table: UncasedTable) -> bool:
    return word.endswith(table.tails) or (word.startswith(table.heads) and not word.endswith(_OF_ADJECTIVES))


_OF_ADJECTIVES = "ية"
"""Ending of Arabic adjectives, and of few surnames."""


def _is_given(word: str, table: UncasedTable) -> bool:
    if word in table.given or word in cues().given:
        return True
    return _INITIAL.match(word) is not None and word[:-1] not in table.ends


def _titled(words: list[_Word], at: int, table: UncasedTable, *, over_places: bool) -> bool:
    """Whether a title stands before, with words of the office or a comma between."""
    if at == 0 or words[at - 1].mark not in _OPEN:
        return False
    for back in range(at - 1, max(-1, at - 2 - _OFFICE), -1):
        word = words[back].text
        if _bare(word, table) in table.titles:
            return True
        skipped = word in table.definite or (over_places and words[back].place)
        if not skipped or back == 0 or words[back - 1].mark != " ":
            return False
    return False


def _bare(word: str, table: UncasedTable) -> str:
    """A title without the letters that are written in one word with it."""
    return word[1:] if word not in table.titles and word[:1] in table.drawn else word


def _length(words: list[_Word], at: int, table: UncasedTable) -> int:
    """Number of words from ``at`` on that belong together, up to the first that is in no name."""
    length = 1
    while length < LONGEST and at + length < len(words) and words[at + length - 1].mark == " ":
        word = words[at + length].text
        placed = words[at + length].place and not _goes_on(words, at + length + 1, table)
        if placed or word in table.ends or word in table.titles or (word[:1] in table.drawn and word[1:] in table.ends):
            break
        length += 1
        if length > _PAIR and word.startswith(table.heads) and not _is_given(words[at + length - 2].text, table):
            length -= 1
            break
        full = word in table.family or (length > 1 and _INITIAL.match(words[at].text))
        if full and not _goes_on(words, at + length, table):
            break
    return length


def _goes_on(words: list[_Word], at: int, table: UncasedTable) -> bool:
    """Whether another surname follows."""
    return at < len(words) and (words[at].text in table.family or words[at].text in cues().family)
