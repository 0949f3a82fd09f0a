"""Patterns of what stands around a story in a mail (tables/mail.toml)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.beginnings import any_row, compiled
from dateline_ingest.tables import read_table


class _Machine(Struct, frozen=True):
    what: str
    headers: dict[str, str]


class Wire(Struct, frozen=True):
    """Which headers say what ANPA's header does."""

    slugline: str
    category: str
    scheme: str
    """Of the categories."""
    urgency: str
    urgencies: dict[str, int]


class _Table(Struct, frozen=True):
    answers: tuple[str, ...]
    forwards: tuple[str, ...]
    stubs: tuple[str, ...]
    forwarded: tuple[str, ...]
    header: dict[str, tuple[str, ...]]
    quoted: tuple[str, ...]
    notice: tuple[str, ...]
    form: dict[str, tuple[str, ...]]
    announces: tuple[str, ...]
    recall: tuple[str, ...]
    greeting: tuple[str, ...]
    wire: Wire
    machine: tuple[_Machine, ...]


class Machine(Struct, frozen=True):
    """A kind of mail that a program sends about mail."""

    what: str
    headers: dict[str, re.Pattern[str]]
    """Header -> what it begins with in such a mail."""


class MailMarks(Struct, frozen=True):
    """What mail programs and companies write around a story."""

    prefix: re.Pattern[str]
    answer: re.Pattern[str]
    """The prefix of an answer."""
    stub: re.Pattern[str]
    """Text that stands in for one in HTML."""
    forwarded: re.Pattern[str]
    header: re.Pattern[str]
    """Its groups are named ``from``, ``date``, ``subject`` and ``other``, as ``is_from`` and so on, and ``value``."""
    quoted: re.Pattern[str]
    notice: re.Pattern[str]
    form: dict[str, str]
    """Name of a form's member, in lower case -> what it is."""
    announces: re.Pattern[str]
    """Words that a cover note says what is attached with."""
    recall: re.Pattern[str]
    greeting: re.Pattern[str]
    machines: tuple[Machine, ...]
    wire: Wire


@lru_cache(maxsize=1)
def mail_marks() -> MailMarks:
    """The table, read once."""
    table = read_table("mail.toml", _Table)
    names = "|".join(f"(?P<is_{what}>{'|'.join(words)})" for what, words in table.header.items())
    return MailMarks(
        prefix=_prefix((*table.answers, *table.forwards)),
        answer=_prefix(table.answers),
        stub=compiled(any_row(table.stubs)),
        forwarded=compiled(any_row(table.forwarded)),
        header=compiled(rf"[*_]?(?:{names})\s?:[*_]?\s+(?P<value>\S.*)"),
        quoted=compiled(any_row(table.quoted)),
        notice=compiled(any_row(table.notice)),
        form={word: what for what, words in table.form.items() for word in words},
        announces=compiled(rf"\b{any_row(table.announces)}"),
        recall=compiled(any_row(table.recall)),
        greeting=compiled(any_row(table.greeting)),
        machines=tuple(
            Machine(one.what, {name: compiled(shape) for name, shape in one.headers.items()}) for one in table.machine
        ),
        wire=table.wire,
    )


def _prefix(words: tuple[str, ...]) -> re.Pattern[str]:
    return compiled(rf"\s*{any_row(words)}\s*(?:\[\d+\])?\s*[:：]\s*")
