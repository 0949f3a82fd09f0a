"""Dates as wires write them, read into aware UTC. A date that nobody can read is None, never an error."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from dateline_ingest.tables import read_table

_ZONE_GAP = re.compile(r"\s+(?:GMT|UTC)?(?=[+-]\d\d:?\d\d$)")
_ZONE_NAME = re.compile(r"\s*(?:GMT|UTC)$")
_BORDERLINE = re.compile(
    r"(?P<day>[0-9W-]{8,10})[T ](?:24(?::?00){1,2}(?:[.,]0+)?|(?P<minute>\d\d:?\d\d)(?P<colon>:?)60(?:[.,]\d+)?)"
    r"(?P<zone>.{0,6})"
)
"""Midnight at the end of a day (ISO 8601-1, 4.3.8 a) and a leap second (RFC 3339, 5.7), which Python has none of."""
_LONGEST = 64


@lru_cache(maxsize=4096)
def instant(text: str) -> datetime | None:
    """The moment that ``text`` names: ISO 8601 (basic or extended), RFC 3339 or RFC 2822 (section 3.3).

    A date without a zone is taken as UTC, a date without a time as midnight UTC.
    """
    found = stated(text)
    if found is None:
        return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None


def stated(text: str) -> datetime | None:
    """The moment as ``text`` states it, by the clock of the zone that it names; without one where it names none."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    return _iso(text) or _iso(_ZONE_NAME.sub("Z", _ZONE_GAP.sub("", text))) or _borderline(text) or _mail(text)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _borderline(text: str) -> datetime | None:
    """24:00 as the beginning of the next day, a leap second as that of the next minute."""
    found = _BORDERLINE.fullmatch(text)
    if found is None:
        return None
    minute = found["minute"]
    before = _iso(
        f"{found['day']}T{minute}{found['colon']}59{found['zone']}"
        if minute
        else f"{found['day']}T00:00{found['zone']}"
    )
    try:
        return before and before + (timedelta(seconds=1) if minute else timedelta(days=1))
    except OverflowError:
        return None


def _mail(text: str) -> datetime | None:
    if not any(char.isalpha() for char in text):
        return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # Of zones by name it knows those of North America alone (RFC 2822, 4.3); feeds have CET and the like, too.
    named = found.tzinfo is None and named_zone(_zones().get(text.rpartition(" ")[2].lower(), ""))
    return found.replace(tzinfo=named) if named else found


class _Table(Struct, frozen=True):
    zones: dict[str, str]


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return read_table("wiretimes.toml", _Table).zones


@lru_cache(maxsize=128)
def named_zone(name: str) -> tzinfo | None:
    """A zone by IANA name or as ``+HHMM``; None where this machine has no such zone."""
    if name == "UTC":
        return UTC
    if name[:1] in ("+", "-"):
        offset = timedelta(hours=int(name[1:3]), minutes=int(name[3:5]))
        return timezone(offset if name[0] == "+" else -offset)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def rfc3339(moment: datetime | None) -> str:
    """The instant as RFC 3339 text in UTC, e.g. ``2026-03-26T10:15:00Z``; empty for None."""
    if moment is None:
        return ""
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat().removesuffix("+00:00") + "Z"
