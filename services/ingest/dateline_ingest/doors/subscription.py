"""A WebSub subscription (W3C Recommendation, 2018) as it stands, when to ask for it again, and its secrets. Pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct

from dateline_ingest.doors.discovery import Hubs
from dateline_ingest.doors.looking import PollPlace

LEASE = 864_000
"""Seconds that are asked for: ten days. The hub decides."""
LEAST_LEASE, MOST_LEASE = 60, 30 * 86_400
"""Seconds: a hub that grants none, or a second, would be asked again each second for ever."""
FIRST_PATIENCE = 300.0
"""Seconds that a hub has to come back with its verification; doubled each time it does not, up to a day."""
DAY = 86_400.0
SLOW = 1800.0
"""Seconds between two looks of our own while a hub delivers."""
PATH = "/v1/websub/"
EVER = datetime.fromtimestamp(0, UTC)
"""Before any time that is asked about."""
METHODS = ("sha1", "sha256", "sha384", "sha512")
"""Of signatures, as WebSub 8 lists them."""


class Subscription(Struct, frozen=True, kw_only=True):
    """What was asked of a hub, and what it granted."""

    hubs: tuple[str, ...] = ()
    topic: str = ""
    callback: str = ""
    asked: datetime | None = None
    """When it was asked for last. UTC."""
    tries: int = 0
    """How often it was asked for since a hub last verified it."""
    until: datetime | None = None
    """When the lease ends. UTC."""
    lease: int = 0
    """Seconds that the hub granted."""

    @property
    def hub(self) -> str:
        """The hub to ask now: each in turn."""
        return self.hubs[self.tries % len(self.hubs)] if self.hubs else ""

    def active(self, now: datetime) -> bool:
        """Whether a hub delivers."""
        return self.until is not None and now < self.until

    def due(self) -> datetime | None:
        """When to ask for it: None if there is nobody to ask, or nowhere to deliver."""
        if not self.hubs or not self.callback:
            return None
        if self.tries and self.asked:
            return self.asked + timedelta(seconds=patience(self.tries))
        return self.until - timedelta(seconds=self.lease / 4) if self.until else EVER


def next_look(subscription: Subscription, now: datetime, wait: float) -> float:
    """Seconds to our own next look: ``wait``, or longer while a hub delivers, but no longer than its lease lasts."""
    if subscription.until is None or not subscription.active(now):
        return wait
    return max(wait, min(SLOW, (subscription.until - now).total_seconds()))


class WebSubPlace(PollPlace, frozen=True, kw_only=True):
    """The document as it was at our own last look, and the subscription."""

    subscription: Subscription = Subscription()


def patience(tries: int) -> float:
    """Seconds from asking to asking again."""
    return min(FIRST_PATIENCE * 2 ** min(tries - 1, 20), DAY) if tries else 0.0


def settled(subscription: Subscription, hubs: Hubs, callback: str) -> Subscription:
    """The subscription to have, after a look at the document: the same, or a new one where something changed."""
    if (hubs.hubs, hubs.topic, callback) == (subscription.hubs, subscription.topic, subscription.callback):
        return subscription
    return Subscription(hubs=hubs.hubs, topic=hubs.topic, callback=callback)


def asking(subscription: Subscription, now: datetime) -> Subscription:
    """It is being asked for."""
    return msgspec.structs.replace(subscription, asked=now, tries=subscription.tries + 1)


def granted(subscription: Subscription, now: datetime, lease_seconds: str) -> Subscription:
    """The hub verified it."""
    stated = int(lease_seconds[:12]) if lease_seconds.isascii() and lease_seconds.isdecimal() else LEASE
    lease = max(LEAST_LEASE, min(stated, MOST_LEASE))
    return msgspec.structs.replace(subscription, until=now + timedelta(seconds=lease), lease=lease, tries=0)


def lost(subscription: Subscription) -> Subscription:
    """The hub denied it, or delivers nothing though it should."""
    return msgspec.structs.replace(subscription, until=None, lease=0)


def token(secret: str, feed: str) -> str:
    """What makes a feed's callback one that nobody guesses (WebSub 5.1 asks for that)."""
    return _derived(secret, f"dateline websub callback {feed}")[:32]


def callback_of(public_url: str, secret: str, feed: str) -> str:
    """The address that a hub is given; empty if the outside world has no way in."""
    return f"{public_url.rstrip('/')}{PATH}{feed}/{token(secret, feed)}" if public_url else ""


def hub_secret(secret: str, callback: str) -> str:
    """``hub.secret``: derived, so that it is written nowhere."""
    return _derived(secret, f"dateline websub signature {callback}")


def _derived(secret: str, purpose: str) -> str:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def signed(headers: Mapping[bytes, bytes], body: bytes, key: str) -> bool:
    """Whether ``X-Hub-Signature`` is right (WebSub 7.1). Compared in constant time."""
    method, _, stated = headers.get(b"x-hub-signature", b"").decode("latin-1").strip().partition("=")
    if method.lower() not in METHODS:
        return False
    right = hmac.new(key.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(right.encode(), stated.strip().lower().encode("latin-1"))
