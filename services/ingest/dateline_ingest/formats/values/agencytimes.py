"""Tells by whose clock a date without a zone is, by what the message calls its provider."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from dateline_ingest.formats.nitf.table import names
from dateline_ingest.formats.values.clocktimes import moment
from dateline_ingest.formats.values.zones import agency_zones
from dateline_ingest.instants import instant

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([a-z-]+)\.[a-z]{2,3}(?:[/:].*)?")
"""``belga.be``, ``www.stt.fi``: the label before the country is how the agency signs."""


_TIME = re.compile(r"\d[T ]\d|\d{14}|\d:\d")


def clock(text: str, agency: str) -> datetime | None:
    """The moment that a date names, aware UTC; None if it is no date.

    Without a zone it is by the clock of ``agency``, a key as ``agency_of`` gives it. A day without a time of day stays
    that day: midnight UTC.
    """
    if not text:
        return None
    # A date in UTC, as most are, is by nobody's clock.
    return moment(text, agency) if agency and text[-1] != "Z" and _TIME.search(text) else instant(text)


def agency_of(called: Iterable[str]) -> str:
    """The first agency with a known clock that one of these names, codes or domains means; empty if none does.

    The answer is a key of ``agency_zones`` in tables/wiretimes.toml.
    """
    for name in called:
        if name and (key := _agency(name)):
            return key
    return ""


@lru_cache(maxsize=1024)
def _agency(name: str) -> str:
    zones = agency_zones()
    low = name.strip().lower()
    if low in zones:
        return low
    if (domain := _DOMAIN.fullmatch(low)) and domain[1] in zones:
        return domain[1]
    known = names().provider((low,)).key
    return known if known in zones else ""
