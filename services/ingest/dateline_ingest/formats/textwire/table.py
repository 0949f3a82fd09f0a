"""The table of what text wires say in words (tables/textwire.toml), made ready for matching."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.beginnings import (
    SIGNS,
    Choice,
    Guarded,
    Pattern,
    any_row,
    bracket_behind,
    compiled,
    keys_of,
    nearest,
    signs_before,
)
from dateline_ingest.formats.textwire.embargotable import (
    LABEL_BEFORE,
    EmbargoMarks,
    EmbargoWords,
    embargo_marks,
    embargo_rows,
)
from dateline_ingest.formats.textwire.kinds import Kind, KindWords, kind_of, whole_of
from dateline_ingest.tables import read_table
from dateline_ingest.timewords import time_words
from dateline_kernel.remembering import remembered_word


class _Take(Struct, frozen=True):
    patterns: tuple[str, ...]
    series: str
    adds: tuple[str, ...]
    goes_on: tuple[str, ...]
    more: tuple[str, ...]
    ends: tuple[str, ...]
    closes: tuple[str, ...]
    shut: tuple[str, ...]


class _Table(Struct, frozen=True):
    address: str
    call: tuple[str, ...]
    kill: KindWords
    hold: KindWords
    correction: KindWords
    advisory: KindWords
    repeat: KindWords
    update: KindWords
    urgency: dict[str, tuple[str, ...]]
    embargo: EmbargoWords
    lead: tuple[str, ...]
    take: _Take
    note: tuple[str, ...]
    subheadline: tuple[str, ...]
    keyword: tuple[str, ...]
    release: tuple[str, ...]


class Marks(Struct, frozen=True):
    """All patterns. Those for the whole of a text are to be used with ``fullmatch``."""

    kinds: tuple[Kind, ...]
    """Kill, correction and so on, then the urgencies."""
    call: Choice
    """What calls for attention before a mark or a sentence."""
    copy: Pattern
    """What speaks of copy, as a kill does and news does not."""
    quoted: Pattern
    """The same with what it quotes, which is the group."""
    instead: Pattern
    """What says beside it that this is another story, which is to be used."""
    kinds_at: dict[str, tuple[Kind, ...]]
    """Those that can begin with three letters, or with fewer and anything."""
    kill: Kind
    kill_ends: Pattern
    """The last part of a keyword that says so, unless it is one of the name; in brackets in small letters, too."""
    lead: Choice
    """The group within the first one that matched is the number."""
    take: Choice
    series: Pattern
    """What opens a take's number where a serial may be meant."""
    adds: Choice
    goes_on: Guarded
    more: Guarded
    ends: Guarded
    closes: tuple[str, ...]
    """What says so behind the last sentence."""
    shut: Pattern
    """What says so in brackets at the end of a paragraph; its group is the initials behind it."""
    note: Choice
    release: Pattern
    """A line that says no more than that this is a press release."""
    subheadline: Pattern
    """What opens a second line of a headline."""
    keyword: Pattern
    """What opens a last line that has the keyword."""
    opening: Choice
    """Any mark, note or embargo that a line can begin with."""
    mark: Choice
    """One mark of any kind, lead or take."""
    first_mark: Choice
    """The same at the beginning of a keyword line, with what parts it from the keyword."""
    last_mark: Choice
    """The same at its end."""
    embargo: EmbargoMarks

    def kinds_of(self, text: str) -> tuple[Kind, ...]:
        """The kinds that a text may be of, by how it begins."""
        if not text[:1].isalnum():
            keys = keys_of(text)
            return tuple([kind for kind in self.kinds if not kind.starts.isdisjoint(keys)])
        key = nearest(self.kinds_at, text)
        return () if key is None else self.kinds_at[key]


LABEL = re.compile(LABEL_BEFORE)
"""A few words before a mark."""


@remembered_word
def kinds_alone(text: str) -> tuple[Kind, ...]:
    """The kinds of which a text is the mark and nothing else."""
    return tuple([kind for kind in marks().kinds_of(text) if kind.whole.fullmatch(text)])


@remembered_word
def may_open(text: str) -> bool:
    """Whether it is worth looking at a line at all: it begins with a mark, a note or an embargo, after signs or
    after a few words and a colon or dash; or it ends with one in brackets."""
    opening, call = marks().opening, marks().call.begins(text)
    if opening.begins(text) or opening.match(bracket_behind(text)) or (call and opening.match(text, call.end())):
        return True
    label = LABEL.match(text, 0 if text[:1].isalnum() else signs_before(text))
    return label is not None and opening.match(text, label.end()) is not None


def _by_beginning(kinds: tuple[Kind, ...]) -> dict[str, tuple[Kind, ...]]:
    starts = {key for kind in kinds for key in kind.starts}
    return {key: tuple(kind for kind in kinds if not kind.starts.isdisjoint((key, key[:2], key[:1]))) for key in starts}


def _ungrouped(rows: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns with their groups made silent, so that many fit in one."""
    return tuple(re.sub(r"(?<!\\)\((?!\?)", "(?:", row) for row in rows)


@lru_cache(maxsize=1)
def marks() -> Marks:
    """The table, read once."""
    table = read_table("textwire.toml", _Table)
    named = {name: getattr(table, name) for name in ("kill", "hold", "correction", "advisory", "repeat", "update")}
    urgent = tuple(row for rows in table.urgency.values() for row in rows)
    sure = tuple(row for rows in named.values() for row in rows.marks)
    every = (*sure, *(row for rows in named.values() for row in (*rows.news, *rows.loose)))
    said = tuple(row for rows in named.values() for row in rows.sentences(table.address))
    parts = _ungrouped(table.lead + table.take.patterns + table.take.adds)
    words = (*every, *urgent, *parts, *table.take.goes_on)
    urgencies = tuple(
        replace(kind_of("urgency", KindWords(rows, (), ()), (), ""), number=int(number))
        for number, rows in sorted(table.urgency.items())
    )
    kinds = (*(kind_of(name, rows, urgent, table.address) for name, rows in named.items()), *urgencies)
    single = (*parts, *sure, *urgent, *table.take.goes_on, *table.embargo.slug)
    signed = (*table.kill.agencies, *map(re.escape, time_words().agency_zones))
    apart = [
        *(rf"(?<=[/(]){row}" for row in table.kill.news),
        rf"(?<=\(){any_row(table.kill.loose)}",
    ]  # names have them, too
    return Marks(
        kinds=kinds,
        call=Choice(
            (
                rf"{table.address}(?=\s?[:,–—-])",
                rf"{any_row(signed)}(?=\s?:)",
                *table.call,
                *table.kill.loose,
                *table.kill.marks,
            ),
            after=r"\W{1,3}(?=\w)",
        ),
        copy=compiled(any_row(table.kill.copy)),
        quoted=compiled(rf"{any_row(table.kill.copy)}[^.!?\"“”«»„\n]{{0,40}}[\"“«„]([^\"“”«»\n]{{3,140}})[\"”»“]"),
        instead=compiled(any_row(table.kill.instead)),
        kinds_at=_by_beginning(kinds),
        kill=kinds[0],
        kill_ends=compiled(any_row(table.kill.ends)),
        lead=Choice(table.lead, after=r"(?!\w)"),
        take=Choice(table.take.patterns, after=r"(?!\w)"),
        series=compiled(table.take.series),
        adds=Choice(table.take.adds, after=r"(?!\w)"),
        goes_on=whole_of(table.take.goes_on),
        more=whole_of(table.take.more),
        ends=whole_of(table.take.ends),
        closes=tuple(f" {word}" for word in table.take.closes),
        shut=compiled(rf"\s?\({any_row(table.take.shut)}\)\s?([\w/+-]{{0,20}})$"),
        note=Choice(table.note),
        release=compiled(rf"{SIGNS}{any_row(table.release)}{SIGNS}"),
        subheadline=compiled(any_row(table.subheadline)),
        keyword=compiled(any_row(table.keyword)),
        opening=Choice((*(rf"(?:{row})(?!\w)" for row in words), *said, *embargo_rows(table.embargo), *table.note)),
        mark=Choice(single),
        first_mark=Choice(single, after=r"(?:[\s)\]*]*[:/–—]\s*|[\s)\]*]+-*\s*|-+)(?=\w)"),
        last_mark=Choice((*single, *apart), after=r"[\s)\]/.!-]*$"),
        embargo=embargo_marks(table.embargo),
    )
