"""Keeps the lines of a text that are the story: no share bars, sign-offs, credits and contact lines."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.tables import TableError, typed_table
from dateline_kernel.beginnings import beginnings

_MARKS = ("[", "(", "@", "://")
"""The marks that pieces inside a line contain; lines without any, which are most, need not be searched."""
SENTENCE = 140
"""Lines that look like a sentence and are longer than this are not matched against the patterns."""
_ESCAPED = re.compile(r"\\.")


class Patterns(Struct, frozen=True):
    """The table as it is written."""

    longest: int
    cut: tuple[str, ...]
    drop: tuple[str, ...]
    byline: str
    credit_marks: tuple[str, ...]
    credit: str
    within: tuple[str, ...]


class AnyOf:
    """Patterns that are tried only on lines which begin with a letter that they may begin with."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        """Patterns whose first letters are known are kept by letter, the others are always tried.

        One that may begin with marks, and then has a letter, is kept by that letter for lines that have no marks there.
        """
        by_letter: dict[str, list[str]] = {}
        anything, letters_only = list[str](), list[str]()
        for pattern in patterns:
            written, letters = f"(?:{pattern})", _first_letters(pattern)
            if "" in letters:
                anything.append(written)
                letters = _first_letters(_MARKS_FIRST.sub("", pattern))
            if "" in letters:
                letters_only.append(written)
            for letter in letters - {""}:
                by_letter.setdefault(letter, []).append(written)
        self._by_letter = {letter: _one_of(those) for letter, those in by_letter.items()}
        self._anything, self._letters_only = _one_of(anything), _one_of(letters_only)

    def match(self, line: str) -> bool:
        """Whether one of them matches at the beginning of a line."""
        first = line[:1]
        if (self._letters_only if first.isalpha() else self._anything).match(line):
            return True
        pattern = self._by_letter.get(first)
        return pattern is not None and pattern.match(line) is not None


def _one_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or r"(?!)")


_MARKS_FIRST = re.compile(r"\\W\*|\[\\W_\]\*")
"""Marks before the first letter, as patterns of the table write them."""


def _first_letters(pattern: str) -> set[str]:
    return {begins[:1] for begins in beginnings(pattern)}


class _Ready(Struct, frozen=True):
    longest: int
    cut: re.Pattern[str]
    drop: AnyOf
    byline: re.Pattern[str]
    credit_marks: tuple[str, ...]
    credit: re.Pattern[str]
    within: tuple[tuple[str, str], ...]
    """(mark, pattern)"""


def copy_lines(paragraphs: tuple[str, ...]) -> list[str]:
    """The paragraphs that are copy, in their order, with shortcodes, addresses and sign-offs taken out of them."""
    ready, whole = _ready(), "\n".join(paragraphs)
    # The marks one after the other: most texts have none, nor have most lines, and three signs are slow to look for.
    marked = "(" in whole or "[" in whole or "@" in whole or (":" in whole and "://" in whole)
    kept: list[str] = []
    for paragraph in paragraphs:
        line = paragraph.strip()
        size = len(line)
        if size <= ready.longest and (size <= SENTENCE or not _is_sentence(line)):
            small = line.lower()
            if kept and ready.cut.match(small):
                break
            if _is_furniture(line, small, ready):
                continue
        if marked and ("(" in line or "[" in line or "@" in line or (":" in line and "://" in line)):
            line = _within(tuple([mark for mark in _MARKS if mark in line])).sub(" ", line).strip()
        if line:
            kept.append(line)
    return kept


def _is_furniture(line: str, small: str, ready: _Ready) -> bool:
    """Whether a line is boilerplate, a byline, or ends with a credit. ``small``: the line in small letters."""
    if ready.drop.match(small) or ready.byline.match(line):
        return True
    for mark in ready.credit_marks:
        if mark in small:
            return ready.credit.match(small) is not None
    return False


def _is_sentence(line: str) -> bool:
    """Whether a line that is not empty can only be copy: it has no label, bracket or mark at its head."""
    return line[0].isalpha() and ":" not in line[:40] and line[-1] in '."”»'


@lru_cache(maxsize=1)
def _ready() -> _Ready:
    table = typed_table("boilerplate.toml", Patterns)
    return _Ready(
        table.longest,
        re.compile("|".join(map(_small, table.cut))),
        AnyOf(tuple(map(_small, table.drop))),
        re.compile(table.byline, re.IGNORECASE),
        table.credit_marks,
        re.compile(_small(table.credit)),
        tuple((_mark(one), one) for one in table.within),
    )


def _small(pattern: str) -> str:
    """A pattern, checked to be in small letters like the lines that it is matched on. Raises TableError."""
    if any(map(str.isupper, _ESCAPED.sub("", pattern))):
        raise TableError(f"boilerplate.toml: {pattern} has a capital, so it finds nothing in small letters")
    return pattern


def _mark(pattern: str) -> str:
    """The mark that everything the pattern matches contains, as written in the pattern. Raises TableError."""
    found = next((mark for mark in _MARKS if re.escape(mark) in pattern), None)
    if found is None:
        raise TableError(f"boilerplate.toml: within: {pattern} holds none of {' '.join(_MARKS)}, so it finds nothing")
    return found


@lru_cache(maxsize=16)
def _within(marks: tuple[str, ...]) -> re.Pattern[str]:
    """What to cut out of a line with these marks."""
    return re.compile("|".join(f"(?:{one})" for mark, one in _ready().within if mark in marks) or r"(?!)")
