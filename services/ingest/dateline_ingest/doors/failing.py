"""A streak of failures of one feed's door: told once, remembered in DOORS, over when the source answers for good.
Prometheus reads of it, too.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import msgspec
from prometheus_client import Counter, Gauge

from dateline_ingest.doorbook import DoorBook, tell
from dateline_kernel.runtime import Runtime
from dateline_schemas.doors import Failing, noted
from dateline_schemas.feeds import Feed, FeedFailing, FeedWorking

MOST_REASON = 1_000
FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
"""Seconds before a door is started again."""


class Streak:
    """The streak of one feed. ``count`` is how often its door failed since it last worked a whole round."""

    def __init__(self, runtime: Runtime, feed: str) -> None:
        self.count = 0
        self._runtime = runtime
        self._feed = feed
        self._book = DoorBook(runtime.client, runtime.journal.direct)
        self._since: datetime | None = None
        self._reason = ""

    async def recall(self) -> None:
        """Go on with the streak that another process began. Raises Unavailable."""
        value = (await self._book.get(f"failing.{self._feed}")).value
        if (before := noted(value, Failing)) is not None:
            self._since, self._reason = before.since, before.reason

    async def add(self, reason: str) -> None:
        """One more failure; the first is told, and for the others the newest reason stands. Raises Unavailable."""
        self.count += 1
        reason = reason[:MOST_REASON]
        if self._since is None:
            await self._tell(self._runtime.now(), reason)
        elif reason != self._reason:
            await self._note(self._since, reason)

    async def _tell(self, since: datetime, reason: str) -> None:
        event = FeedFailing(feed=self._feed, since=since, reason=reason)
        await tell(self._runtime, "failing", event, since.isoformat())
        await self._note(since, reason)

    async def _note(self, since: datetime, reason: str) -> None:
        await self._book.put(f"failing.{self._feed}", msgspec.json.encode(Failing(since=since, reason=reason)))
        self._since, self._reason = since, reason

    async def end(self) -> None:
        """It works, which is told. Raises Unavailable."""
        self.count = 0
        if self._since is not None:
            event = FeedWorking(feed=self._feed, since=self._since)
            await tell(self._runtime, "working", event, self._since.isoformat())
            await self._book.put(f"failing.{self._feed}", b"")
            self._since = None

    @property
    def open(self) -> bool:
        """Whether it fails."""
        return self._since is not None


def pause(failures: int, chance: float, every: float = 0.0) -> float:
    """Seconds before the next try after so many failures in a row: doubling, spread lest all come at once.

    ``chance`` is from 0 to 1. A source that is looked at rarely, ``every`` so many seconds, is not asked more often
    for being ill. Pure.
    """
    return min(max(LONGEST_WAIT, every), FIRST_WAIT * 2.0 ** min(max(0, failures - 1), 16)) * (0.75 + 0.5 * chance)


class DoorMetrics:
    """Of the feeds that this process works."""

    def __init__(self, runtime: Runtime) -> None:
        registry = runtime.telemetry.registry
        self._failures = Counter("dateline_door_failures", "Times a door failed", ["feed", "door"], registry=registry)
        self._failing = Gauge(
            "dateline_feed_failing", "1 while the feed's source cannot be read", ["feed"], registry=registry
        )

    def failed(self, feed: Feed) -> None:
        """A door failed."""
        self._failures.labels(feed.name, feed.door).inc()
        self._failing.labels(feed.name).set(1)

    def works(self, feed: str) -> None:
        """A door did a whole round."""
        self._failing.labels(feed).set(0)

    def gone(self, feed: str) -> None:
        """The feed is not worked by this process any more."""
        with suppress(KeyError):
            self._failing.remove(feed)
