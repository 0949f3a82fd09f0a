"""Times of day as pages show them to readers, and the zones behind them, in the words of the page's language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import time, timedelta, timezone, tzinfo
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.instants import named_zone
from dateline_ingest.tables import read_table
from dateline_ingest.timewords import time_words

_CLOCK = re.compile(
    r"(?<![\d:./-])(?P<h>\d{1,2})"
    r"(?:\s?(?:[:.]|[hH時时点點시])\s?(?P<m>\d\d)(?::(?P<s>\d\d)|\s?[分분])?|\s?[hH時时点點시](?!\w))(?![\d:])"
)
_OFFSET = re.compile(r"\s?[(\[]?(?:GMT|UTC|UCT)\s?(?:([+\u2212-])\s?(\d{1,2})(?::?(\d\d))?)?(?!\w)", re.IGNORECASE)
_ZONE = re.compile(r"\s?[(\[]?([^\W\d_]{2,4})(?!\w)")


class _Table(Struct, frozen=True):
    before_noon: tuple[str, ...]
    after_noon: tuple[str, ...]
    zones: dict[str, str]
    zones_of: dict[str, dict[str, str]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("pagedates.toml", _Table)


@lru_cache(maxsize=1)
def clock_words() -> frozenset[str]:
    """Words for halves of the day and for zones, in small letters."""
    table = _table()
    return frozenset((*table.before_noon, *table.after_noon, *table.zones, *time_words().zones))


def time_of(text: str, language: str) -> tuple[time | None, tzinfo | None]:
    """The time of day in a text, and the zone that stands right behind it."""
    before, behind = _halves()
    for found in _CLOCK.finditer(text):
        hour, minute, second = int(found["h"]), int(found["m"] or 0), int(found["s"] or 0)
        half, end = before.search(text[: found.start()]), found.end()
        if half is None and (half := behind.match(text, end)):
            end = half.end()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half["pm"] else 0)
        if hour < 24 and max(minute, second) < 60:
            return time(hour, minute, second), _zone(text[end:], language)
    return None, None


def _zone(text: str, language: str) -> tzinfo | None:
    if found := _OFFSET.match(text):
        sign = -1 if found[1] in ("-", "\u2212") else 1
        hours, minutes = int(found[2] or 0), int(found[3] or 0)
        return timezone(sign * timedelta(hours=hours, minutes=minutes)) if hours <= 14 and minutes < 60 else None
    if (found := _ZONE.match(text)) and found[1].isupper():
        return _named(found[1].lower(), language)
    return None


@lru_cache(maxsize=256)
def _named(name: str, language: str) -> tzinfo | None:
    table = _table()
    own = table.zones_of.get(language) or table.zones_of.get(language.partition("-")[0]) or {}
    name = unicodedata.normalize("NFD", name).replace("\u0307", "") if name.startswith("ts") else name
    return named_zone(own.get(name) or table.zones.get(name) or time_words().zones.get(name, ""))


@lru_cache(maxsize=1)
def _halves() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A word for a half of the day: before a time, as in East Asia, and behind it."""
    table = _table()
    before = _either(
        tuple(word for word in rows if word[0] >= "\u1100") for rows in (table.before_noon, table.after_noon)
    )
    behind = _either((table.before_noon, table.after_noon))
    return re.compile(rf"{before}\s?$"), re.compile(rf"\s?{behind}(?!\w)\.?", re.IGNORECASE)


def _either(halves: Iterable[tuple[str, ...]]) -> str:
    first, second = ("|".join(map(re.escape, rows)) for rows in halves)
    return rf"(?:(?P<am>{first})|(?P<pm>{second}))"
