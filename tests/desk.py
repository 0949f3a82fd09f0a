"""A desk for tests of faults in the log: ingest at work with a feed of its own, and functions that break events."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec
from msgspec import Struct
from stories import POLITICS, attributed, enriched, feed, guid

from dateline_ingest.app import build as build_ingest
from dateline_ingest.settings import IngestSettings
from dateline_kernel.direct import DirectReader
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.service import Running
from dateline_kernel.testing import PATIENCE, eventually, provisioned
from dateline_operate.commands.replay import Options, replay_range
from dateline_operate.replay.comparing import Tally
from dateline_publish.app import build as build_publish
from dateline_publish.settings import PublishSettings
from dateline_schemas.codec import encode
from dateline_schemas.events import Arrival, Event, Recorded
from dateline_schemas.feeds import Feed, encode_feed, key_digest
from dateline_schemas.headers import NUMBER
from dateline_schemas.identity import story_id
from dateline_schemas.quarantine import Kept, Quarantined
from dateline_schemas.subjects import FEEDS, TOPICS, StreamSpec, topic_filter

KEY = "a-key-for-tests"
NEWER = b'{"type":"StoryReleased","schema":999,"story_id":"x"}'
"""An event as a later release may write it."""
FLIPPED = b'{"type":"StoryReceived","schema":1,"story_id":\x00"'


def ninjs(name: str, version: str = "1", **members: object) -> bytes:
    """A version of a story as ninjs 3, in one line."""
    story = {
        "uri": name,
        "version": version,
        "type": "text",
        "headlines": [{"value": f"Ferry late, version {version}"}],
        "bodies": [{"contentType": "text/plain", "value": "The ferry was late on Monday."}],
        **members,
    }
    return msgspec.json.encode(story)


class Desk(Struct, frozen=True):
    """Ingest and, if started, publish; with what a test needs to push and to look."""

    client: QuickClient
    http: httpx.AsyncClient
    ingest: Running
    server: EmbeddedServer

    async def push(self, name: str, version: int, **members: object) -> httpx.Response:
        """Push a version of a story."""
        return await self.http.post("/v1/stories", content=ninjs(name, str(version), **members))

    async def kill(self, name: str, version: int) -> httpx.Response:
        """Push the kill of a story."""
        return await self.push(name, version, pubStatus="canceled")

    async def analysed(self, name: str, version: int) -> None:
        """Append all events of a received version that come before publish."""
        log = await Journal(self.client, "ingest").load(story_id("test", name))
        [heard] = [one.event for one in log if isinstance(one.event, Arrival) and one.event.version == str(version)]
        credited = attributed(heard)
        await Journal(self.client, "attribution").append([credited])
        await Journal(self.client, "enrichment").append([enriched(credited, (POLITICS,))])

    async def break_event(
        self, name: str, place: str, data: bytes = NEWER, headers: dict[str, str] | None = None
    ) -> int:
        """Put an event that cannot be read on ``story.<id>.<place>``; its sequence."""
        subject = f"story.{story_id('test', name)}.{place}"
        return (await self.client.jetstream().publish(subject, data, headers=headers)).seq

    async def out(self, *names: str, version: int = 1) -> set[str]:
        """Bring a version of each of these stories onto the topics; the subjects of the last one."""
        for name in names:
            await self.push(name, version)
            await self.analysed(name, version)
            subjects = await self.stands(name, "released", version, count=1)
        return subjects

    async def kept(self, seq: int) -> Kept:
        """Wait until publish keeps this event of the log in quarantine."""

        async def look() -> list[Kept]:
            return [one async for one in Quarantine(self.client).all("publish") if one.what.seq == seq]

        [one] = await eventually(look)
        return one

    async def log(self, name: str) -> list[Recorded[Event]]:
        """What can be read of the story, and Unread events."""
        return await Journal(self.client, "ingest").load(story_id("test", name), whole=False)

    async def topics(self, name: str) -> dict[str, tuple[str, str]]:
        """Kind and number of what stands on each subject of the story."""
        pattern = topic_filter(story_id=story_id("test", name))
        found = [one.headers or {} for one in await DirectReader(self.client).latest(TOPICS.name, pattern)]
        return {one["Nats-Subject"]: (one["Dateline-Kind"], one[NUMBER]) for one in found}

    async def stands(self, name: str, kind: str, number: int, count: int) -> set[str]:
        """Wait until ``count`` subjects of the story have this kind and number, and no others."""
        found = await eventually(
            lambda: self.topics(name), lambda there: [*there.values()] == [(kind, str(number))] * count
        )
        return set(found)

    async def replay(self, start: int) -> Tally:
        """The result of replaying publish from a sequence on."""
        service = build_publish(PublishSettings(nats_url=self.server.url))
        tally = Tally(service=service.name, rules=service.rules, dry_run=True)
        await replay_range(self.client, service, tally, Options(service=service.name, start=str(start)))
        return tally


@asynccontextmanager
async def opened(
    server: EmbeddedServer,
    *others: Feed,
    max_body: int = 8 * 1024 * 1024,
    media: str = "application/json",
    **members: Any,
) -> AsyncIterator[Desk]:
    """A Desk with ingest running and a feed of its own, which has these members, beside others."""
    async with provisioned(server) as client:
        bucket = await client.jetstream().key_value(FEEDS.name)
        for one in (Feed(name="test", key_sha256=key_digest(KEY), **members), *others):
            await bucket.put(one.name, encode_feed(one))
        keys = {"Authorization": f"Bearer {KEY}", "content-type": media}
        async with (
            build_ingest(IngestSettings(nats_url=server.url, max_body=max_body)).running() as running,
            httpx.AsyncClient(base_url=running.url, headers=keys, timeout=PATIENCE) as http,
        ):
            yield Desk(client, http, running, server)


@asynccontextmanager
async def publishing(desk: Desk, **settings: Any) -> AsyncIterator[Running]:
    """Publish runs."""
    async with build_publish(PublishSettings(nats_url=desk.server.url, **settings)).running() as running:
        yield running


def refused_event(heard: Recorded[Event]) -> Quarantined:
    """An event of the log as publish puts it into quarantine when it fails on it."""
    return Quarantined(
        kind="event",
        service="publish",
        reason="a fault that was mended",
        error="ValueError",
        at=datetime.now(UTC),
        story_id=heard.event.story_id,
        version=heard.event.version,
        event=encode(heard.event),
        seq=heard.seq,
    )


async def fed(server: EmbeddedServer) -> None:
    """A log with something in it."""
    async with provisioned(server) as client:
        await feed(client, guid())


def damage(server: EmbeddedServer, stream: StreamSpec, subject: str, *, forgets: bool = False) -> None:
    """Flip a bit of the last message on a subject, or on one that begins so; the server ends and starts again."""
    if forgets:
        server.kill()
    else:
        server.stop()
    [block] = [one for one in server.folder.rglob("*.blk") if f"/{stream.name}/msgs/" in one.as_posix()]
    data = bytearray(block.read_bytes())
    places = [found.start() for found in re.finditer(re.escape(subject.encode()), data)]
    data[places[0 if forgets else -1] + 150] ^= 1  # past the subject, among the headers
    block.write_bytes(data)
    if forgets:
        for index in _stream(block).rglob("index.db"):
            index.unlink()
    server.start()


def _stream(block: Path) -> Path:
    return block.parents[1]
