"""How long to leave a polled document alone: what it and its server ask for, within what news can bear. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

MOST_FRESH = 3600.0
"""Seconds of ``Cache-Control: max-age`` that are kept to: past an hour it was meant for pages, not for news."""
MOST_HINTED = 900.0
"""Seconds of ``<ttl>`` and ``sy:updatePeriod`` that are kept to. Publishing software writes them by itself: one that is
used everywhere says ``hourly`` in every feed."""
UNSAID = 60.0
"""Seconds to wait where a server says that it was asked too often (429), and not how long to wait."""
MOST_ASKED = 86_400.0
"""Seconds of ``Retry-After`` that are kept to."""

TOO_MANY = 429
BUSY = {TOO_MANY, 503}
"""Statuses by which a server asks to be left alone for a while."""

_HEAD = 64 * 1024
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>")
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*</sy:updatePeriod>")
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*(\d{1,6})\s*</sy:updateFrequency>")
_SECONDS = {b"hourly": 3600, b"daily": 86_400, b"weekly": 604_800, b"monthly": 2_592_000, b"yearly": 31_536_000}
_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def pause(every: float, fresh: float, document: bytes) -> float:
    """Seconds until the next look: ``every``, or longer if the server or the document asks for it."""
    return max(every, min(fresh, MOST_FRESH), min(hinted(document), MOST_HINTED))


def fresh_for(cache_control: str, age: str) -> float:
    """Seconds for which an answer stays good (RFC 9111, 5.2.2.1 and 5.1); 0 if it does not say."""
    found = _MAX_AGE.search(cache_control)
    if not found or "no-cache" in cache_control.lower() or "no-store" in cache_control.lower():
        return 0.0
    return float(max(0, int(found[1]) - (int(age[:9]) if age.isdecimal() else 0)))


def hinted(document: bytes) -> float:
    """Seconds between two editions, as RSS 2.0's ``ttl`` or RSS 1.0's syndication module say; 0 if they do not.

    Looked for near the top, where they stand: a hint that is overlooked does no harm.
    """
    head = document[:_HEAD]
    ttl = _TTL.search(head)
    period, frequency = _PERIOD.search(head), _FREQUENCY.search(head)
    often = max(1, int(frequency[1])) if frequency else 1
    return max(int(ttl[1]) * 60.0 if ttl else 0.0, _SECONDS[period[1]] / often if period else 0.0)


def pause_asked(status: int, retry_after: str, now: datetime) -> float | None:
    """Seconds for which a server asks to be left alone by its status (RFC 9110, 15.6.4; RFC 6585, 4); None if not."""
    if status not in BUSY:
        return None
    asked = asked_wait(retry_after, now)
    return UNSAID if asked is None and status == TOO_MANY else asked


def asked_wait(retry_after: str, now: datetime) -> float | None:
    """Seconds that ``Retry-After`` asks for (RFC 9110, 10.2.3); None if it asks for nothing that can be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return min(float(text[:9]), MOST_ASKED)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        return None
    return min(max(0.0, (until - now).total_seconds()), MOST_ASKED)
