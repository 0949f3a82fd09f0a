"""Kills are looked after until every outlet has acknowledged them, on a real server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import httpx
import nats.js.api as api
import pytest
from nats.aio.client import Client
from nats.js import JetStreamContext
from prometheus_client.parser import text_string_to_metric_families
from stories import feed, guid, received

from dateline_kernel.consumers import readers_of
from dateline_kernel.delivery import recorded_time
from dateline_kernel.journal import Journal
from dateline_kernel.kills import kills_of
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server
from dateline_operate.outlets.behind import BEHIND, behind_of
from dateline_operate.outlets.killed import Kills
from dateline_publish.app import build
from dateline_publish.lifecycle import decide
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import Recorded, StoryWithdrawn
from dateline_schemas.identity import stamp, story_id
from dateline_schemas.outlets import owing
from dateline_schemas.subjects import STORIES, TOPICS, story_subject

Figures = Callable[[], Awaitable[dict[str, dict[str, float]]]]


def figures(url: str) -> Figures:
    """By metric and outlet, what Prometheus reads."""

    async def read() -> dict[str, dict[str, float]]:
        async with httpx.AsyncClient(timeout=PATIENCE) as http:
            page = (await http.get(f"{url}/metrics")).text
        return {
            family.name: {sample.labels["outlet"]: sample.value for sample in family.samples}
            for family in text_string_to_metric_families(page)
            if family.name.startswith("dateline_outlet")
        }

    return read


async def outlet(client: Client, name: str, subject: str = "topic.>") -> JetStreamContext.PullSubscription:
    """One that reads under a name."""
    return await client.jetstream().pull_subscribe(subject, durable=name, stream=TOPICS.name)


async def take(reader: JetStreamContext.PullSubscription, kind: str) -> None:
    """Acknowledge what comes, up to the first message of a kind; that one included."""
    async with asyncio.timeout(PATIENCE):
        while True:
            [message] = await reader.fetch(1, timeout=PATIENCE)
            await message.ack_sync()
            if (message.headers or {})["Dateline-Kind"] == kind:
                return


async def kills(client: Client, name: str) -> list[Recorded[StoryWithdrawn]]:
    """Those of a story."""
    log = await Journal(client, "publish").load(story_id("test", name))
    return [Recorded(one.event, one.seq, one.time) for one in log if isinstance(one.event, StoryWithdrawn)]


async def test_a_kill_is_counted_for_each_outlet_until_it_has_taken_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by a publish that is started again; who reads other subjects owes nothing."""
    monkeypatch.setattr("dateline_publish.outlets.EVERY", 0.1)
    monkeypatch.setattr("dateline_kernel.projections.EVERY", 0.1)
    with real_server() as server:
        async with provisioned(server) as client:
            quick, slow = await outlet(client, "quick"), await outlet(client, "slow", "topic.*.*.en.>")
            await outlet(client, "elsewhere", "topic.*.*.fr.>")
            settings, killed = PublishSettings(nats_url=server.url), guid()
            async with build(settings).running() as running:
                await feed(client, killed, 1, language="en")
                await take(quick, "released")
                await feed(client, killed, 2, language="en", pubstatus="canceled")
                await take(quick, "withdrawn")
                seen = await eventually(
                    figures(running.url),
                    lambda found: found["dateline_outlet_kills"] == {"elsewhere": 0.0, "quick": 0.0, "slow": 1.0},
                )
                assert seen["dateline_outlet_waiting"]["slow"] >= 2
                assert seen["dateline_outlet_waiting"]["elsewhere"] == 0
            async with build(settings).running() as running:
                await eventually(figures(running.url), lambda found: found["dateline_outlet_kills"]["slow"] == 1)
                await take(slow, "withdrawn")
                await eventually(figures(running.url), lambda found: found["dateline_outlet_kills"]["slow"] == 0)
                await client.jetstream().delete_consumer(TOPICS.name, "slow")
                await eventually(figures(running.url), lambda found: "slow" not in found["dateline_outlet_kills"])


async def test_how_far_a_kill_is_follows_from_how_far_the_outlet_is() -> None:
    """Not sent, sent, acknowledged; and nothing any more once the story is back."""
    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running() as running:
            reader, name = await outlet(client, "harbour-news"), guid()
            await feed(client, name, 1)
            await take(reader, "released")
            await feed(client, name, 2, pubstatus="canceled")
            log = await eventually(lambda: kills(client, name))
            direct = running.runtime.journal.direct

            async def states() -> list[str]:
                [kill] = await kills_of(direct, log)
                return [state for _, state in owing(await readers_of(running.runtime.client, TOPICS.name), kill)]

            await eventually(states, lambda found: found == ["waiting"])
            while True:  # the other topic of the release comes first
                [message] = await reader.fetch(1, timeout=PATIENCE)
                if (message.headers or {})["Dateline-Kind"] == "withdrawn":
                    break
                await message.ack_sync()
            await eventually(states, lambda found: found == ["handed over"])
            await message.ack_sync()
            await eventually(states, lambda found: found == ["taken"])
            await feed(client, name, 3)
            await eventually(states, lambda found: found == [])  # the story is back


async def test_an_outlet_is_behind_as_long_as_its_oldest_message_waits() -> None:
    """Where nothing waits for it, it is not; nor while what waits is young."""
    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running() as running:
            await outlet(client, "asleep")
            await outlet(client, "elsewhere", "topic.*.*.fr.>")
            await feed(client, guid(), 1, language="en")
            direct, quick = running.runtime.journal.direct, running.runtime.client
            [first, *_] = await eventually(lambda: direct.get(TOPICS.name, seq=1, next_by_subj=">", batch=1))
            posted = recorded_time(first.headers or {})
            assert await behind_of(quick, posted + BEHIND - timedelta(minutes=1)) == []
            [behind] = await behind_of(quick, posted + BEHIND + timedelta(minutes=1))
            assert (behind.outlet, behind.since) == ("asleep", posted) and behind.waiting >= 1


async def test_readers_are_listed_with_what_the_server_knows_of_them_however_many_there_are() -> None:
    """The server lists them by pages."""
    with real_server() as server:
        async with provisioned(server) as client:
            jetstream = client.jetstream()
            for number in range(300):
                config = api.ConsumerConfig(
                    durable_name=f"outlet-{number:03}", filter_subject=f"topic.*.*.en.A{number}.>", mem_storage=True
                )
                await jetstream.add_consumer(TOPICS.name, config)
            nameless = api.ConsumerConfig(ack_policy=api.AckPolicy.NONE, mem_storage=True)
            await jetstream.add_consumer(TOPICS.name, nameless)
            readers = await readers_of(client, TOPICS.name)
            named = [one for one in readers if one.named]
            assert [one.name for one in named] == [f"outlet-{number:03}" for number in range(300)]
            assert named[7].filters == ("topic.*.*.en.A7.>",)
            assert all(one.acknowledges for one in named)
            [other] = [one for one in readers if not one.named]
            assert (other.filters, other.acknowledges) == ((), False)
            assert await readers_of(client, "NOBODY") == []
            assert {one.name for one in await readers_of(client, STORIES.name)} == set()


async def test_who_looks_at_kills_again_reads_no_more_of_the_log_than_has_come(client: Client) -> None:
    """`dateline status --watch` looks each second at those of seven days."""
    kills, first, second = Kills(client, 1), *(received(guid(), pubstatus="canceled") for _ in range(2))
    journal = Journal(client, "publish")
    for heard in (first, second):
        event = stamp(decide([Recorded(heard, 1, datetime.now(UTC))], datetime.now(UTC)).says[0].event, heard, "test")
        await journal.append([event])
        told = {one.kill.story_id for one in await kills.look()}
        assert heard.story_id in told
        # What is gone from the log would be missed by who reads it again.
        await client.jetstream().purge_stream(STORIES.name, subject=story_subject(event))
    assert told >= {first.story_id, second.story_id}
