"""A moment as people write it in a line: ``0001 GMT Tuesday 3 March 2026``, ``18.00 Uhr``. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.values.days import UNCLEAR, day_in, worded
from dateline_ingest.formats.values.zones import zone_in
from dateline_ingest.instants import instant
from dateline_ingest.timewords import any_of, time_words, without

_TIME = re.compile(
    r"(?<![\d.,:/-])(?:"
    r"(?P<h>\d{1,2})(?:\s?[:.]\s?(?P<m>\d{2})(?::\d{2})?)?\s?(?P<ap>[ap])\.?\s?m\b\.?"
    r"|(?P<h2>\d{1,2})\s?(?:uhr|heures?|h|ore|ora(?:kor|ig)?|uur|horas?|hrs?)\s?(?P<m2>\d{2})?(?![\w:])"
    r"|(?P<h3>\d{1,2})\s?[:.]\s?(?P<m3>\d{2})(?::\d{2})?(?![\d.:])(?:\s?(?:uhr|heures?|h|ore|uur|horas?|hrs?)\b)?"
    r"|(?:(?<=ore )|(?<=alle )|(?<=las )|(?<=as )|(?<=um )|(?<=klo )|(?<=kl )|(?<=kl\. )|(?<=godz )|(?<=godz\. )"
    r"|(?<=saat ))(?P<h5>\d{1,2})(?![\d.:/-])"
    r"|(?P<h4>[0-2]\d)(?P<m4>[0-5]\d)(?=\s?(?:z\b|[a-z]{2,4}\b|hours\b|$|[,;)/|]|\s[|]))"
    r")"
)
_STAMP = re.compile(r"\b\d{4}-?\d{2}-?\d{2}T\d{2}:?\d{2}(?::?\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})\b")
_NO_DAY = re.compile(r"(?<![\d:-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d:-])")
"""A month. ``2026-04`` names no day, nor is it twenty-six past eight in the evening, four hours behind UTC."""
_FIGURE = re.compile(r"\d")


class When(Struct, frozen=True):
    """Parts of a moment in a line; None for a part that it does not state, or not clearly."""

    instant: datetime | None = None
    day: date | None = None


def when(line: str, *, sent: datetime | None, language: str = "", agency: str = "") -> When:
    """The moment that a line names, relative to the day the message was ``sent``.

    A day alone is no moment; a time of day without a day is the next such time after the message, in a language whose
    words for days are all known (else one may stand there unseen). Where a weekday
    and a date disagree, a date can be read in two ways, figures are left over, or no zone is named and none is known
    for the language or agency, there is no moment: better none than a wrong one.
    """
    if stamped := _STAMP.search(line):
        return _stamped(stamped[0])
    if _NO_DAY.search(line):
        return When()
    text = worded(line)
    zone, text = zone_in(text, language, agency)
    here = sent.astimezone(zone or UTC) if sent else None
    day, text = day_in(text, here)
    clock, text = _clock(text)
    if day is UNCLEAR or _FIGURE.search(text) or clock is None or zone is None:
        return When(day=None if day is UNCLEAR else day)
    if day is None and (here is None or language not in time_words().worded):
        return When()
    if day is None and here is not None:
        day = here.date()
        if _at(day, clock, zone) < here:
            day += timedelta(days=1)
        return When(instant=_at(day, clock, zone).astimezone(UTC))
    return When(instant=_at(day or date.min, clock, zone).astimezone(UTC), day=day)


def _stamped(text: str) -> When:
    moment = instant(text)
    return When(instant=moment, day=moment.date()) if moment else When()


def _at(day: date, minutes: int, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=minutes)


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    return re.compile(rf"\b({any_of(time_words().times)})\b")


def _clock(text: str) -> tuple[int | None, str]:
    """(minutes since midnight, the text without them)."""
    if named := _named().search(text):
        code = time_words().times[named[1]]
        return int(code[:2]) * 60 + int(code[2:]), _TIME.sub(" ", without(text, named))
    for found in _TIME.finditer(text):
        hour, minute, half = _figures(found)
        if half and not 1 <= hour <= 12:
            continue
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if minute < 60 and (hour < 24 or (hour, minute) == (24, 0)):
            return hour * 60 + minute, without(text, found)
    return None, text


def _figures(found: re.Match[str]) -> tuple[int, int, str]:
    parts = found.groupdict()
    hour = next(parts[name] for name in ("h", "h2", "h3", "h4", "h5") if parts[name])
    return int(hour), int(parts["m"] or parts["m2"] or parts["m3"] or parts["m4"] or 0), parts["ap"] or ""
