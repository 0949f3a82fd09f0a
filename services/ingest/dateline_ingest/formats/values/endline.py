"""The line under a story: ``AFP``, ``(dpa)``, ``Quelle: sid/dpa``, ``With files from The Associated Press``."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.beginnings import Choice
from dateline_ingest.tables import read_table

_MOST = 3
"""Most lines under a story that are credits: initials, agency, copyright."""
_LEAD = "([{（［【—–-*_/|.•<> \u00a0"
_TRAIL = " .–—-/|"
_SENTENCE = re.compile(r"[.!?…。！？।॥؟۔።៕။։།](?:[\"'»”’)」』）]|[（(][完了終][）)])*$")
_NAME = r"(?:[A-ZÀ-Þ]{2,8}|[A-Z][\w.]{2,14}|[a-z]{2,5})"
_JOIN = r"\s*(?:[/,&+·|-]|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*"
_BRACKETED = r"(?:[a-z]{2,4}(?:/[a-z]{2,4})*\s)?[(\[（［【][\w./, &+・＝-]{2,40}[)\]）］】]"
_TIGHT = re.compile(rf"[A-ZÀ-Þ]{{2,8}}|{_NAME}(?:{_JOIN}{_NAME}){{1,5}}|{_BRACKETED}")
_INITIALS = re.compile(r"(?:[A-Za-z]{2,6}[-/.]){1,8}[A-Za-z]{2,6}")


class _Table(Struct, frozen=True):
    longest: int
    longest_opened: int
    most_words: int
    openers: tuple[str, ...]
    wires: tuple[str, ...]
    called: str
    contributed: str
    """Words behind the names of contributors."""
    contributors: str


@lru_cache(maxsize=1)
def _table() -> tuple[_Table, Choice, re.Pattern[str], Choice]:
    table = read_table("endline.toml", _Table)
    contributors = re.compile(table.contributors, re.IGNORECASE)
    return table, Choice(table.openers), contributors, Choice(table.wires)


def is_credit_line(line: str) -> bool:
    """Whether a line has the shape of a credit: short and no sentence, in brackets, or opened like one."""
    table = _table()[0]
    if len(line) <= table.longest:
        return _shaped_as_credit(line)
    # A line of running text does not come again, so nothing is kept of it.
    return len(line) <= table.longest_opened and _opens_as_credit(line)


@lru_cache(maxsize=1024)
def _shaped_as_credit(line: str) -> bool:
    """Whether a line that is short enough for a credit without an opener has the shape of one."""
    if _opens_as_credit(line):
        return True
    if len(line.split()) > _table()[0].most_words or not any(map(str.isalpha, line)):
        return False
    return line.startswith(("(", "[", "—", "–", "©")) or not _SENTENCE.search(line) or _INITIALS.match(line) is not None


def _opens_as_credit(line: str) -> bool:
    inner = line.strip().lstrip(_LEAD)
    return any(map(str.isalpha, inner)) and _is_opened(inner)


def _is_opened(line: str) -> bool:
    """Whether a line begins as credits do, or names contributors to the story."""
    table, opener, contributors, _ = _table()
    if opener.match(line):
        return True
    # A pattern that may begin with anything is tried at every letter of the line, so its words are looked for first.
    said = not line.isascii() or table.contributed in line.lower()
    return said and contributors.match(line) is not None


def is_plain_credit(line: str) -> bool:
    """Whether a line is surely a credit: opened like one, or only agency names: ``AFP``, ``(dpa)``, ``sid/dpa``."""
    inner = line.strip().lstrip(_LEAD)
    if not inner or len(line) > _table()[0].longest_opened:
        return False
    if (
        _table()[3].fullmatch(inner.rstrip(_TRAIL))
        or _is_opened(inner)
        or _TIGHT.fullmatch(line.strip().rstrip(".")) is not None
    ):
        return True
    return line.lstrip()[0] in _LEAD and _TIGHT.fullmatch(inner.rstrip(_TRAIL)) is not None


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:[^\W\d_a-z][\w.-]*|of|the)\s){{1,4}}(?i:{_table()[0].called})")


def is_called_agency(line: str) -> bool:
    """Whether a line is only a name that states to be an agency's: ``OREX News Agency``."""
    return _called().fullmatch(line) is not None


def endlines(paragraphs: tuple[str, ...], tabled: int = 0) -> tuple[str, ...]:
    """The credit lines at the end of a body, first one first. A body of one line has none.

    Of the first ``tabled`` paragraphs, the last of which is a row of a table, those that are surely credits: rows are
    short, too.
    """
    end = first = len(paragraphs)
    while first > 1 and end - first < _MOST:
        is_credit = is_plain_credit if first <= tabled else is_credit_line
        if not is_credit(paragraphs[first - 1]):
            break
        first -= 1
    return paragraphs[first:]
