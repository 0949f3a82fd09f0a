"""The table of what text wires say in words (tables/textwire.toml), made ready for matching."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct, convert

Pattern = re.Pattern[str]

_DECORATION = r"[\s*+=#>_.!\"«»()\[\]/\\|:–—-]{0,16}"
"""What may stand around a mark; not without end, since it is tried in every length."""
_AFTER = r"(?=\s*[:–—/|!)\]]|\s+-|-+\s?\S|\s*$)"
"""What stands after a mark that opens a line."""


class _Kind(Struct, frozen=True):
    marks: tuple[str, ...]
    loose: tuple[str, ...]
    said: tuple[str, ...]


class _Embargo(Struct, frozen=True):
    hint: str
    lifted: str
    then: str
    opens: dict[str, tuple[str, ...]]
    slug: tuple[str, ...]


class _Lead(Struct, frozen=True):
    patterns: tuple[str, ...]


class _Take(Struct, frozen=True):
    patterns: tuple[str, ...]
    adds: tuple[str, ...]
    goes_on: tuple[str, ...]
    more: tuple[str, ...]
    ends: tuple[str, ...]


class _Note(Struct, frozen=True):
    opens: tuple[str, ...]


class _Table(Struct, frozen=True):
    kill: _Kind
    correction: _Kind
    advisory: _Kind
    repeat: _Kind
    update: _Kind
    urgency: dict[str, tuple[str, ...]]
    embargo: _Embargo
    lead: _Lead
    take: _Take
    note: _Note


class Kind(Struct, frozen=True):
    """How a kind of message is told."""

    name: str
    whole: Pattern
    """A line or a version part that is nothing but the mark."""
    opens: Pattern
    said: Pattern | None


class Marks(Struct, frozen=True):
    """All patterns. Those for the whole of a text are to be used with ``fullmatch``."""

    kinds: tuple[Kind, ...]
    urgency: tuple[tuple[int, Pattern, Pattern], ...]
    """Number, the whole of a line, the beginning of a line."""
    lead: Pattern
    """The group that matched is the number."""
    take: Pattern
    adds: Pattern
    goes_on: Pattern
    more: Pattern
    ends: Pattern
    note: Pattern
    any_opening: Pattern
    """Whether it is worth looking at a line at all: any mark, note or embargo at its beginning."""
    any_mark: Pattern
    """One mark of any kind, lead or take: for taking marks off a keyword."""
    embargo: dict[str, tuple[Pattern, Pattern]]
    """By language: at the beginning of a line, and anywhere in it."""
    embargo_slug: Pattern
    embargo_lifted: Pattern
    embargo_hint: Pattern
    """Found in every line that may state an embargo."""


def _any(rows: tuple[str, ...] | list[str]) -> str:
    return "(?:" + "|".join(f"(?:{row})" for row in rows) + ")"


def _compiled(pattern: str) -> Pattern:
    return re.compile(pattern, re.IGNORECASE)


def _whole(rows: tuple[str, ...], before: list[str] | None = None) -> Pattern:
    first = rf"(?:{_any(before)}\b)?{_DECORATION}" if before else ""
    return _compiled(rf"{_DECORATION}{first}{_any(rows)}(?:{_DECORATION}{_any(rows)})*{_DECORATION}")


def _opening(rows: tuple[str, ...]) -> Pattern:
    return _compiled(rf"{_DECORATION}(?<!\w){_any(rows)}{_AFTER}")


def _kind(name: str, rows: _Kind, urgent: list[str]) -> Kind:
    said = _compiled(rf"{_DECORATION}{_any(rows.said)}") if rows.said else None
    return Kind(name, _whole(rows.marks + rows.loose, urgent), _opening(rows.marks), said)


def _ungrouped(rows: tuple[str, ...]) -> list[str]:
    """The patterns with their groups made silent, so that many fit in one."""
    return [re.sub(r"(?<!\\)\((?!\?)", "(?:", row) for row in rows]


def _numbered(rows: tuple[str, ...]) -> Pattern:
    return _compiled(rf"(?<!\w){_any(rows)}(?!\w)")


def _embargoes(table: _Embargo) -> dict[str, tuple[Pattern, Pattern]]:
    after = rf"(?=\s*$|\s*[:!)–—/-]|\W*\d|\W*{table.then})"
    return {
        language: (
            _compiled(rf"{_DECORATION}(?:\w+\s*[:!,–—-]+\s*)?{_any(rows)}{after}"),
            _compiled(rf"(?<!\w){_any(rows)}{after}"),
        )
        for language, rows in table.opens.items()
    }


@lru_cache(maxsize=1)
def marks() -> Marks:
    """The table, read once."""
    text = files("dateline_ingest.tables").joinpath("textwire.toml").read_text(encoding="utf-8")
    table = convert(tomllib.loads(text), _Table)
    named = {name: getattr(table, name) for name in ("kill", "correction", "advisory", "repeat", "update")}
    urgent = [row for rows in table.urgency.values() for row in rows]
    kinds = tuple(_kind(name, rows, urgent) for name, rows in named.items())
    every = [row for rows in named.values() for row in (*rows.marks, *rows.loose)]
    said = [row for rows in named.values() for row in rows.said]
    opens = [row for rows in table.embargo.opens.values() for row in rows]
    parts = _ungrouped(table.lead.patterns + table.take.patterns + table.take.adds)
    single = _any([*parts, *every, *urgent, *table.take.goes_on, *table.embargo.slug])
    return Marks(
        kinds=kinds,
        urgency=tuple((int(n), _whole(rows), _opening(rows)) for n, rows in sorted(table.urgency.items())),
        lead=_numbered(table.lead.patterns),
        take=_numbered(table.take.patterns),
        adds=_numbered(table.take.adds),
        goes_on=_whole(table.take.goes_on),
        more=_whole(table.take.more),
        ends=_whole(table.take.ends),
        note=_compiled(rf"{_DECORATION}{_any(table.note.opens)}"),
        any_opening=_compiled(
            rf"{_DECORATION}(?:\w+\s*[:!,–—-]+\s*)?"
            rf"(?:{_any([*every, *urgent, *parts, *table.take.goes_on])}(?!\w)"
            rf"|{_any([*said, *opens, *table.note.opens])})"
        ),
        any_mark=_compiled(single),
        embargo=_embargoes(table.embargo),
        embargo_slug=_compiled(_any(table.embargo.slug)),
        embargo_hint=_compiled(table.embargo.hint),
        embargo_lifted=_compiled(table.embargo.lifted),
    )
