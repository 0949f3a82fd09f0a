"""The table of what stands around a story that comes by mail, as patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.tables import read_table


class _Opens(Struct, frozen=True):
    opens: tuple[str, ...]


class _Table(Struct, frozen=True):
    prefixes: tuple[str, ...]
    forwarded: tuple[str, ...]
    header: dict[str, tuple[str, ...]]
    quoted: _Opens
    notice: _Opens
    form: dict[str, tuple[str, ...]]


class MailMarks(Struct, frozen=True):
    """What mail programs and companies write around a story."""

    prefix: re.Pattern[str]
    forwarded: re.Pattern[str]
    header: re.Pattern[str]
    """Its groups are named ``from``, ``date``, ``subject`` and ``other``, as ``is_from`` and so on, and ``value``."""
    quoted: re.Pattern[str]
    notice: re.Pattern[str]
    form: dict[str, str]
    """Name of a form's member, in lower case -> what it is."""


@lru_cache(maxsize=1)
def mail_marks() -> MailMarks:
    """The table, read once."""
    table = read_table("mail.toml", _Table)
    names = "|".join(f"(?P<is_{what}>{'|'.join(words)})" for what, words in table.header.items())
    return MailMarks(
        prefix=re.compile(rf"\s*(?:{'|'.join(table.prefixes)})\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE),
        forwarded=_any(table.forwarded),
        header=re.compile(rf"[*_]?(?:{names})\s?:[*_]?\s+(?P<value>\S.*)", re.IGNORECASE),
        quoted=_any(table.quoted.opens),
        notice=_any(table.notice.opens),
        form={word: what for what, words in table.form.items() for word in words},
    )


def _any(rows: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row})" for row in rows), re.IGNORECASE)
