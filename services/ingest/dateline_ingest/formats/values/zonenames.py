"""Abbreviations that mean one zone in one country and another in another, told by where they are read. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.tables import read_table

_ABBREVIATED = re.compile(r":\d\d (?!(?:AM|PM|UT)$)\(?([A-Z]{2,5})\)?$")


class _Table(Struct, frozen=True):
    zones: dict[str, str]
    date_zones: dict[str, str]
    zones_by_country: dict[str, dict[str, str]]
    countries: dict[str, tuple[str, ...]]
    """Where a language is read, of those that tell these zones apart."""


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("wiretimes.toml", _Table)


def in_place(stated: str, language: str) -> str:
    """A date whose last word is such an abbreviation, with the offset that it means to readers of a language.

    ``Sun, 08 Mar 2026 17:00:00 IST`` is India's time in a feed that is ``en-IN``, Ireland's in one that is ``en-IE``.
    Any other date, and one of which the language does not tell, is as it was.
    """
    offset = _offset(stated, language)
    return f"{stated.rpartition(' ')[0]} {offset}" if offset else stated


def is_unclear(stated: str, language: str) -> bool:
    """Whether a date ends with letters in capitals, as zones are written, that no table knows as a zone there."""
    return bool(_ABBREVIATED.search(stated)) and _word(stated) not in _known() and not _offset(stated, language)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset((*_table().zones, *_table().date_zones))


def _word(stated: str) -> str:
    found = _ABBREVIATED.search(stated)
    return found[1].lower() if found else ""


def _offset(stated: str, language: str) -> str:
    table = _table()
    by_country = table.zones_by_country.get(_word(stated))
    if not by_country:
        return ""
    main, *others = language.replace("_", "-").split("-")
    countries = [part.upper() for part in others if len(part) == 2] or table.countries.get(main.lower(), ())
    return next((by_country[country] for country in countries if country in by_country), "")
