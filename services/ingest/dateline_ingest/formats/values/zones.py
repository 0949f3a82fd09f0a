"""The zone of a time of day in a line: named there, or else that of the agency or the language. Pure.

In a date, abbreviations with several meanings are told by the country of the feed.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from dateline_ingest.instants import named_zone
from dateline_ingest.timewords import any_of, plain, time_words, without

_OFFSET = re.compile(
    r"(?:(?:gmt|utc)\s?|(?<=\d)|(?<=\d\s))([+-])(0\d|1[0-4]|(?<=c[+-])\d|(?<=t[+-])\d):?(\d{2})?\b(?!-)"
)
_HALF_DAY = re.compile(r"(?<![\d:.])[1-9](?:[:.]\d\d)(?!\s?[ap]\.?\s?m)|(?<![\d:.])1[0-2][:.]\d\d(?!\s?[ap]\.?\s?m)")
"""A time of day that may be in the morning or the evening, where clocks count to twelve."""
_LETTERS = re.compile(r"\d\s?(?:[ap]\.?\s?m\.?|h|hrs|hours)?\s?\(?([a-z]{3,4})\b")
"""Letters behind a time of day."""
_ABBREVIATED = re.compile(r":\d\d (?!(?:AM|PM|UT)$)\(?([A-Z]{2,5})\)?$")
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


@lru_cache(maxsize=1)
def _towns() -> dict[str, str]:
    return {town: zone for zone, towns in time_words().towns.items() for town in towns}


@lru_cache(maxsize=1)
def _of_town() -> re.Pattern[str]:
    """A town behind a word for a zone or a time of day, or before such a word; the groups are the town."""
    said, towns = time_words().elsewhere, any_of(_towns())
    return re.compile(rf"(?:{said.before})({towns})(?:{said.after}|\b)|\b({towns})(?:{said.after})")


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    return re.compile(time_words().elsewhere.zone)


def is_elsewhere(text: str) -> bool:
    """Whether a ``worded`` text names a zone, and none that is known."""
    return bool(_elsewhere().search(text)) and not (_named().search(text) or _of_town().search(text))


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
    if town := _of_town().search(text):
        return named_zone(_towns()[town[1] or town[2]]), text
    name = agency_zones().get(plain(agency), "") or time_words().language_zones.get(language, "")
    own = named_zone(name) if name else None
    if _elsewhere().search(text):
        return None, text
    return _lettered(text, own), text


def _lettered(text: str, own: tzinfo | None) -> tzinfo | None:
    """The zone whose letters stand behind a time of day (``17:00 HST``), else the sender's ``own``.

    Letters of several zones (``IST``) are of the sender's own if it is one of them, else of nobody knows which.
    """
    table = time_words()
    for letters in _LETTERS.findall(text):
        if letters in table.date_zones:
            return named_zone(table.date_zones[letters])
        if own and (several := table.zones_by_country.get(letters)):
            offsets = {datetime(2026, month, 1, tzinfo=own).strftime("%z") for month in (1, 7)}
            return None if offsets.isdisjoint(several.values()) else own
    return own


def in_place(stated: str, language: str) -> str:
    """A date that ends with such an abbreviation, with the offset that it means in the language's country instead.

    ``Sun, 08 Mar 2026 17:00:00 IST`` is India's time in an ``en-IN`` feed, Ireland's in an ``en-IE`` one. Other dates,
    and those of which the language does not tell, stay as they are.
    """
    offset = _offset(stated, language)
    return f"{stated.rpartition(' ')[0]} {offset}" if offset else stated


def is_unclear(stated: str, language: str) -> bool:
    """Whether a date ends with capitals, as zones are written, that no table knows as a zone for the language."""
    return bool(_ABBREVIATED.search(stated)) and _word(stated) not in _known() and not _offset(stated, language)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset((*time_words().zones, *time_words().date_zones))


def _word(stated: str) -> str:
    found = _ABBREVIATED.search(stated)
    return found[1].lower() if found else ""


def _offset(stated: str, language: str) -> str:
    table = time_words()
    by_country = table.zones_by_country.get(_word(stated))
    if not by_country:
        return ""
    main, *others = language.replace("_", "-").split("-")
    countries = [part.upper() for part in others if len(part) == 2] or table.countries.get(main.lower(), ())
    return next((by_country[country] for country in countries if country in by_country), "")
