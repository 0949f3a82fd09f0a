"""Many patterns, of which only the few are tried on a line that can begin as it does. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cached_property

from dateline_kernel.beginnings import LENGTH, beginnings
from dateline_kernel.remembering import remembered_word

Pattern = re.Pattern[str]

SIGNS = r"[\s*+=#<>_.!\"«»()（）\[\]【】■◆●※/\\|:–—-]{0,16}"
"""What may stand before and after a mark; not without end, since it is tried in every length."""
_SIGNS = re.compile(SIGNS)
_PLACE = re.compile(r"(?<!\w)\S")
"""Where a word begins, or a sign that no word stands before."""
_CASES = str.maketrans("İıſΣςϐϵϑϰϖϱϕ\u00b5", "iisσσβεθκπρφ\u03bc")
"""Letters that patterns take for others when they ignore case, and that are not made these by ``lower``."""


def any_row(rows: Iterable[str]) -> str:
    """A pattern of which any row of a table may match."""
    return "(?:" + "|".join(f"(?:{row})" for row in rows) + ")"


def compiled(pattern: str) -> Pattern:
    """The pattern, upper and lower case being the same."""
    return re.compile(pattern, re.IGNORECASE)


def bracket_behind(text: str) -> str:
    """What the bracket holds that ends a line; empty where none does."""
    return text.rpartition("(")[2][:-1] if text.endswith(")") else ""


def signs_before(text: str) -> int:
    """How many signs stand before a text's first word."""
    found = _SIGNS.match(text)
    return found.end() if found else 0


def keys_of(text: str) -> set[str]:
    """What a text begins with, at its first letter or at any of the signs before that."""
    keys = {""}
    for at in range(signs_before(text) + 1):
        key = begun(text[at : at + LENGTH])
        keys.update((key, key[:2], key[:1]))
    return keys


def begun(text: str) -> str:
    """How a text begins: its first letters, alike if they are to a pattern that ignores case (``İl``, ``il``)."""
    key = text[:LENGTH]
    return key.lower() if key.isascii() else key.translate(_CASES).lower()


def starts_of(row: str) -> frozenset[str]:
    """How texts can begin that a pattern matches, as ``begun`` has it; fewer letters where anything may follow."""
    return frozenset(map(begun, beginnings(row)))


def nearest(known: Container[str], text: str) -> str | None:
    """The longest beginning of a text that is known; None if none is."""
    key = begun(text)
    return next((key[:end] for end in range(LENGTH, -1, -1) if key[:end] in known), None)


class Choice:
    """Many patterns, of which those are tried that can begin as the text does. Each is compiled when it is needed."""

    def __init__(self, rows: Iterable[str], *, after: str = "") -> None:
        """The one that is earlier in ``rows`` counts; ``after`` must follow it. The first group is all of the row."""
        rows = tuple(rows)
        rows_at: dict[str, list[int]] = {}
        for at, row in enumerate(rows):
            for start in starts_of(row):
                rows_at.setdefault(start, []).append(at)
        self.starts = frozenset(rows_at)
        """How its texts can begin."""
        self._after = after
        self._patterns: dict[str, Pattern | str] = {}
        for key in rows_at:
            fit = sorted({at for end in range(len(key) + 1) for at in rows_at.get(key[:end], ())})
            self._patterns[key] = "|".join([f"(?:{rows[at]})" for at in fit])
        self._fitting = remembered_word(self._rows_for)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The first row that the text has at a place."""
        fitting = self._fitting(text[at : at + LENGTH])
        return fitting.match(text, at) if fitting else None

    def begins(self, text: str) -> re.Match[str] | None:
        """The first row that the text has at its beginning, or after signs there."""
        found = self.match(text)
        if found or text[:1].isalnum():
            return found
        return next((found for at in range(1, signs_before(text) + 1) if (found := self.match(text, at))), None)

    def within(self, text: str) -> Iterator[re.Match[str]]:
        """All places of a text, at the beginning of a word or at a sign, that a row fits."""
        end = 0
        for start in _PLACE.finditer(text):
            at = start.start()
            if at >= end and (found := self.match(text, at)):
                end = found.end()
                yield found

    def fullmatch(self, text: str) -> bool:
        """Whether a row, with what must follow it, is all of the text."""
        fitting = self._fitting(text[:LENGTH])
        return fitting is not None and fitting.fullmatch(text) is not None

    def _rows_for(self, letters: str) -> Pattern | None:
        """The rows that can begin so; None if there are none."""
        known = nearest(self._patterns, letters)
        if known is None:
            return None
        found = self._patterns[known]
        if isinstance(found, str):
            found = self._patterns[known] = re.compile(f"({found}){self._after}", re.IGNORECASE)
        return found


class Guarded:
    """A pattern that is tried only where the text begins with a sign, or as one of ``rows`` can begin."""

    def __init__(self, pattern: str, rows: Iterable[str]) -> None:
        """``pattern`` has ``rows`` at its beginning, but for signs before them."""
        self._source = pattern
        self.starts = frozenset[str]().union(*map(starts_of, rows))
        """How its texts can begin."""

    @cached_property
    def _pattern(self) -> Pattern:
        return re.compile(self._source, re.IGNORECASE)

    def _may(self, text: str) -> bool:
        key = begun(text)
        return not self.starts.isdisjoint((key, key[:2], key[:1])) or not key[:1].isalnum()

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As of the pattern."""
        return self._pattern.fullmatch(text) if self._may(text) else None
