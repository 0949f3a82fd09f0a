"""Cleaning the text of an outlet's page: what is said around a story is told from the story, line by line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dateline_ingest.beginnings import Choice, any_row, compiled
from dateline_ingest.tables import read_table
from dateline_kernel.remembering import remembered_word

Verdict = Literal["story", "noise", "picture", "related", "others", "cut"]
"""What a line is: story, noise around it, whose picture it is, a pointer to another story, a heading over such, or the
begin of the rest."""

_SHORTCODE_LINE = re.compile(
    r"\[/?[a-z][a-z0-9_-]{2,40}(?:[\s:][^\[\]]{0,300})?/?\](?:[^\[\]]{0,200}\[/[a-z0-9_-]{3,40}\])?"
)
_SHORTCODE = re.compile(
    r"\[/?[a-z][a-z0-9_-]{2,40}\s+[\w-]{1,60}="
    r"(?:\"[^\"\[\]]{0,600}\"|'[^'\[\]]{0,600}'|[“”″][^\[\]]{0,600}|[^\s\[\]]{1,600})[^\[\]]{0,600}\]"
)
_BUILDER = re.compile(r"\[/?[a-z]{2,20}(?:_[a-z0-9]{1,20}){1,6}(?:\s[^\[\]]{0,600})?\]|\[/[a-z][a-z-]{2,40}\]")
"""Shortcodes that need nothing in them: those of page builders have names with strokes below, which ``[left-wing]`` of
a quotation has not, and ends are told apart."""
_OPENED, _CLOSED = ('{"', '{ "', '[{"'), ("}", "]")
"""How data for a script begins and ends that a page shows as text."""
_MEMBERS = 3
"""Members that such data has at least: with fewer, a story may quote it."""
_LONGEST_NOISE = 260
_LONGEST_RELATED = 320
_LONGEST_CALL = 200
_AROUND = " -–—*•|·"
"""What stands on both sides of a label, as in ``- Advertisement -``."""
_SIGNS = re.compile(r"(?:[\u2190-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]\s?){1,12}")
"""Arrows and pictures that call for attention before a line, as in ``👉 Join us``."""


class _Calls(Struct, frozen=True):
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    places: str


class _Inside(Struct, frozen=True):
    words: tuple[str, ...]
    lines: tuple[str, ...]


class _Table(Struct, frozen=True):
    whole: tuple[str, ...]
    starts: tuple[str, ...]
    pictures: tuple[str, ...]
    cuts: tuple[str, ...]
    others: tuple[str, ...]
    related: tuple[str, ...]
    calls: _Calls
    inside: _Inside


class _Patterns(Struct, frozen=True):
    whole: Choice
    starts: Choice
    pictures: Choice
    cuts: Choice
    others: Choice
    related: Choice


_AT = re.compile(r"\s(?:https?://|www\.|t\.me/)\S{1,120}$")
"""Where a call leads, behind it."""
_LONGEST_END = 40
"""Characters of the longest words with which a call ends."""


class _CallPatterns(Struct, frozen=True):
    begins: Choice
    ends: re.Pattern[str]
    places: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    table = _table()
    rows = (table.whole, table.starts, table.pictures, table.cuts, table.others, table.related)
    return _Patterns(*(Choice(row) for row in rows))


@lru_cache(maxsize=1)
def _calls() -> _CallPatterns:
    calls = _table().calls
    ends = compiled(rf"{any_row(calls.ends)}\W*$")
    return _CallPatterns(Choice(calls.begins), ends, re.compile(calls.places, re.IGNORECASE))


@lru_cache(maxsize=1)
def _inside() -> tuple[tuple[str, ...], re.Pattern[str]]:
    inside = _table().inside
    return inside.words, compiled(any_row(inside.lines))


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("boilerplate.toml", _Table)


def verdict(line: str, *, begun: bool) -> Verdict:
    """What ``line`` is. ``begun`` says that the story's text has begun: only then can its end come."""
    return _within(line) if begun else _before(line)


@remembered_word
def _before(line: str) -> Verdict:
    return _verdict(line, begun=False)


@remembered_word
def _within(line: str) -> Verdict:
    return _verdict(line, begun=True)


def _verdict(line: str, *, begun: bool) -> Verdict:
    patterns = _patterns()
    line = _unmarked(line)
    if len(line) <= _LONGEST_RELATED and patterns.related.match(line):
        return "related"
    if line.startswith(_OPENED) and line.endswith(_CLOSED) and line.count('":') >= _MEMBERS:
        return "noise"
    if len(line) > _LONGEST_NOISE:
        return "story"
    if begun and patterns.cuts.match(line):
        return "cut"
    if begun and patterns.others.match(line):
        return "others"
    if patterns.whole.fullmatch(line) or ((inner := line.strip(_AROUND)) != line and patterns.whole.fullmatch(inner)):
        return "noise"
    if patterns.starts.match(line) or _is_call(line) or _says_inside(line):
        return "noise"
    if patterns.pictures.match(line):
        return "picture"
    if line[:1] == "[" and _SHORTCODE_LINE.fullmatch(line):
        return "noise"
    return "story"


def _unmarked(line: str) -> str:
    """A line without the signs that call for attention before it, if it says anything else."""
    signs = _SIGNS.match(line)
    return line[signs.end() :] or line if signs else line


def _says_inside(line: str) -> bool:
    """Whether a line says somewhere in it that it is no text: a pattern that may begin with anything is slow, so words
    of it are looked for first.
    """
    words, pattern = _inside()
    low = line.lower()
    for word in words:
        if word in low:
            return pattern.fullmatch(line) is not None
    return False


def _is_call(line: str) -> bool:
    """Whether a line calls on readers to follow the outlet elsewhere."""
    calls = _calls()
    if len(line) > _LONGEST_CALL:
        return False
    called = calls.begins.match(line) or calls.begins.match(line.partition(": ")[2]) or _ends_as_call(line, calls)
    return called is not None and calls.places.search(line) is not None


def _ends_as_call(line: str, calls: _CallPatterns) -> re.Match[str] | None:
    """The words with which a line ends as calls do; only as much of its end is searched as they have room in."""
    line = line[: found.start()] if (found := _AT.search(line)) else line
    end = len(line)
    while end and not (line[end - 1].isalnum() or line[end - 1] == "_"):
        end -= 1
    return calls.ends.search(line, max(0, end - _LONGEST_END))


def without_shortcodes(text: str) -> str:
    """``text`` without shortcodes of publishing systems, such as ``[newsletter id="4"]``; ``[sic]`` stays."""
    return " ".join(_BUILDER.sub(" ", _SHORTCODE.sub(" ", text)).split()) if "[" in text else text


def related_title(line: str) -> str:
    """The other story's title in a line such as ``READ: Floods in the north``, in brackets or not."""
    line = line[1:-1] if line[:1] == "[" and line[-1:] == "]" else _unmarked(line)
    found = _patterns().related.match(line)
    return line[found.end() :].strip(" :|»>–—-") if found else line
