"""Dates without a zone, read by the clock of their writer; dates with a zone are read by that. Those without a day,
``2026-03`` or ``2026``, are no moments, but editors are told them. Pure.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateline_ingest.formats.values.zones import agency_zones
from dateline_ingest.instants import instant, truncated

_ZONED = re.compile(r"(?:[Zz]|GMT|UTC|[+-]\d\d:?\d\d)$")


@lru_cache(maxsize=4096)
def moment(text: str, agency: str) -> datetime | None:
    """The moment that a date names, aware UTC; None for a placeholder and for what is no date.

    A date without a zone is in that of ``agency`` (a key of tables/nitf.toml) if it is known, else UTC.
    """
    text = text.strip()
    found = instant(text)
    zone = agency_zones().get(agency) if found is not None and agency else None
    if found is None or not zone:
        return found
    return by_clock(found, text, ZoneInfo(zone))


def by_clock(found: datetime, text: str, zone: tzinfo) -> datetime | None:
    """The moment that was read from ``text`` as if in UTC, by the clock of a zone unless the text states its own.

    None at either end of the calendar, where there is no such moment.
    """
    if _ZONED.search(text):
        return found
    try:
        return found.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return None


def dated(*stated: str) -> str:
    """A line for editors with those of the ``stated`` dates that have no day; empty if none."""
    found = dict.fromkeys(claimed for one in stated if (claimed := truncated(one)))
    return f"Dated: {', '.join(found)}" if found else ""


def embargo_note(stated: str) -> str:
    """A line for editors about an embargo that cannot be read.

    If it has no day it is worded so that readers of notes do not take a year for a time of day.
    """
    return f"Held back, as the embargo names no day: {stated}" if truncated(stated) else f"Embargo: {stated}"
