"""Silent feeds, over several processes of ingest on a real nats-server."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
from nats.aio.client import Client
from stories import guid, plain

from dateline_ingest.app import build
from dateline_ingest.settings import IngestSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.runtime import Runtime
from dateline_kernel.testing import PATIENCE, eventually
from dateline_schemas.feeds import (
    Feed,
    FeedEvent,
    FeedSilent,
    decode_feed_event,
    encode_feed,
    encode_feed_event,
    key_digest,
)
from dateline_schemas.subjects import FEED_EVENTS, FEEDS, feed_subject


async def put(client: Client, name: str, key: str, **more: Any) -> None:
    """Write a feed into the bucket."""
    feed = Feed(name=name, key_sha256=key_digest(key), **more)
    await (await client.jetstream().key_value(FEEDS.name)).put(name, encode_feed(feed))


async def events(runtime: Runtime, feed: str) -> list[FeedEvent]:
    """What was said about a feed, in order."""
    found = await runtime.journal.direct.get(FEED_EVENTS.name, seq=1, next_by_subj=f"feed.{feed}.*", batch=100)
    return [decode_feed_event(message.data) for message in found]


async def push(http: httpx.AsyncClient, key: str, said: str) -> int:
    """Push a story; the status."""
    return (await http.post("/v1/stories", content=plain(said), headers={"X-Api-Key": key})).status_code


async def test_a_silence_is_told_once_by_all_processes_together(server: EmbeddedServer, client: Client) -> None:
    """Silent, heard, silent: each said once by two processes and a third that starts later; metrics say it too."""
    name, key = f"quiet-{guid()[-12:]}", guid()
    settings = IngestSettings(nats_url=server.url)
    async with (
        build(settings).running() as one,
        build(settings).running() as two,
        httpx.AsyncClient(base_url=one.url, timeout=PATIENCE) as http,
        httpx.AsyncClient(base_url=two.url, timeout=PATIENCE) as other,
    ):
        # Made when all are there to watch: a start that takes seconds would be a silence of its own.
        await put(client, name, key, silent_after=1)
        assert await push(http, key, f"{name} first") == 202

        async def said(count: int) -> list[FeedEvent]:
            """The first so many; others may follow while nobody looks."""
            found = await events(one.runtime, name)
            return found[:count] if len(found) >= count else []

        async def shows(client: httpx.AsyncClient, value: str) -> bool:
            return f'dateline_feed_silent{{feed="{name}"}} {value}' in (await client.get("/metrics")).text

        [silent] = await eventually(lambda: said(1))
        for each in (http, other):
            await eventually(lambda each=each: shows(each, "1.0"))  # type: ignore[misc]
        async with build(settings).running() as three, httpx.AsyncClient(base_url=three.url, timeout=PATIENCE) as third:
            await eventually(lambda: shows(third, "1.0"))
        assert len(await events(one.runtime, name)) == 1
        # The same story once more is no sign of life; another one is.
        assert await push(other, key, f"{name} first") == 202
        assert await push(other, key, f"{name} second") == 202
        found = await eventually(lambda: said(2))
        assert [type(event).__name__ for event in found] == ["FeedSilent", "FeedHeard"]
        assert found[1].since == silent.since
        found = await eventually(lambda: said(3))
        assert type(found[2]).__name__ == "FeedSilent"
        assert found[2].since > silent.since
        assert "dateline_feed_last_seconds" in (await http.get("/metrics")).text


async def test_a_paused_feed_is_refused_and_never_silent(server: EmbeddedServer, client: Client) -> None:
    """423 with a problem that says who paused it; resumed, it is taken in again."""
    name, key = f"paused-{guid()[-12:]}", guid()
    await put(client, name, key, silent_after=1, paused=True)
    async with (
        build(IngestSettings(nats_url=server.url)).running() as running,
        httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as http,
    ):
        answer = await http.post("/v1/stories", content=plain("No"), headers={"X-Api-Key": key})
        assert answer.status_code == 423
        assert answer.json()["type"] == "urn:dateline:problem:paused"
        assert "paused by an operator" in answer.json()["detail"]

        async def looked() -> bool:
            return f'dateline_feed_silent{{feed="{name}"}} 0.0' in (await http.get("/metrics")).text

        await eventually(looked)
        # Not a second any more: who is slow to look would find it silent again, and rightly.
        await put(client, name, key, silent_after=3600)

        async def resumed() -> bool:
            return await push(http, key, "Yes") == 202

        await eventually(resumed)
        assert all(type(event).__name__ != "FeedSilent" for event in await events(running.runtime, name))


async def test_what_an_earlier_release_said_at_another_subject_hides_no_silence(
    server: EmbeddedServer, client: Client
) -> None:
    """Names that end in a hyphen lost it in their subjects once; such a silence is told again."""
    name = f"still-{guid()[-12:]}-"
    old = FeedSilent(feed=name, since=datetime(2026, 3, 1, tzinfo=UTC), silent_after=1)
    await client.jetstream().publish(feed_subject(name.rstrip("-"), "silent"), encode_feed_event(old))
    async with build(IngestSettings(nats_url=server.url)).running() as ingest:
        await put(client, name, guid(), silent_after=1)
        found = await eventually(lambda: events(ingest.runtime, name))
        assert [type(event).__name__ for event in found] == ["FeedSilent"]
        assert found != [old]
