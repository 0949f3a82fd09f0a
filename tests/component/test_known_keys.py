"""Keys while the bucket that knows them cannot be read: good for a minute, then nobody can say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import structlog
from nats.aio.client import Client
from structlog.testing import LogCapture

from dateline_ingest.feeds import AT_MOST, FRESH, TRUSTED, Feeds
from dateline_kernel.errors import Unavailable
from dateline_kernel.provision import provision
from dateline_kernel.runtime import Runtime, assemble
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import provisioned, real_server
from dateline_schemas.feeds import Feed, encode_feed, key_digest
from dateline_schemas.subjects import FEEDS

KEY = "a-key-that-is-known"


class Clock:
    """Seconds that the test decides about."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Here:
    """Feeds as a running ingest knows them, over a bucket that the test takes away and brings back."""

    def __init__(self, client: Client, runtime: Runtime, capture: LogCapture) -> None:
        self.client = client
        self.clock = Clock()
        self.feeds = Feeds(runtime, self.clock)
        self.capture = capture

    async def put(self, **members: str) -> None:
        """Write the feed."""
        bucket = await self.client.jetstream().key_value(FEEDS.name)
        await bucket.put("wire", encode_feed(Feed(name="wire", **members)))  # type: ignore[arg-type]

    async def lose(self) -> None:
        """The bucket cannot be read any more."""
        await self.client.jetstream().delete_key_value(FEEDS.name)

    async def known(self, later: float) -> bool:
        """Whether the key counts, so much later."""
        self.clock.now += later
        return await self.feeds.by_key(KEY) is not None

    def said(self) -> list[str]:
        """What was logged, in order."""
        return [entry["event"] for entry in self.capture.entries]


@pytest.fixture
async def here() -> AsyncIterator[Here]:
    """On a server of its own, since its bucket goes away."""
    capture = LogCapture()
    with real_server() as server:
        async with provisioned(server) as client:
            # Of its own kind: services in the same process may have set how loud loggers are.
            loud = structlog.make_filtering_bound_logger(0)
            log = structlog.wrap_logger(None, processors=[capture], wrapper_class=loud)
            runtime = assemble("ingest", "ingest/test", ServiceSettings(nats_url=server.url), client, log)
            one = Here(client, replace(runtime, log=log), capture)
            await one.put(key_sha256=key_digest(KEY))
            assert await one.known(0.0)
            yield one
            await runtime.close()


async def test_a_known_key_counts_for_a_minute_and_not_longer(here: Here) -> None:
    """Up to then pushes go on, however often they come; after it nobody can say whether the key was taken away."""
    await here.lose()
    assert await here.known(FRESH + 0.1)
    assert await here.known(TRUSTED / 2)
    with pytest.raises(Unavailable):
        await here.known(TRUSTED / 2)
    assert here.said() == ["feeds unreadable"]
    assert here.capture.entries[0]["log_level"] == "warning"
    assert here.capture.entries[0]["known_keys_count_for"] == TRUSTED


async def test_a_key_that_was_taken_away_meanwhile_is_unknown_as_soon_as_the_bucket_is_back(here: Here) -> None:
    """And that it is back is said, with how long nobody could look."""
    await here.lose()
    assert await here.known(30.0)
    await provision(here.client)
    await here.put()
    assert not await here.known(AT_MOST)
    assert here.said() == ["feeds unreadable", "feeds readable again"]
    assert here.capture.entries[1]["not_read_for"] == pytest.approx(30.0 + AT_MOST, abs=0.1)


async def test_a_key_is_known_as_soon_as_it_was_added(here: Here) -> None:
    """Also where another door has looked at the bucket a moment before."""
    await here.put(key_sha256=key_digest("another-key"))
    assert await here.feeds.by_key("another-key") is not None
    assert await here.feeds.by_key("no-key") is None


async def test_an_unknown_key_is_nobodys_while_the_bucket_cannot_be_read(here: Here) -> None:
    """It is told that nobody can say, and not that it is wrong: the sender sends again."""
    await here.lose()
    here.clock.now += FRESH + 0.1
    with pytest.raises(Unavailable):
        await here.feeds.by_key("another-key")
