"""Telexes whose first lines begin with a sign that says what they are, as AAP's and Medianet's: ``$S``, ``:Budget``,
``^Rates rise``; or with a label of two letters: ``TI#Rates rise``. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.text.fields import Fields
from dateline_ingest.tables import read_table

_MOST = 16
"""Most lines at the top that have signs."""
_LEAST = 3
"""Least number of different signs, or labels, for a text to be such a telex."""
_LABEL = re.compile(r"([A-Z]{2})#(.*)")
_CHANNEL = re.compile(r"\s*ZCZC[ \t]+([A-Z]{2,8}\d{0,5})[ \t]*\n")


class _Sign(Struct, frozen=True):
    sign: str
    value: str
    says: str


class _Table(Struct, frozen=True):
    signs: tuple[_Sign, ...]
    labels: dict[str, str]


class _Signs(Struct, frozen=True):
    by_sign: dict[str, tuple[tuple[re.Pattern[str], str], ...]]
    labels: dict[str, str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    table = read_table("telexsigns.toml", _Table)
    signs = dict.fromkeys(row.sign for row in table.signs)
    rows = {sign: tuple((re.compile(row.value), row.says) for row in table.signs if row.sign == sign) for sign in signs}
    return _Signs(rows, table.labels)


def channel_of(raw: str) -> str:
    """The channel that the start of a telex names: ``ZCZC AAP``; empty if it names none."""
    found = _CHANNEL.match(raw) if "ZCZC" in raw[:40] else None
    return found[1] if found else ""


def signed_fields(raw: str, line_of: Callable[[str], str]) -> Fields:
    """What the lines with signs at the top of a text say, and the text after them; nothing where there are too few."""
    start = raw.lstrip()
    if _known(start.partition("\n")[0].rstrip()) is None:  # as with nearly all texts
        return Fields()
    lines = start.split("\n", _MOST)
    values: list[tuple[str, str]] = []
    seen: set[str] = set()
    read = 0
    for line in map(str.strip, lines[:_MOST]):
        known = _known(line) if line else None
        if line and known is None:
            break
        read += 1
        if known is not None:
            seen.add(known[0])
            values += [(known[1], line_of(known[2]))] * bool(known[1] and known[2])
    if len(seen) < _LEAST:
        return Fields()
    return Fields(tuple(values), "\n".join(lines[read:]))


def _known(line: str) -> tuple[str, str, str] | None:
    """Sign or label of a line, what it says, and its value; None for a line of the text."""
    table = _signs()
    sign, value = line[:1], line[1:]
    if rows := table.by_sign.get(sign):
        if value[:1].isspace():
            return None  # a heading or an item of a list
        if not value.strip():
            return sign, "", ""
        return next(((sign, says, value) for pattern, says in rows if pattern.fullmatch(value.strip())), None)
    found = _LABEL.match(line)
    if found is None or found[1] not in table.labels:
        return None
    return found[1], table.labels[found[1]], found[2].strip()
