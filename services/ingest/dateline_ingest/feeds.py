"""Feeds as the bucket FEEDS has them: known by key or name, each held to its rate."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec import Struct

from dateline_kernel.delivery import recorded_time
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.runtime import Runtime
from dateline_schemas.feeds import Feed, decode_feed, key_digest
from dateline_schemas.subjects import FEEDS

FRESH = 1.0
"""Seconds for which what was read of the bucket counts."""
AT_MOST = 0.2
"""Seconds between two reads, however many unknown keys come, and however often the bucket does not answer."""
TRUSTED = 60.0
"""Seconds for which a known key counts while the bucket cannot be read: it may have been taken away since."""


class Listed(Struct, frozen=True):
    """A feed with what the bucket knows of its entry."""

    feed: Feed
    changed: datetime
    """When the entry was written last, server time, UTC."""


class Feeds:
    """Knows a feed by its key or name.

    The bucket is read when what is known of it is a second old, or when a key is unknown: a feed that was added or
    taken away counts within a moment, and there is no subscription that a restart of the server could lose. While it
    cannot be read, what is known counts for a minute.
    """

    def __init__(self, runtime: Runtime, clock: Callable[[], float] = time.monotonic) -> None:
        self._runtime = runtime
        self._clock = clock
        self._by_digest: dict[str, Feed] = {}
        self._by_name: dict[str, Listed] = {}
        self._paces: dict[str, Pace] = {}
        self._read_at = float("-inf")
        self._failed_at = float("-inf")
        self._failed = ""
        """Why the last try to read it failed; empty if it did not."""
        self._reading = asyncio.Lock()

    async def by_key(self, key: str) -> Feed | None:
        """The feed that a key belongs to.

        Raises Unavailable if the bucket cannot be read, and the key is unknown or was last seen there too long ago.
        """
        digest = key_digest(key)
        feed = self._by_digest.get(digest)
        if feed is None or self._age() > FRESH:
            try:
                await self._read(anew=feed is None)
            except Unavailable:
                if feed is None or self._age() > TRUSTED:
                    raise
                return feed
        return self._by_digest.get(digest)

    async def by_name(self, name: str) -> Feed:
        """The feed of a name; one without defaults if it was taken away since. Raises Unavailable."""
        await self._read()
        listed = self._by_name.get(name)
        return listed.feed if listed else Feed(name=name)

    async def all(self) -> list[Listed]:
        """All feeds, by name. Raises Unavailable."""
        await self._read()
        return [self._by_name[name] for name in sorted(self._by_name)]

    def too_fast(self, feed: Feed) -> float:
        """0.0, or the seconds that the feed should wait before it pushes again."""
        return self._pace(feed).wait(asyncio.get_running_loop().time())

    def too_many(self, feed: Feed, more: int) -> float:
        """0.0, or the seconds to wait before so many more messages of a batch are let in, after its first."""
        return self._pace(feed).wait_more(asyncio.get_running_loop().time(), more)

    def _pace(self, feed: Feed) -> Pace:
        pace = self._paces.get(feed.name)
        if pace is None or pace.per_second != feed.per_second:
            pace = self._paces[feed.name] = Pace(feed.per_second)
        return pace

    def _age(self) -> float:
        return self._clock() - self._read_at

    async def _read(self, *, anew: bool = False) -> None:
        """``anew``: what was read before this call does not do, since a feed may have been added meanwhile."""
        called = self._clock()
        async with self._reading:
            if self._read_at > called or (self._age() < AT_MOST and not anew):
                return
            await asyncio.sleep(max(0.0, AT_MOST - self._age()))
            if self._failed and self._clock() - self._failed_at < AT_MOST:
                raise Unavailable(self._failed)
            began = self._clock()
            try:
                entries = await self._runtime.journal.direct.entries(FEEDS.name)
            except Unavailable as error:
                self._unreadable(error)
                raise
            self._readable()
            found: list[Listed] = []
            for entry in entries:
                written = recorded_time(entry.headers or {})
                found += [Listed(feed, written) for feed in self._decoded(entry.data)]
            self._by_name = {listed.feed.name: listed for listed in found}
            self._by_digest = {listed.feed.key_sha256: listed.feed for listed in found if listed.feed.key_sha256}
            self._read_at = began

    def _unreadable(self, error: Unavailable) -> None:
        if not self._failed:
            self._runtime.log.warning("feeds unreadable", reason=words(error), known_keys_count_for=TRUSTED)
        self._failed, self._failed_at = words(error), self._clock()

    def _readable(self) -> None:
        if self._failed:
            self._runtime.log.info("feeds readable again", not_read_for=round(self._age(), 1))
        self._failed = ""

    def _decoded(self, value: bytes) -> list[Feed]:
        try:
            return [decode_feed(value)]
        except msgspec.DecodeError as error:
            # One unreadable entry must not lock the others out.
            self._runtime.log.error("feed unreadable", error=str(error))
            return []


class Pace:
    """At most ``per_second`` on average, a second's worth at once. The time is passed in, in seconds.

    The messages of a batch are let in together when the bucket is full but for the first of them, however many they
    are: what is taken too much is paid back before the next push. Else more than a second's worth could never come.
    """

    def __init__(self, per_second: int) -> None:
        self.per_second = per_second
        self._level = float(per_second)
        self._at = 0.0

    def wait(self, now: float) -> float:
        """Take one: 0.0 if there is one, else the seconds until there will be."""
        return self._take(now, 1, 1)

    def wait_more(self, now: float, count: int) -> float:
        """Take ``count`` more, of a batch whose first was taken: 0.0, or the seconds until they will be let in."""
        return self._take(now, count, min(count, self.per_second - 1))

    def _take(self, now: float, count: int, needed: int) -> float:
        if not self.per_second:
            return 0.0
        self._level = min(float(self.per_second), self._level + (now - self._at) * self.per_second)
        self._at = now
        if self._level >= needed:
            self._level -= count
            return 0.0
        return (needed - self._level) / self.per_second
