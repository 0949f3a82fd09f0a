"""How late embargoes end while very many others wait: one among those that the server hands out, one behind them.

    .venv/bin/python tests/bench/bench_embargoes.py [waiting, 110000]

Stories of a line each are written as services would have: received, credited, enriched, held for a year. Then publish
begins, and when it has all of them, a story comes whose embargo ends half a minute later; another one such stands in
front of all.
"""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from stories import attributed, enriched, guid, received

from dateline_kernel.consumers import readers_of
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.provision import WAITING
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import provisioned, real_server
from dateline_publish.app import build
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import Event, StoryHeld, StoryReleased
from dateline_schemas.flow import consumer_name
from dateline_schemas.identity import stamp, story_id
from dateline_schemas.subjects import STORIES

YEAR = timedelta(days=365)
TOGETHER = 400
SOON = timedelta(seconds=30)


def held(name: str, until: datetime) -> list[tuple[str, Event]]:
    """A story up to where it waits: who says what."""
    heard = received(name, embargo=until)
    credited = attributed(heard)
    facts = enriched(credited)
    hold = StoryHeld(story_id=heard.story_id, version="1", ordinal=1, reason="embargo", until=until)
    said = stamp(hold, facts, "publish/2")
    return list(zip(("ingest", "attribution", "enrichment", "publish"), (heard, credited, facts, said), strict=True))


async def write(client: QuickClient, stories: int) -> None:
    """So many stories that wait for a year."""
    journals = {name: Journal(client, name) for name in ("ingest", "attribution", "enrichment", "publish")}
    until = datetime.now(UTC) + YEAR
    for at in range(0, stories, TOGETHER):
        part = [held(guid(), until) for _ in range(min(TOGETHER, stories - at))]
        for nth, service in enumerate(journals):
            await journals[service].append([story[nth][1] for story in part])
    for journal in journals.values():
        await journal.close()


async def soon(client: QuickClient) -> tuple[str, datetime]:
    """A story whose embargo ends in a moment."""
    name, until = guid(), datetime.now(UTC) + SOON
    for service, event in held(name, until)[:3]:
        await Journal(client, service).append([event])
    return name, until


async def settled(client: QuickClient, stories: int) -> int:
    """Wait until publish has dealt with all that can be dealt with; how many the server has handed out and keeps."""
    wanted = consumer_name("publish", StoryHeld)
    while True:
        there = {one.name: one for one in await readers_of(client, STORIES.name)}
        waits, others = there[wanted], [one for name, one in there.items() if name != wanted]
        if all(one.waiting == one.in_hand == 0 for one in others) and waits.in_hand >= min(stories, WAITING):
            return waits.in_hand
        await asyncio.sleep(1)


async def late(client: QuickClient, name: str, until: datetime) -> float:
    """Seconds after its time at which the log had its release."""
    while True:
        for one in await Journal(client, "publish").load(story_id("test", name)):
            if isinstance(one.event, StoryReleased):
                return (one.time - until).total_seconds()
        await asyncio.sleep(0.2)


async def measure(server: EmbeddedServer, stories: int) -> None:
    """Print it."""
    async with provisioned(server) as client:
        began = time.monotonic()
        await write(client, stories)
        print(f"{stories:,} stories that wait for a year, written in {time.monotonic() - began:.0f} s")
        began = time.monotonic()
        async with build(PublishSettings(nats_url=server.url, log_level="error")).running():
            handed = await settled(client, stories)
            print(f"publish has {handed:,} of them in work after {time.monotonic() - began:.0f} s")
            for _ in range(3):
                name, until = await soon(client)
                print(f"one more, for {SOON.seconds} s: out {await late(client, name, until):.2f} s after its time")


if __name__ == "__main__":
    with real_server() as one:
        asyncio.run(measure(one, int(sys.argv[1]) if len(sys.argv) > 1 else 110_000))
