"""Years of other eras that pages show: the solar Hijri ones of Iran and Afghanistan, the Buddhist ones of Thailand."""

from __future__ import annotations

from datetime import date

_BUDDHIST = 543
"""Years by which the era of Thai pages is ahead of the common one."""
_FIRST_BUDDHIST, _LAST_SOLAR = 2493, 1429
_KNOWN_YEAR, _KNOWN_DAY = 1403, date(2024, 3, 20).toordinal()
"""A solar Hijri year and the day that it began with."""
_HALF = 6
"""The months of 31 days; those behind them have 30, the last one 29 or 30."""


def is_solar(year: int) -> bool:
    """Whether a year is a solar Hijri one: there is no news of our own era from before 1430."""
    return year <= _LAST_SOLAR


def day_of(year: int, month: int, day: int) -> date | None:
    """The day in the common era. A year from 2493 on is a Buddhist one. None where there is no such day."""
    if is_solar(year):
        return _solar_hijri(year, month, day)
    try:
        return date(year if year < _FIRST_BUDDHIST else year - _BUDDHIST, month, day)
    except ValueError:
        return None


def _solar_hijri(year: int, month: int, day: int) -> date | None:
    longest = 31 if month <= _HALF else 30 if month < 12 else 29 + _leap_days(year) - _leap_days(year - 1)
    if not (1 <= month <= 12 and 1 <= day <= longest):
        return None
    years = 365 * (year - _KNOWN_YEAR) + _leap_days(year - 1) - _leap_days(_KNOWN_YEAR - 1)
    return date.fromordinal(_KNOWN_DAY + years + 30 * (month - 1) + min(month - 1, _HALF) + day - 1)


def _leap_days(year: int) -> int:
    """How many leap years there were until the end of a year: eight in 33, right from 1178 to 1633."""
    return (8 * year + 29) // 33
