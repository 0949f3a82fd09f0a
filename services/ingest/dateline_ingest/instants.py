"""Dates as wires write them, read into aware UTC. A date that nobody can read is None, never an error."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateline_ingest.timewords import time_words

_ZONE_GAP = re.compile(r"\s+(?:GMT|UTC)?(?=[+-]\d\d:?\d\d$)")
_ZONE_NAME = re.compile(r"\s*(?:GMT|UTC|(?<=\d)z)$")
_BORDERLINE = re.compile(
    r"(?P<day>[0-9W-]{8,10})[T ](?:24(?::?00){1,2}(?:[.,]0+)?|(?P<minute>\d\d:?\d\d)(?P<colon>:?)60(?:[.,]\d+)?)"
    r"(?P<zone>.{0,6})"
)
"""Midnight at the end of a day (ISO 8601-1, 4.3.8 a) and a leap second (RFC 3339, 5.7), which Python has none of."""
_NAMED_ZONE = re.compile(r"(\d{4}-\d{2}-\d{2}[T ][\d:.]{4,15}) ?\(?([A-Za-z]{1,5})\)?")
"""A date as ISO has it, and a zone by name, as no standard has it."""
_YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})(?:(?P<sign>[-/.])(?P<m>\d\d?)(?P=sign)(?P<d>\d\d?)|年 ?(?P<m2>\d\d?)月 ?(?P<d2>\d\d?)日)"
    r"(?:[T ]{1,2}(?P<hour>\d\d?)(?P<rest>:.{2,40}))?"
)
"""A year, a month and a day in figures, in the only order that begins with a year, with other signs than ISO's."""
_OFFSET = re.compile(r"(?<=:\d\d)\s?(?:(?:GMT|UTC)\s?)?([+-])(\d\d?)(?::?(\d\d))?(?=\s?(?:\(|$))")
_YEAR_LAST = re.compile(r"[A-Za-z]{3},? ([A-Za-z]{3}) (\d\d?) ([\d:]{5,8}) (?!\d{4}$)([A-Z]{2,5}|[+-]\d{4}) (\d{4})")
"""What Java and Unix print of a date: its zone before its year."""
_HALF_DAY = re.compile(r"\b(\d\d?)(:\d\d(?::\d\d)?) ?([AaPp])\.?[Mm]\b\.?")
_DAY_AND_ZONE = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})")
"""A day by the clock of a zone (XML Schema's date); Python takes the offset for a time of day."""
_ZONE_CALLED = re.compile(r"([+-]\d\d:?\d\d) \([^()]*\)$")
"""What a zone is called behind its offset, as JavaScript writes it."""
_LONGEST = 64
_TRUNCATED = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])|-?W[0-5]\d)?(?:Z|[+-]\d\d:?\d\d)?")
_LONGEST_TRUNCATED = len("2026-W13+01:00")
_SINCE_1970 = re.compile(r"(?P<seconds>[1-9]\d{8}(?:\.\d{1,9})?|1\d{9}(?:\.\d{1,9})?)|1\d{12}(?:\.0)?|1\d{15}(?:\.0)?")
"""Seconds, milliseconds or microseconds since 1970 in figures, of the years 1973 (seconds) or 2001 to 2033."""


@lru_cache(maxsize=4096)
def instant(text: str) -> datetime | None:
    """The moment that ``text`` names: ISO 8601 (basic or extended), RFC 3339 or RFC 2822 (section 3.3).

    A date without a zone is taken as UTC, a date without a time as midnight UTC. One that names no day is no moment.
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
    if text.endswith(")"):
        text = _ZONE_CALLED.sub(r"\1", text)
    if not text or len(text) > _LONGEST or truncated(text):
        return None
    if len(text) <= len("2026-03-26+01:00") and (found := _DAY_AND_ZONE.fullmatch(text)):
        text = f"{found[1]}T00:00{found[2]}"
    usual = _iso(text) or _iso(_ZONE_NAME.sub("Z", _ZONE_GAP.sub("", text))) or _borderline(text)
    return usual or _mail(text) or _otherwise(text)


def _otherwise(text: str) -> datetime | None:
    """ISO's figures with a zone by name, or with other signs between them: ``2026/3/26 9:15``, ``2026年3月26日``."""
    if found := _NAMED_ZONE.fullmatch(text):
        zone, named = named_zone(_zones().get(found[2].lower(), "")), _iso(found[1])
        return named.replace(tzinfo=zone) if named and zone else None
    first = _YEAR_FIRST.fullmatch(text)
    if first is None:
        return None
    day = f"{first['y']}-{first['m'] or first['m2']:0>2}-{first['d'] or first['d2']:0>2}"
    time = f"T{first['hour']:0>2}{_ZONE_GAP.sub('', first['rest'])}" if first["rest"] else ""
    return _iso(day + time) if day + time != text else None


def truncated(text: str) -> str:
    """``text`` if it is a date that names no day, else nothing.

    Such are ``2026``, ``2026-03`` and ``2026-W13``: XML Schema's gYear and gYearMonth, W3CDTF, ISO 8601-1 (5.2.2.3).
    """
    text = text.strip()
    return text if len(text) <= _LONGEST_TRUNCATED and _TRUNCATED.fullmatch(text) else ""


def moment(text: str) -> datetime | None:
    """The same as ``instant``, and a count since 1970 as programs keep time: ``1774520100``, ``1774520100000``.

    For members and elements that hold a time and nothing else: in running text such figures are telephone numbers.
    """
    return instant(text) or (_since_1970(text.strip()) if text else None)


@lru_cache(maxsize=1024)
def _since_1970(text: str) -> datetime | None:
    found = _SINCE_1970.fullmatch(text)
    if found is None:
        return None
    whole, _, part = text.partition(".")
    if found["seconds"]:
        return datetime.fromtimestamp(int(whole), UTC) + timedelta(microseconds=int(f"{part:0<6}"[:6]))
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(f"{whole:0<16}"))


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
    text = _evened(" ".join(text.split()))
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # Of zones by name it knows those of North America alone (RFC 2822, 4.3); feeds have CET and the like, too.
    named = found.tzinfo is None and named_zone(_zones().get(text.rpartition(" ")[2].strip("()").lower(), ""))
    return found.replace(tzinfo=named) if named else found


def _evened(text: str) -> str:
    """A date as RFC 2822 has it, of one that Python would misread without a word.

    Such are offsets with a colon, a zone before the year, and clocks of twelve hours.
    """
    text = _YEAR_LAST.sub(r"\2 \1 \5 \3 \4", text)
    text = _HALF_DAY.sub(_of_whole_day, text, count=1)
    return _OFFSET.sub(lambda found: f" {found[1]}{found[2]:0>2}{found[3] or '00'}", text, count=1)


def _of_whole_day(found: re.Match[str]) -> str:
    hour = int(found[1])
    if not 1 <= hour <= 12:
        return f"{found[1]}{found[2]}"
    return f"{hour % 12 + (12 if found[3] in 'pP' else 0):02}{found[2]}"


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return time_words().zones | time_words().date_zones


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
