"""Dates of NITF (3.1 on): ``20150220T144500+1100``, ``20150220000000-0500`` for a day, and as agencies write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateline_ingest.formats.values.wiretimes import words
from dateline_ingest.instants import instant

_ZONED = re.compile(r"(?:[Zz]|GMT|UTC|[+-]\d\d:?\d\d)$")


@lru_cache(maxsize=4096)
def moment(text: str, agency: str) -> datetime | None:
    """The moment a date names, aware UTC; None for a placeholder and for what is no date.

    A date without a zone is in that of the ``agency`` (a key of tables/nitf.toml) where it is known, else UTC.
    """
    text = text.strip()
    found = instant(text)
    if found is None or not agency or _ZONED.search(text):
        return found
    zone = words().agency_zones.get(agency)
    if not zone:
        return found
    try:
        return found.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        return None
