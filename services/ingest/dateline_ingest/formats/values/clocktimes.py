"""Dates without a zone, read by the clock of their writer; dates with a zone are read by that. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateline_ingest.formats.values.zones import agency_zones
from dateline_ingest.instants import instant

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
