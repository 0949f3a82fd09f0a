"""The table of what text wires say in words (tables/textwire.toml), made ready for matching."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.beginnings import SIGNS, Choice, Guarded, Pattern, keys_of, signs_before
from dateline_ingest.tables import read_table
from dateline_kernel.remembering import remembered_word

_AFTER = r"(?=\s*[:–—/|!)\]]|\s+-|-+\s?\S|\s*$)"
"""What stands after a mark that opens a line."""


class _Kind(Struct, frozen=True):
    marks: tuple[str, ...]
    loose: tuple[str, ...]
    said: tuple[str, ...]


class _Embargo(Struct, frozen=True):
    stems: tuple[str, ...]
    words: tuple[str, ...]
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
    closes: tuple[str, ...]
    shut: tuple[str, ...]


class _Note(Struct, frozen=True):
    opens: tuple[str, ...]


class _Release(Struct, frozen=True):
    labels: tuple[str, ...]


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
    subheadline: _Note
    keyword: _Note
    release: _Release


class Kind(Struct, frozen=True):
    """How a kind of message is told."""

    name: str
    number: int
    """Urgency, of a kind that says how urgent it is."""
    whole: Guarded
    """A line or a version part that is nothing but the mark."""
    opens: Choice
    said: Choice

    @property
    def starts(self) -> frozenset[str]:
        """How its texts can begin."""
        return self.whole.starts | self.opens.starts | self.said.starts


class Marks(Struct, frozen=True):
    """All patterns. Those for the whole of a text are to be used with ``fullmatch``."""

    kinds: tuple[Kind, ...]
    """Kill, correction and so on, then the urgencies."""
    kinds_at: dict[str, tuple[Kind, ...]]
    """Those that can begin with two letters, or with one and anything."""
    kind_starts: tuple[tuple[Kind, frozenset[str]], ...]
    """All of them, each with what it can begin with."""
    lead: Choice
    """The group within the first one that matched is the number."""
    take: Choice
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
    embargo: dict[str, tuple[Pattern, Pattern]]
    """By language: at the beginning of a line, and anywhere in it."""
    embargo_any: Choice
    """All of them."""
    embargo_slug: Choice
    embargo_lifted: Pattern
    embargo_stems: tuple[str, ...]
    embargo_words: tuple[tuple[str, Pattern], ...]
    """Every line that may state an embargo has one of these in it, as it is or, with a space after it, as a word."""

    def kinds_of(self, text: str) -> tuple[Kind, ...]:
        """The kinds that a text may be of, by how it begins."""
        if not text[:1].isalnum():
            keys = keys_of(text)
            return tuple([kind for kind, starts in self.kind_starts if not starts.isdisjoint(keys)])
        key = text[:2].lower()
        return self.kinds_at.get(key) or self.kinds_at.get(key[:1], ())


_LABEL = re.compile(r"\w+\s*[:!,–—-]+\s*")


@remembered_word
def kinds_alone(text: str) -> tuple[Kind, ...]:
    """The kinds of which a text is the mark and nothing else."""
    return tuple([kind for kind in marks().kinds_of(text) if kind.whole.fullmatch(text)])


@remembered_word
def may_open(text: str) -> bool:
    """Whether it is worth looking at a line at all: it begins with a mark, a note or an embargo, after signs or
    after one word and a colon or dash."""
    opening = marks().opening
    if opening.begins(text):
        return True
    label = _LABEL.match(text, 0 if text[:1].isalnum() else signs_before(text))
    return label is not None and opening.match(text, label.end()) is not None


def _any(rows: tuple[str, ...] | list[str]) -> str:
    return "(?:" + "|".join(f"(?:{row})" for row in rows) + ")"


def _compiled(pattern: str) -> Pattern:
    return re.compile(pattern, re.IGNORECASE)


def _alone(word: str) -> Pattern:
    """The word by itself. It stands first in the pattern, since what begins with a text is found quickest."""
    return re.compile(rf"{word}(?<!\w{'.' * len(word)})(?!\w)", re.DOTALL)


def _whole(rows: tuple[str, ...], before: tuple[str, ...] = ()) -> Guarded:
    first = rf"(?:{_any(before)}\b)?{SIGNS}" if before else ""
    pattern = rf"{SIGNS}{first}{_any(rows)}(?:{SIGNS}{_any(rows)})*{SIGNS}"
    return Guarded(pattern, rows + before)


def _kind(name: str, rows: _Kind, urgent: tuple[str, ...]) -> Kind:
    whole = _whole(rows.marks + rows.loose, urgent)
    return Kind(name, 0, whole, Choice(rows.marks, after=_AFTER), Choice(rows.said))


def _by_beginning(kinds: tuple[Kind, ...]) -> dict[str, tuple[Kind, ...]]:
    starts = {key for kind in kinds for key in kind.starts}
    return {key: tuple(kind for kind in kinds if not kind.starts.isdisjoint((key, key[:1]))) for key in starts}


def _ungrouped(rows: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns with their groups made silent, so that many fit in one."""
    return tuple(re.sub(r"(?<!\\)\((?!\?)", "(?:", row) for row in rows)


def _then(table: _Embargo) -> str:
    """What must follow the words."""
    return rf"(?=\s*$|\s*[:!)–—/-]|\W*\d|\W*{table.then})"


def _embargoes(table: _Embargo) -> dict[str, tuple[Pattern, Pattern]]:
    after = _then(table)
    return {
        language: (
            _compiled(rf"{SIGNS}(?:\w+\s*[:!,–—-]+\s*)?{_any(rows)}{after}"),
            _compiled(rf"(?<!\w){_any(rows)}{after}"),
        )
        for language, rows in table.opens.items()
    }


@lru_cache(maxsize=1)
def marks() -> Marks:
    """The table, read once."""
    table = read_table("textwire.toml", _Table)
    named = {name: getattr(table, name) for name in ("kill", "correction", "advisory", "repeat", "update")}
    urgent = tuple(row for rows in table.urgency.values() for row in rows)
    every = tuple(row for rows in named.values() for row in (*rows.marks, *rows.loose))
    said = tuple(row for rows in named.values() for row in rows.said)
    opens = tuple(row for rows in table.embargo.opens.values() for row in rows)
    parts = _ungrouped(table.lead.patterns + table.take.patterns + table.take.adds)
    words = (*every, *urgent, *parts, *table.take.goes_on)
    urgencies = tuple(
        Kind("urgency", int(number), _whole(rows), Choice(rows, after=_AFTER), Choice(()))
        for number, rows in sorted(table.urgency.items())
    )
    kinds = (*(_kind(name, rows, urgent) for name, rows in named.items()), *urgencies)
    single = (*parts, *every, *urgent, *table.take.goes_on, *table.embargo.slug)
    return Marks(
        kinds=kinds,
        kinds_at=_by_beginning(kinds),
        kind_starts=tuple((kind, kind.starts) for kind in kinds),
        lead=Choice(table.lead.patterns, after=r"(?!\w)"),
        take=Choice(table.take.patterns, after=r"(?!\w)"),
        adds=Choice(table.take.adds, after=r"(?!\w)"),
        goes_on=_whole(table.take.goes_on),
        more=_whole(table.take.more),
        ends=_whole(table.take.ends),
        closes=tuple(f" {word}" for word in table.take.closes),
        shut=_compiled(rf"\s?\({_any(table.take.shut)}\)\s?([\w/+-]{{0,20}})$"),
        note=Choice(table.note.opens),
        release=_compiled(rf"{SIGNS}{_any(table.release.labels)}{SIGNS}"),
        subheadline=_compiled(_any(table.subheadline.opens)),
        keyword=_compiled(_any(table.keyword.opens)),
        opening=Choice((*(rf"(?:{row})(?!\w)" for row in words), *said, *opens, *table.note.opens)),
        mark=Choice(single),
        first_mark=Choice(single, after=r"(?:[\s)\]]*[:/–—]\s*|[\s)\]]+-*\s*|-+)(?=\w)"),
        last_mark=Choice(single, after=r"[\s)\]/.!-]*$"),
        embargo=_embargoes(table.embargo),
        embargo_any=Choice(opens, after=_then(table.embargo)),
        embargo_slug=Choice(table.embargo.slug),
        embargo_lifted=_compiled(table.embargo.lifted),
        embargo_stems=table.embargo.stems,
        embargo_words=tuple((f"{word} ", _alone(word)) for word in table.embargo.words),
    )
