"""A service that leaves: what it has begun it finishes, and the rest is left to others, as untouched as it was."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from contextlib import AsyncExitStack

import pytest
from nats.js.api import ConsumerInfo
from stories import arrived, attributed, guid, received

from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Unavailable
from dateline_kernel.hearing import SUSPECT
from dateline_kernel.journal import Journal
from dateline_kernel.lookout import Lookout, Place
from dateline_kernel.provision import declare_consumers
from dateline_kernel.pulling import ImpatientPull
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server
from dateline_schemas.events import Event, StoryReceived
from dateline_schemas.flow import step


def left_off(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set as soon as a service has left off pulling."""
    left, leaves_off = asyncio.Event(), ImpatientPull.leave_off

    async def leave_off(pull: ImpatientPull) -> None:
        await leaves_off(pull)
        left.set()

    monkeypatch.setattr(ImpatientPull, "leave_off", leave_off)
    return left


async def test_who_leaves_takes_on_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """While it finishes what is in work, what waits is not handed out to it: given back, it would look to whoever comes
    next like something that somebody has died of."""
    begun, left, may_end = asyncio.Event(), left_off(monkeypatch), threading.Event()
    loop = asyncio.get_running_loop()

    def handle(heard: StoryReceived) -> Sequence[Event]:
        if heard.story.headline == "slow":
            loop.call_soon_threadsafe(begun.set)
            assert may_end.wait(PATIENCE)
        return [attributed(heard)]

    with real_server() as server:
        settings = ServiceSettings(nats_url=server.url, drain_timeout=PATIENCE, ack_wait=PATIENCE)
        runs = Service("attribution", settings).on(StoryReceived, handle, heavy=True)
        async with provisioned(server) as client, AsyncExitStack() as stack:
            await stack.enter_async_context(runs.running())
            slow = await arrived(client, guid(), headline="slow")
            await begun.wait()
            leaving = asyncio.create_task(stack.aclose())

            async def consumer() -> ConsumerInfo:
                return await client.jetstream().consumer_info("STORIES", "attribution-received")

            await left.wait()
            await Journal(client, "ingest").append([received(guid()) for _ in range(50)])
            await eventually(consumer, lambda seen: seen.num_pending == 50)
            may_end.set()
            await leaving
            seen = await consumer()
            assert seen.delivered is not None
            assert (seen.delivered.consumer_seq, seen.num_pending, seen.num_ack_pending) == (1, 50, 0)
            assert len(await Journal(client, "ingest").load(slow.story_id)) == 2


async def test_who_leaves_begins_nothing_more_of_what_it_has_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events that are answered one by one wait in the process: those that it has not begun are given back."""
    begun, left, may_end = asyncio.Event(), left_off(monkeypatch), threading.Event()
    loop, calls = asyncio.get_running_loop(), []

    def handle(heard: StoryReceived) -> Sequence[Event]:
        calls.append(heard)
        loop.call_soon_threadsafe(begun.set)
        assert may_end.wait(PATIENCE)
        return [attributed(heard)]

    with real_server() as server:
        settings = ServiceSettings(nats_url=server.url, drain_timeout=PATIENCE, ack_wait=PATIENCE)
        runs = Service("attribution", settings).on(StoryReceived, handle, heavy=True)
        async with provisioned(server) as client, AsyncExitStack() as stack:
            stories = [received(guid()) for _ in range(3)]
            await Journal(client, "ingest").append(stories)
            await declare_consumers(client, step("attribution"), settings)
            reader = await client.jetstream().pull_subscribe_bind("attribution-received", "STORIES")
            for _ in range(SUSPECT):
                for message in await reader.fetch(3, timeout=PATIENCE):
                    await message.nak()
            await stack.enter_async_context(runs.running())
            await begun.wait()
            leaving = asyncio.create_task(stack.aclose())
            await left.wait()
            may_end.set()
            await leaving
            assert len(calls) == 1
            there = [len(await Journal(client, "ingest").load(story.story_id)) for story in stories]
            assert sorted(there) == [1, 1, 2]


async def test_who_asks_the_log_while_it_leaves_hears_that_it_cannot() -> None:
    """For the first time in its life, too: whoever waited for the answer would be waited for until the deadline."""
    with real_server() as server:
        async with provisioned(server) as client:
            lookout = Lookout(DirectReader(client), "STORIES")
            leaving = asyncio.create_task(client.drain())
            await eventually(lambda: client.is_draining, every=0)
            with pytest.raises(Unavailable):
                async with asyncio.timeout(5):
                    await lookout.is_free(["story.x.received.1"], Place("story.x.enriched.1", 1))
            await leaving
