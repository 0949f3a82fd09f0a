"""Days as people write them in a line: ``Tuesday 3 March 2026``, ``3/3/26``, ``demain``. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.timewords import any_of, numbered, plain, time_words, without

UNCLEAR = date.min
"""A day is named, but it cannot be told which."""
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED = re.compile(r"\b(\d{4})\.\s?(\d{1,2})\.\s?(\d{1,2})\b\.?")
_EAST = re.compile(r"\d\s?[월月시時时点]")
_EAST_DAY = re.compile(r"(?:(?<!\d)(\d{4})\s?[년年]\s?)?(\d{1,2})\s?[월月]\s?(\d{1,2})\s?[일日]")
_EAST_WEEKDAY = re.compile(r"\([월화수목금토일月火水木金土日](?:요일|曜日)?\)")
_EAST_HOUR = re.compile(r"(?:(오후|午後|下午|낮)|오전|午前|上午)?\s?(\d{1,2})\s?[시時时点](?:\s?(\d{1,2})\s?[분分])?")
"""``2026. 3. 12.``; ``2026年3月12日(木)午後2時``, ``3월 12일(목) 낮 12시``, as ``plain`` has them."""
_NUMERIC = re.compile(
    r"(?<![\d.:])(\d{1,2})(?:\s?([/-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2}))?|\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})?)(?![\d:])"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST_DAY = 40
"""Characters of a line that names a day and nothing else."""
_PAST = timedelta(days=60)


class _Days(Struct, frozen=True):
    """The table's words for days, made ready."""

    months: dict[str, int]
    month_names: tuple[str, ...]
    weekdays: dict[str, int]
    named_date: re.Pattern[str]
    month_alone: re.Pattern[str]
    """A month and its year, whose figures are not a time of day."""
    weekday: re.Pattern[str]
    counted: re.Pattern[str]
    """A day relative to the message's own (``tomorrow``)."""


@lru_cache(maxsize=1)
def _days() -> _Days:
    table = time_words()
    months, weekdays = numbered(table.months, 1), numbered(table.weekdays, 0)
    month = any_of(months)
    return _Days(
        months=months,
        month_names=tuple(row.split()[0] for row in table.months),
        weekdays=weekdays,
        named_date=re.compile(
            rf"(?<![\d:.])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|o)?\s?(?:de\s|of\s)?(?P<m>{month})\b\.?,?(?:\s?(?:de\s|del\s)?(?P<y>(?:19|20)\d\d)(?!\s?(?:gmt|utc|uhr|h\b)))?"
            rf"|\b(?P<m2>{month})\b\.?\s?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)(?!\s?[ap]\.?m)(?:,?\s(?P<y2>(?:19|20)\d\d)(?!\s?(?:gmt|utc)))?"
        ),
        month_alone=re.compile(
            rf"\b(?:{month})\b\.?,?\s(?:de\s|of\s)?(?:19|20)\d\d\b(?!\s?(?:[:.]\d|gmt|utc|uhr|h\b))"
        ),
        weekday=re.compile(rf"\b({any_of(word for word in weekdays if len(word) > 2)})\b"),
        counted=re.compile(rf"(?<!\w)({any_of(table.days)})\b"),
    )


def month_of(word: str) -> int | None:
    """The number of the month that a word of any language names, 1 to 12; None for any other word."""
    return _days().months.get(plain(word).rstrip("."))


def named_day(text: str) -> str:
    """The day that a text names, as ``2026-03-26``, or ``--03-26`` where it has no year; empty if it names none."""
    found = _days().named_date.search(worded(text))
    if found is None:
        return ""
    year, month, day = _parts(found)
    made = _made(int(year or 2024), month, day)
    return "" if made is UNCLEAR else made.isoformat() if year else f"--{month:02}-{day:02}"


def day_alone(text: str) -> str:
    """The day, as ``named_day`` gives it, if the text is nothing but a day, its year and perhaps its weekday."""
    if len(text) > _LONGEST_DAY or not _YEAR.search(text) or (day := named_day(text))[:2] in ("", "--"):
        return ""
    left = _days().weekday.sub("", _days().named_date.sub("", plain(text), count=1), count=1)
    return "" if any(map(str.isalnum, left)) else day


def worded(text: str) -> str:
    """The text as ``plain`` has it, with ``2026-03-04`` and dates of East Asia in words: hyphens are no offset then."""
    text = _DOTTED.sub(_in_words, _ISO.sub(_in_words, plain(text)))
    if text.isascii() or not _EAST.search(text):
        return text
    return _EAST_HOUR.sub(_clock, _EAST_DAY.sub(_in_words, _EAST_WEEKDAY.sub(" ", text)))


def _in_words(found: re.Match[str]) -> str:
    month = int(found[2])
    name = _days().month_names[month - 1] if 1 <= month <= 12 else "?"
    return f" {int(found[3])} {name} {found[1] or ''} "


def _clock(found: re.Match[str]) -> str:
    """An hour of East Asia as figures: ``午後2時`` is 14:00."""
    hour = int(found[2])
    return f" {hour + 12 if found[1] and hour < 12 else hour}:{found[3] or 0:0>2} "


def day_in(text: str, here: datetime | None) -> tuple[date | None, str]:
    """The day that a ``worded`` text names, UNCLEAR if it contradicts itself; and the text without it.

    ``here`` is when the message was sent, by the clock of the place that the text is about.
    """
    words = _days()
    named, text = _date(text, here)
    weekday = words.weekday.search(text)
    counted = words.counted.search(text)
    if named is None and weekday is None:
        if counted is None:
            return None, text
        day = here.date() + timedelta(days=time_words().days[counted[1]]) if here else UNCLEAR
        return day, without(text, counted)
    if weekday is None or named is UNCLEAR:
        return named, text
    number, text = words.weekdays[weekday[1]], without(text, weekday)
    if named is not None:
        return (named if named.weekday() == number else UNCLEAR), text
    return (here.date() + timedelta(days=(number - here.weekday()) % 7) if here else UNCLEAR), text


def _date(text: str, here: datetime | None) -> tuple[date | None, str]:
    if found := _days().named_date.search(text):
        year, month, day = _parts(found)
        return (_made(int(year), month, day) if year else _nearest(month, day, here)), without(text, found)
    if found := _NUMERIC.search(text):
        return _numeric(found, here), without(text, found)
    return (UNCLEAR if _days().month_alone.search(text) else None), text


def _parts(named: re.Match[str]) -> tuple[str, int, int]:
    """Year, empty where none is written, month and day of a date with a month's name."""
    parts = named.groupdict()
    return parts["y"] or parts["y2"] or "", _days().months[parts["m"] or parts["m2"]], int(parts["d"] or parts["d2"])


def _numeric(found: re.Match[str], here: datetime | None) -> date:
    day, month, year = int(found[1]), int(found[3] or found[5]), found[4] or found[6]
    if found[2] and day <= 12 and month <= 12 and day != month:
        return UNCLEAR  # 3/4 is the third of April or the fourth of March
    if month > 12:
        day, month = month, day
    if year:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return _nearest(month, day, here)


def _nearest(month: int, day: int, here: datetime | None) -> date:
    """The day in the year that is not written: it lies ahead, unless it was a short while ago."""
    if here is None:
        return UNCLEAR
    earliest = here.date() - _PAST
    made = (_made(here.year + step, month, day) for step in (-1, 0, 1))
    return next((one for one in made if one is not UNCLEAR and one >= earliest), UNCLEAR)


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day) if 1900 < year < 2200 else UNCLEAR
    except ValueError:
        return UNCLEAR
