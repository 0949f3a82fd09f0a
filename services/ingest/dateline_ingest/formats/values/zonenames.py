"""Zone abbreviations with several meanings, told by the country of the feed. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_ingest.timewords import time_words

_ABBREVIATED = re.compile(r":\d\d (?!(?:AM|PM|UT)$)\(?([A-Z]{2,5})\)?$")


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
