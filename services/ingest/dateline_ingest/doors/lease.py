"""Who reads a feed: a lease for each in DOORS, so that of several processes one works a feed at a time.

A clock that is wrong must not take a feed away from its reader. So a lease is stale when it is long past by the clock
(a whole lease beyond its end), or when this process has watched it for the length of a lease and it was not renewed.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from dateline_ingest.doorbook import NOTHING, DoorBook, Noted
from dateline_kernel.errors import Conflict

RENEW = 3.0
"""A lease is renewed when a third of it is gone."""


class Lease(Struct, frozen=True, kw_only=True):
    """What stands under ``lease.<feed>``."""

    owner: str
    until: datetime
    """UTC, by the owner's clock."""


class Leases:
    """The leases as one process sees them, and those that it holds. Times ``tick`` are the loop's seconds."""

    def __init__(self, book: DoorBook, owner: str, seconds: float) -> None:
        self._book = book
        self._owner = owner
        self._seconds = seconds
        self._seen: dict[str, tuple[Noted, float]] = {}
        self._held: dict[str, tuple[int, float]] = {}

    async def look(self, tick: float) -> None:
        """See what there is. Raises Unavailable."""
        found = await self._book.all("lease")
        self._seen = {feed: (noted, self._since(feed, noted, tick)) for feed, noted in found.items()}

    def _since(self, feed: str, noted: Noted, tick: float) -> float:
        before = self._seen.get(feed)
        return before[1] if before is not None and before[0].revision == noted.revision else tick

    def free(self, feed: str, tick: float, now: datetime) -> bool:
        """Whether nobody reads this feed, as far as can be told."""
        noted, since = self._seen.get(feed, (NOTHING, tick))
        # A renewal whose answer was lost leaves a lease of our own that this process does not know to hold.
        return stale(noted, tick - since, now, self._seconds, self._owner)

    async def take(self, feed: str, tick: float, now: datetime) -> bool:
        """Try to become the reader; False if another was faster. Raises Unavailable."""
        return await self._write(feed, self._seen.get(feed, (NOTHING, tick))[0].revision, tick, now)

    async def renew(self, feed: str, tick: float, now: datetime) -> bool:
        """Go on being the reader, where that is due; False if another is by now. Raises Unavailable."""
        revision, renewed = self._held[feed]
        if tick - renewed < self._seconds / RENEW:
            return True
        return await self._write(feed, revision, tick, now)

    async def _write(self, feed: str, revision: int, tick: float, now: datetime) -> bool:
        lease = Lease(owner=self._owner, until=now + timedelta(seconds=self._seconds))
        try:
            self._held[feed] = await self._book.put(f"lease.{feed}", msgspec.json.encode(lease), revision), tick
        except Conflict:
            self._held.pop(feed, None)
            return False
        return True

    def lost(self, feed: str, tick: float) -> bool:
        """Whether others may take this feed by now, because it could not be renewed in time."""
        return feed not in self._held or tick - self._held[feed][1] > self._seconds * 0.8

    async def give_back(self, feed: str) -> None:
        """Let another read it at once. Raises Unavailable."""
        revision, _ = self._held.pop(feed, (0, 0.0))
        if revision:
            with suppress(Conflict):
                await self._book.put(f"lease.{feed}", b"", revision)


def stale(noted: Noted, watched: float, now: datetime, seconds: float, owner: str = "") -> bool:
    """Whether a lease that was seen unchanged for ``watched`` seconds does not bind ``owner`` (any more). Pure."""
    if not noted.value or watched >= seconds:
        return True
    try:
        lease = msgspec.json.decode(noted.value, type=Lease)
    except msgspec.DecodeError:
        return True
    return lease.owner == owner or now - lease.until > timedelta(seconds=seconds)
