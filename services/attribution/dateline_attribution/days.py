"""Which day of the calendar the date of a dateline is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EASTERN = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})日")
_NUMBERS = re.compile(r"(\d{1,2})(?:[./]|\s-\s)(\d{1,2})(?:[./](\d{4}|\d\d))?(?!\d)")
_DAY = re.compile(r"\d{1,2}")
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0dff](?<!\d)){3,}")
"""Vowels of Indic scripts are marks, and no letters to ``re``."""
_SURE = 7
"""Days from the story's own date within which one reading of ``03/04`` is taken, where the other one is not."""


def day_of(written: str, near: date | None, months: Mapping[str, int]) -> date | None:
    """The day that is meant, or None where that cannot be told.

    ``near`` is the day of the story itself: without a year the nearest such day is meant, without one of both None.
    ``months`` are the numbers of months by the beginnings of their names in small letters.
    """
    if match := _ISO.search(written):
        return _day(*map(int, match.groups()))
    if match := _EASTERN.search(written):
        return _eastern(match, near)
    year = _YEAR.search(written)
    left = written if year is None else written.replace(year[0], " ", 1)
    if month := _month(left, months):
        day = _DAY.search(left)
        return _nearest([(month, int(day[0]))], year and int(year[0]), near) if day else None
    return _numbers(written, near)


def _month(written: str, months: Mapping[str, int]) -> int:
    """Number of the month that a word of the date begins with, or that stands there as initials; 0 where none does."""
    for word in _WORD.findall(written.lower()):
        for length in range(len(word), 1, -1):
            if word[:length] in months:
                return months[word[:length]]
    return next((number for name, number in months.items() if "." in name and name in written), 0)


def _eastern(match: re.Match[str], near: date | None) -> date | None:
    """``3月20日`` and ``20日``, which is the nearest 20th."""
    if match[1]:
        return _nearest([(int(match[1]), int(match[2]))], None, near)
    if near is None:
        return None
    around = [((near.month + step - 1) % 12 + 1, int(match[2])) for step in (-1, 0, 1)]
    return _nearest(around, None, near)


def _numbers(written: str, near: date | None) -> date | None:
    """``26/03``, ``3.4.2026``: day and month in either order, where the story's own date says which."""
    match = _NUMBERS.search(written)
    if match is None:
        return None
    one, other = int(match[1]), int(match[2])
    year = int(match[3]) + 2000 * (len(match[3]) == 2) if match[3] else None
    readings = {_nearest([(other, one)], year, near), _nearest([(one, other)], year, near)} - {None}
    if len(readings) > 1 and near is not None:
        readings = {day for day in readings if day and abs((day - near).days) <= _SURE}
    return readings.pop() if len(readings) == 1 else None


def _nearest(days: list[tuple[int, int]], year: int | None, near: date | None) -> date | None:
    """The nearest of the days, given as month and day, in the year or in one of those around the story's own date."""
    if year is None and near is None:
        return None
    years = [year] if year is not None else _years(near)
    found = [one for each in years for month, day in days if (one := _day(each, month, day))]
    return min(found, key=lambda one: abs((one - near).days) if near else 0, default=None)


def _years(near: date | None) -> list[int]:
    return [] if near is None else [near.year, near.year - 1, near.year + 1]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
