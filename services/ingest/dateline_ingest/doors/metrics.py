"""What Prometheus reads about doors that fetch."""

from __future__ import annotations

from contextlib import suppress

from prometheus_client import Counter, Gauge

from dateline_kernel.runtime import Runtime
from dateline_schemas.feeds import Feed


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
