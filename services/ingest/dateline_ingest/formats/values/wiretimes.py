"""Days, times of day and zones as people write them in a line: ``0001 GMT Tuesday 3 March 2026``, ``18.00 Uhr``."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.instants import instant, named_zone
from dateline_ingest.tables import read_table

_TIME = re.compile(
    r"(?<![\d.,:/-])(?:"
    r"(?P<h>\d{1,2})(?:\s?[:.]\s?(?P<m>\d{2})(?::\d{2})?)?\s?(?P<ap>[ap])\.?\s?m\b\.?"
    r"|(?P<h2>\d{1,2})\s?(?:uhr|heures?|h|ore|uur|horas?|hrs?)\s?(?P<m2>\d{2})?(?![\w:])"
    r"|(?P<h3>\d{1,2})\s?[:.]\s?(?P<m3>\d{2})(?::\d{2})?(?![\d.:])(?:\s?(?:uhr|heures?|h|ore|uur|horas?|hrs?)\b)?"
    r"|(?:(?<=ore )|(?<=alle )|(?<=las )|(?<=as )|(?<=um ))(?P<h5>\d{1,2})(?![\d.:/-])"
    r"|(?P<h4>[0-2]\d)(?P<m4>[0-5]\d)(?=\s?(?:z\b|[a-z]{2,4}\b|hrs|$|[,;)/|]|\s[|]))"
    r")"
)
_OFFSET = re.compile(
    r"(?:(?:gmt|utc)\s?|(?<=\d)|(?<=\d\s))([+-])(0\d|1[0-4]|(?<=c[+-])\d|(?<=t[+-])\d):?(\d{2})?\b(?!-)"
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMERIC = re.compile(
    r"(?<![\d.:])(\d{1,2})(?:\s?([/-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2}))?|\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})?)(?![\d:])"
)
_STAMP = re.compile(r"\b\d{4}-?\d{2}-?\d{2}T\d{2}:?\d{2}(?::?\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})\b")
_NO_DAY = re.compile(r"(?<![\d:-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d:-])")
"""A month. ``2026-04`` names no day, nor is it twenty-six past eight in the evening, four hours behind UTC."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST_DAY = 40
"""Characters of a line that names a day and nothing else."""
_FIGURE = re.compile(r"\d")
_HALF_DAY = re.compile(r"(?<![\d:.])[1-9](?:[:.]\d\d)(?!\s?[ap]\.?\s?m)|(?<![\d:.])1[0-2][:.]\d\d(?!\s?[ap]\.?\s?m)")
"""A time of day that may be of the morning or of the evening, where days are counted in two halves."""
_HALF_DAYS = frozenset(
    f"America/{name}" for name in ("New_York", "Chicago", "Denver", "Los_Angeles", "Toronto")
) | frozenset(("-0400", "-0500", "-0600", "-0700", "-0800"))
_PAST = timedelta(days=60)
_UNCLEAR = date.min
"""A day is named that cannot be told."""


class Table(Struct, frozen=True):
    """The words."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    days: dict[str, int]
    times: dict[str, str]
    zones: dict[str, str]
    language_zones: dict[str, str]
    agency_zones: dict[str, str]


class Words(Struct, frozen=True):
    """The table made ready."""

    months: dict[str, int]
    month_names: tuple[str, ...]
    weekdays: dict[str, int]
    days: dict[str, int]
    times: dict[str, str]
    zones: dict[str, str]
    language_zones: dict[str, str]
    agency_zones: dict[str, str]
    named_date: re.Pattern[str]
    weekday: re.Pattern[str]
    day: re.Pattern[str]
    time: re.Pattern[str]
    zone: re.Pattern[str]


class When(Struct, frozen=True):
    """What a line says of a moment; None where it does not say, or not clearly."""

    instant: datetime | None = None
    day: date | None = None


def plain(text: str) -> str:
    """Lower case, without accents, spaces evened: as the words of the table are written."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ß", "ss"))
        text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(text.lower().split())


@lru_cache(maxsize=1)
def words() -> Words:
    """The table, read once."""
    table = read_table("wiretimes.toml", Table)
    months = {word: at + 1 for at, row in enumerate(table.months) for word in row.split()}
    weekdays = {word: at for at, row in enumerate(table.weekdays) for word in row.split()}
    long_days = [word for word in weekdays if len(word) > 2]
    month = _any(months)
    return Words(
        months=months,
        month_names=tuple(row.split()[0] for row in table.months),
        weekdays=weekdays,
        days=table.days,
        times=table.times,
        zones=table.zones,
        language_zones=table.language_zones,
        agency_zones={plain(agency): zone for agency, zone in table.agency_zones.items()},
        named_date=re.compile(
            rf"(?<![\d:.])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|o)?\s?(?:de\s|of\s)?(?P<m>{month})\b\.?,?(?:\s?(?:de\s|del\s)?(?P<y>\d{{4}})(?!\s?(?:gmt|utc|uhr|h\b)))?"
            rf"|\b(?P<m2>{month})\b\.?\s?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)(?!\s?[ap]\.?m)(?:,?\s(?P<y2>\d{{4}})(?!\s?(?:gmt|utc)))?"
        ),
        weekday=re.compile(rf"\b({_any(long_days)})\b"),
        day=re.compile(rf"(?<!\w)({_any(table.days)})\b"),
        time=re.compile(rf"\b({_any(table.times)})\b"),
        zone=re.compile(rf"(?<![a-z])({_any(table.zones)})(?![\w'])"),
    )


def _any(rows: dict[str, int] | dict[str, str] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(rows, key=len, reverse=True))


def when(line: str, *, sent: datetime | None, language: str = "", agency: str = "") -> When:
    """The moment that a line names, relative to the day the message was ``sent``.

    A day alone is no moment; a time of day without a day is the next such time after the message. Where a weekday
    and a date disagree, a date can be read in two ways, figures are left over, or no zone is named and none is known
    for the language or agency, there is no moment: better none than a wrong one.
    """
    if stamped := _STAMP.search(line):
        return _stamped(stamped[0])
    if _NO_DAY.search(line):
        return When()
    text = _ISO.sub(_worded, plain(line))
    zone, text = _zone(text, language, agency)
    here = sent.astimezone(zone or UTC) if sent else None
    day, text = _day(text, here)
    clock, text = _clock(text)
    if day is _UNCLEAR or _FIGURE.search(text) or clock is None or zone is None:
        return When(day=None if day is _UNCLEAR else day)
    if day is None and here is None:
        return When()
    if day is None and here is not None:
        day = here.date()
        if _at(day, clock, zone) < here:
            day += timedelta(days=1)
        return When(instant=_at(day, clock, zone).astimezone(UTC))
    return When(instant=_at(day or date.min, clock, zone).astimezone(UTC), day=day)


def named_day(text: str) -> str:
    """The day that a text names, as ``2026-03-26``, or ``--03-26`` where it has no year; empty if it names none."""
    found = words().named_date.search(_ISO.sub(_worded, plain(text)))
    if found is None:
        return ""
    parts = found.groupdict()
    month, day = words().months[parts["m"] or parts["m2"]], int(parts["d"] or parts["d2"])
    year = parts["y"] or parts["y2"]
    made = _made(int(year or 2024), month, day)
    return "" if made is _UNCLEAR else made.isoformat() if year else f"--{month:02}-{day:02}"


def day_alone(text: str) -> str:
    """The same where the text names a day, its year and perhaps its weekday, and nothing else."""
    if len(text) > _LONGEST_DAY or not _YEAR.search(text) or (day := named_day(text))[:2] in ("", "--"):
        return ""
    left = words().weekday.sub("", words().named_date.sub("", plain(text), count=1), count=1)
    return "" if any(map(str.isalnum, left)) else day


def _worded(found: re.Match[str]) -> str:
    """``2026-03-04`` in words, so that its hyphens are not taken for an offset."""
    month = int(found[2])
    name = words().month_names[month - 1] if 1 <= month <= 12 else "?"
    return f" {int(found[3])} {name} {found[1]} "


def _stamped(text: str) -> When:
    moment = instant(text)
    return When(instant=moment, day=moment.date()) if moment else When()


def _at(day: date, minutes: int, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=minutes)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} | {text[found.end() :]}"


def _clock(text: str) -> tuple[int | None, str]:
    """Minutes from the day's beginning, and the text without them."""
    if named := words().time.search(text):
        code = words().times[named[1]]
        return int(code[:2]) * 60 + int(code[2:]), _TIME.sub(" ", _without(text, named))
    for found in _TIME.finditer(text):
        hour, minute, half = _figures(found)
        if half and not 1 <= hour <= 12:
            continue
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if minute < 60 and (hour < 24 or (hour, minute) == (24, 0)):
            return hour * 60 + minute, _without(text, found)
    return None, text


def _figures(found: re.Match[str]) -> tuple[int, int, str]:
    parts = found.groupdict()
    hour = next(parts[name] for name in ("h", "h2", "h3", "h4", "h5") if parts[name])
    return int(hour), int(parts["m"] or parts["m2"] or parts["m3"] or parts["m4"] or 0), parts["ap"] or ""


def _zone(text: str, language: str, agency: str) -> tuple[tzinfo | None, str]:
    """The zone that the text names, or that of its agency or language; and the text without it."""
    table = words()
    if offset := _OFFSET.search(text):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)), _without(text, offset)
    if named := table.zone.search(text):
        name = table.zones[named[1]]
        unclear = name in _HALF_DAYS and _HALF_DAY.search(text)
        return (None if unclear else named_zone(name)), _without(text, named)
    name = table.agency_zones.get(plain(agency), "") or table.language_zones.get(language, "")
    return (named_zone(name) if name else None), text


def zone_of_agency(agency: str) -> tzinfo | None:
    """The zone of the times that an agency writes without one; None where it is not known."""
    name = words().agency_zones.get(plain(agency), "")
    return named_zone(name) if name else None


def _day(text: str, here: datetime | None) -> tuple[date | None, str]:
    """The day that the text names, _UNCLEAR if it contradicts itself; and the text without it."""
    table = words()
    named, text = _date(text, here)
    weekday = table.weekday.search(text)
    counted = table.day.search(text)
    if named is None and weekday is None:
        if counted is None:
            return None, text
        day = here.date() + timedelta(days=table.days[counted[1]]) if here else _UNCLEAR
        return day, _without(text, counted)
    if weekday is None or named is _UNCLEAR:
        return named, text
    number, text = table.weekdays[weekday[1]], _without(text, weekday)
    if named is not None:
        return (named if named.weekday() == number else _UNCLEAR), text
    return (here.date() + timedelta(days=(number - here.weekday()) % 7) if here else _UNCLEAR), text


def _date(text: str, here: datetime | None) -> tuple[date | None, str]:
    if found := words().named_date.search(text):
        parts = found.groupdict()
        month = words().months[parts["m"] or parts["m2"]]
        day, year = int(parts["d"] or parts["d2"]), parts["y"] or parts["y2"]
        return (_made(int(year), month, day) if year else _nearest(month, day, here)), _without(text, found)
    if found := _NUMERIC.search(text):
        return _numeric(found, here), _without(text, found)
    return None, text


def _numeric(found: re.Match[str], here: datetime | None) -> date:
    day, month, year = int(found[1]), int(found[3] or found[5]), found[4] or found[6]
    if found[2] and day <= 12 and month <= 12 and day != month:
        return _UNCLEAR  # 3/4 is the third of April or the fourth of March
    if month > 12:
        day, month = month, day
    if year:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return _nearest(month, day, here)


def _nearest(month: int, day: int, here: datetime | None) -> date:
    """The year that is not written: the day lies ahead, unless it was a short while ago."""
    if here is None:
        return _UNCLEAR
    earliest = here.date() - _PAST
    made = (_made(here.year + step, month, day) for step in (-1, 0, 1))
    return next((one for one in made if one is not _UNCLEAR and one >= earliest), _UNCLEAR)


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day) if 1900 < year < 2200 else _UNCLEAR
    except ValueError:
        return _UNCLEAR
