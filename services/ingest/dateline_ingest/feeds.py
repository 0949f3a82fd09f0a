"""Feeds as the FEEDS bucket has them, kept up to date while the service runs; and how fast each may push."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import msgspec
from nats.errors import Error as NatsError
from nats.js.kv import KeyValue

from dateline_kernel.errors import Unavailable
from dateline_kernel.runtime import Runtime
from dateline_schemas.feeds import Feed, decode_feed, key_digest
from dateline_schemas.subjects import FEEDS


class TokenBucket:
    """At most ``per_second`` on average, a second's worth at once. The time is passed in, in seconds."""

    def __init__(self, per_second: int) -> None:
        self.per_second = per_second
        self._level = float(per_second)
        self._at = 0.0

    def wait(self, now: float) -> float:
        """Take one: 0.0 if there is one, else the seconds until there will be."""
        if not self.per_second:
            return 0.0
        self._level = min(float(self.per_second), self._level + (now - self._at) * self.per_second)
        self._at = now
        if self._level >= 1.0:
            self._level -= 1.0
            return 0.0
        return (1.0 - self._level) / self.per_second


class Feeds:
    """Knows a feed by its key. Follows the bucket: a feed added or taken away counts within a moment."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._by_digest: dict[str, Feed] = {}
        self._by_name: dict[str, Feed] = {}
        self._buckets: dict[str, TokenBucket] = {}
        self._task: asyncio.Task[None] | None = None
        self.loaded = asyncio.Event()

    def follow(self) -> None:
        """Begin to follow the bucket, once."""
        if self._task is None:
            self._task = asyncio.create_task(self._follow(), name="feeds")

    async def wait_loaded(self, within: float) -> None:
        """Wait until the bucket was read once, at most ``within`` seconds. Raises Unavailable."""
        try:
            await asyncio.wait_for(self.loaded.wait(), within)
        except TimeoutError as error:
            raise Unavailable("the feeds cannot be read") from error

    def by_key(self, key: str) -> Feed | None:
        """The feed that a key belongs to."""
        return self._by_digest.get(key_digest(key))

    def by_name(self, name: str) -> Feed | None:
        """The feed of a name."""
        return self._by_name.get(name)

    def too_fast(self, feed: Feed) -> float:
        """0.0, or the seconds that the feed should wait before it pushes again."""
        bucket = self._buckets.get(feed.name)
        if bucket is None or bucket.per_second != feed.per_second:
            bucket = self._buckets[feed.name] = TokenBucket(feed.per_second)
        return bucket.wait(asyncio.get_running_loop().time())

    async def _follow(self) -> None:
        while True:
            with suppress(NatsError, OSError, TimeoutError):
                bucket = await self._runtime.client.jetstream().key_value(FEEDS.name)
                await self._watch(bucket)
            await asyncio.sleep(0.5)

    async def _watch(self, bucket: KeyValue) -> None:
        watcher = await bucket.watchall()
        async for entry in watcher:
            if entry is None:
                self.loaded.set()
            elif entry.operation in ("DEL", "PURGE"):
                self._forget(entry.key)
            else:
                self._learn(entry.key, entry.value or b"")

    def _learn(self, name: str, value: bytes) -> None:
        try:
            feed = decode_feed(value)
        except msgspec.DecodeError as error:
            self._runtime.log.error("feed unreadable", feed=name, error=str(error))
            return
        self._forget(name)
        self._by_name[name] = self._by_digest[feed.key_sha256] = feed

    def _forget(self, name: str) -> None:
        feed = self._by_name.pop(name, None)
        if feed is not None:
            self._by_digest.pop(feed.key_sha256, None)
