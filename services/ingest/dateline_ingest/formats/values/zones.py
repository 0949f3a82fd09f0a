"""The zone of a time of day in a line: named there, or else that of the agency or the language. Pure."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache

from dateline_ingest.instants import named_zone
from dateline_ingest.timewords import any_of, plain, time_words, without

_OFFSET = re.compile(
    r"(?:(?:gmt|utc)\s?|(?<=\d)|(?<=\d\s))([+-])(0\d|1[0-4]|(?<=c[+-])\d|(?<=t[+-])\d):?(\d{2})?\b(?!-)"
)
_HALF_DAY = re.compile(r"(?<![\d:.])[1-9](?:[:.]\d\d)(?!\s?[ap]\.?\s?m)|(?<![\d:.])1[0-2][:.]\d\d(?!\s?[ap]\.?\s?m)")
"""A time of day that may be in the morning or the evening, where clocks count to twelve."""
_HALF_DAYS = frozenset(
    f"America/{name}" for name in ("New_York", "Chicago", "Denver", "Los_Angeles", "Toronto")
) | frozenset(("-0400", "-0500", "-0600", "-0700", "-0800"))


@lru_cache(maxsize=1)
def agency_zones() -> dict[str, str]:
    """The zone of the times that an agency writes without one, by how it signs, ``plain``."""
    return {plain(agency): zone for agency, zone in time_words().agency_zones.items()}


def zone_of_agency(agency: str) -> tzinfo | None:
    """The zone of the times that an agency writes without one; None where it is not known."""
    name = agency_zones().get(plain(agency), "")
    return named_zone(name) if name else None


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])({any_of(time_words().zones)})(?![\w'])")


def zone_in(text: str, language: str, agency: str) -> tuple[tzinfo | None, str]:
    """The zone that a ``worded`` text names, or that of its agency or language; and the text without it."""
    if offset := _OFFSET.search(text):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)), without(text, offset)
    if named := _named().search(text):
        name = time_words().zones[named[1]]
        unclear = name in _HALF_DAYS and _HALF_DAY.search(text)
        return (None if unclear else named_zone(name)), without(text, named)
    name = agency_zones().get(plain(agency), "") or time_words().language_zones.get(language, "")
    return (named_zone(name) if name else None), text
