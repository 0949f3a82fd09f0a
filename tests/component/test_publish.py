"""Publish on a real nats-server: what outlets find on their topics."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from stories import ECONOMY, POLITICS, attributed, enriched, feed, guid, received

from dateline_kernel.direct import DirectReader
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.posted import Posted, posted_on
from dateline_kernel.provision import whole_since
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.runtime import Runtime
from dateline_kernel.service import Service
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server
from dateline_publish.announce import announce
from dateline_publish.app import build
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import Event, Recorded, StoryHeld, StoryReleased, StoryWithdrawn
from dateline_schemas.facts import Topic
from dateline_schemas.identity import stamp, story_id
from dateline_schemas.quarantine import Quarantined
from dateline_schemas.subjects import STORIES, TOPICS


async def said(client: Client, name: str, *kinds: type[Event], count: int = 1) -> list[Event]:
    """Wait until publish said so much of a story."""

    async def look() -> list[Event]:
        events = [one.event for one in await Journal(client, "publish").load(story_id("test", name))]
        return [event for event in events if isinstance(event, kinds)]

    return await eventually(look, lambda found: len(found) >= count)


async def on_topics(client: Client, name: str, count: int) -> list[Msg]:
    """Wait until so many messages of a story are on its topics; all of them, in order."""

    async def look() -> list[Msg]:
        return await Journal(client, "publish").direct.get(
            TOPICS.name, seq=1, next_by_subj=f"topic.*.*.*.*.{story_id('test', name)}", batch=500
        )

    found = await eventually(look, lambda messages: len(messages) >= count)
    assert len(found) == count
    return found


async def newest_on_topics(client: Client, name: str, kinds: set[tuple[str, str]], count: int) -> None:
    """Wait until the newest message on each of so many subjects of a story is of this kind and number."""

    async def look() -> list[tuple[str, str]]:
        subject = f"topic.*.*.*.*.{story_id('test', name)}"
        return numbers(await Journal(client, "publish").direct.latest(TOPICS.name, subject))

    await eventually(look, lambda found: len(found) == count and set(found) == kinds)


def numbers(messages: list[Msg]) -> list[tuple[str, str]]:
    """Kind and number of each message, in order of the stream."""
    return [((one.headers or {})["Dateline-Kind"], (one.headers or {})["Dateline-Number"]) for one in messages]


async def test_updates_and_the_kill_follow_the_release_on_each_topic(server: EmbeddedServer, client: Client) -> None:
    """Two topics: each has release, update and kill, in this order, and the release id is the same on both."""
    name = guid()
    async with build(PublishSettings(nats_url=server.url)).running():
        await feed(client, name, 1)
        await feed(client, name, 2)
        await said(client, name, StoryReleased, count=2)
        await feed(client, name, 3, pubstatus="canceled")
        await said(client, name, StoryWithdrawn)
        found = await on_topics(client, name, 6)
    for subject in {(one.headers or {})["Nats-Subject"] for one in found}:
        mine = [one for one in found if (one.headers or {})["Nats-Subject"] == subject]
        assert numbers(mine) == [("released", "1"), ("released", "2"), ("withdrawn", "3")]
    assert set(Counter((one.headers or {})["Dateline-Release"] for one in found).values()) == {2}


async def test_a_story_that_waited_with_many_versions_and_topics_goes_out_whole_and_can_be_killed() -> None:
    """More announcements than the server takes at once: each topic has every version, in order, and then the kill."""
    name, versions = guid(), range(1, 61)
    topics = tuple(
        Topic(code=code, name=code, level=1, path=(code,), method="stated")
        for code in (f"{nth:02}000000" for nth in range(1, 21))
    )
    heard = [received(name, ordinal) for ordinal in versions]
    credited = [attributed(one) for one in heard]

    with real_server() as server:
        async with provisioned(server) as client:
            await Journal(client, "ingest").append(heard)
            await Journal(client, "attribution").append(credited)
            await Journal(client, "enrichment").append([enriched(one, topics) for one in credited])
            async with build(PublishSettings(nats_url=server.url)).running():
                await newest_on_topics(client, name, {("released", "60")}, count=20)
                await feed(client, name, 61, pubstatus="canceled")
                await newest_on_topics(client, name, {("withdrawn", "61")}, count=20)
            whole = [*(("released", str(number)) for number in versions), ("withdrawn", "61")]
            for topic in topics:
                subject = f"topic.{topic.code}.none.en.AFP.{story_id('test', name)}"
                there = await Journal(client, "publish").direct.get(TOPICS.name, seq=1, next_by_subj=subject, batch=100)
                assert numbers(there) == whole


async def test_a_version_too_large_for_its_topics_keeps_the_kill_behind_it_from_nobody(
    server: EmbeddedServer, client: Client
) -> None:
    """As ninjs it is larger than the server takes: it is kept in quarantine, and what comes after it goes out."""
    name = guid()
    async with build(PublishSettings(nats_url=server.url)).running():
        await feed(client, name, 1)
        await on_topics(client, name, 2)
        await feed(client, name, 2, paragraphs=(f"{'A line like many others.':55}",) * 143_500)
        kept = await eventually(lambda: quarantined(client, name))
        assert (kept.version, kept.error) == ("2", "TooLarge")
        await feed(client, name, 3, pubstatus="canceled")
        assert numbers(await on_topics(client, name, 4)) == [("released", "1")] * 2 + [("withdrawn", "3")] * 2


async def test_the_kill_of_a_story_in_a_language_of_any_length_goes_out(server: EmbeddedServer, client: Client) -> None:
    """It names its subject where the story never went out: a line longer than the server reads ends the connection."""
    name = guid()
    async with build(PublishSettings(nats_url=server.url)).running() as running:
        await feed(client, name, 1, pubstatus="canceled", language="e" * 5_000)
        [notice] = await on_topics(client, name, 1)
        assert (notice.headers or {})["Nats-Subject"].startswith("topic.none.none.eeee")
        assert running.runtime.client.is_connected


@pytest.mark.parametrize("pubstatus", ["usable", "canceled"])
async def test_a_version_of_any_length_goes_out(server: EmbeddedServer, client: Client, pubstatus: str) -> None:
    """Its header has the beginning of it, as headers have room for so much; the body has all."""
    name, version = guid(), "v" * 70_000
    heard = received(name, 1, version=version, pubstatus=pubstatus)
    async with build(PublishSettings(nats_url=server.url)).running():
        await Journal(client, "ingest").append([heard])
        if pubstatus == "usable":
            credited = attributed(heard)
            await Journal(client, "attribution").append([credited])
            await Journal(client, "enrichment").append([enriched(credited)])
        for one in await on_topics(client, name, 2 if pubstatus == "usable" else 1):
            assert (one.headers or {})["Dateline-Version"] == "v" * 200
            assert msgspec.json.decode(one.data)["version"] == version


async def quarantined(client: Client, name: str) -> Quarantined | None:
    """What publish keeps of a story in quarantine."""
    kept = [one.what async for one in Quarantine(client).all("publish")]
    return next((one for one in kept if one.story_id == story_id("test", name)), None)


async def test_more_than_can_be_said_at_once_is_said_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, and to the end, though nothing else happens to the story."""
    monkeypatch.setattr("dateline_kernel.deliberating.BATCH_MESSAGES", 3)
    name = guid()
    heard = [received(name, ordinal) for ordinal in range(1, 11)]
    credited = [attributed(one) for one in heard]
    with real_server() as server:
        async with provisioned(server) as client:
            await Journal(client, "ingest").append(heard)
            await Journal(client, "attribution").append(credited)
            await Journal(client, "enrichment").append([enriched(one) for one in credited])
            async with build(PublishSettings(nats_url=server.url)).running():
                released = await said(client, name, StoryReleased, count=10)
                await newest_on_topics(client, name, {("released", "10")}, count=2)
    assert [event.ordinal for event in released] == list(range(1, 11))


async def test_several_publish_processes_release_each_version_once() -> None:
    """Three of them hear the same log; every version is released once, in order, on every topic."""
    with real_server() as server:
        async with provisioned(server) as client:
            names = [guid() for _ in range(20)]
            services = [build(PublishSettings(nats_url=server.url)) for _ in range(3)]
            async with services[0].running(), services[1].running(), services[2].running():
                await asyncio.gather(*(feed(client, name, 1) for name in names))
                await asyncio.gather(*(feed(client, name, 2) for name in names))
                await asyncio.gather(*(feed(client, name, 3, pubstatus="canceled") for name in names))
                for name in names:
                    await said(client, name, StoryWithdrawn)
                    outward = [
                        event
                        for event in await said(client, name, Event)
                        if isinstance(event, (StoryReleased, StoryWithdrawn))
                    ]
                    subjects = {subject for event in outward for subject in event.subjects}
                    found = await on_topics(client, name, sum(len(event.subjects) for event in outward))
                    assert [event.number for event in outward] == list(range(1, len(outward) + 1))
                    for subject in subjects:
                        mine = [one for one in found if (one.headers or {})["Nats-Subject"] == subject]
                        order = [int(number) for _, number in numbers(mine)]
                        assert order == sorted(set(order))


async def held_for_moments(client: Client) -> tuple[str, datetime]:
    """A story that publish holds until a time that comes soon, and that time."""
    for seconds in (2, 8, 32, 90):  # a busy machine may hear of it when its time has come already
        name, until = guid(), datetime.now(UTC) + timedelta(seconds=seconds)
        await feed(client, name, embargo=until)
        first = (await said(client, name, StoryHeld, StoryReleased))[0]
        if isinstance(first, StoryHeld):
            assert first.until == until
            return name, until
    raise AssertionError("nothing was held")


async def released_at(client: Client, name: str) -> datetime:
    """Wait until a story is released; when the log took that."""
    await said(client, name, StoryReleased)
    log = await Journal(client, "publish").load(story_id("test", name))
    return next(one.time for one in log if isinstance(one.event, StoryReleased))


async def test_an_embargoed_story_goes_out_at_its_time_and_not_before(server: EmbeddedServer, client: Client) -> None:
    """Held first; the release is recorded after the embargo has ended."""
    async with build(PublishSettings(nats_url=server.url)).running():
        name, until = await held_for_moments(client)
        assert await released_at(client, name) >= until


async def test_embargoes_keep_nothing_else_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """More versions wait for their time than a consumer may hand out: the next story goes out all the same."""
    monkeypatch.setattr("dateline_kernel.provision.IN_WORK", 4)
    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            waiting = [guid() for _ in range(6)]
            for name in waiting:
                await feed(client, name, embargo=datetime.now(UTC) + timedelta(days=1))
            for name in waiting:
                await said(client, name, StoryHeld)
            free = guid()
            await feed(client, free)
            await said(client, free, StoryReleased)


async def test_an_embargo_ends_in_time_behind_more_than_the_server_hands_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as it hands out wait for a day: what comes behind them is read from the log; none goes out twice."""
    monkeypatch.setattr("dateline_kernel.provision.WAITING", 4)
    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            for _ in range(6):
                await feed(client, guid(), embargo=datetime.now(UTC) + timedelta(days=1))
            name, until = await held_for_moments(client)
            assert await released_at(client, name) >= until
            await on_topics(client, name, 2)


async def test_an_embargo_holds_though_the_clock_of_publish_is_ahead(server: EmbeddedServer, client: Client) -> None:
    """It ends when the log's clock says so, too."""
    name, until = guid(), datetime.now(UTC) + timedelta(seconds=4)
    async with build(PublishSettings(nats_url=server.url)).running() as running:
        object.__setattr__(running.runtime, "now", lambda: datetime.now(UTC) + timedelta(hours=1))
        await feed(client, name, embargo=until)
        await said(client, name, StoryReleased)
        await on_topics(client, name, 2)
    log = await Journal(client, "publish").load(story_id("test", name))
    assert next(one.time for one in log if isinstance(one.event, StoryReleased)) >= until


HOUR = timedelta(hours=1)


@pytest.mark.parametrize("wrong", ["when it is held", "later"])
async def test_an_embargo_ends_though_the_clock_of_publish_was_behind(
    server: EmbeddedServer, client: Client, wrong: str
) -> None:
    """As soon as it is right again: the time by which it was wrong is not waited for."""
    behind = [HOUR if wrong == "when it is held" else timedelta(0)]
    async with build(PublishSettings(nats_url=server.url)).running() as running:
        object.__setattr__(running.runtime, "now", lambda: datetime.now(UTC) - behind[0])
        name, until = await held_for_moments(client)
        behind[0] = HOUR - behind[0]
        await eventually(lambda: datetime.now(UTC) > until)
        behind[0] = timedelta(0)
        assert await released_at(client, name) >= until


async def test_an_embargo_ends_by_the_clock_where_the_server_counts_too_many_seconds(
    server: EmbeddedServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it does on a machine that slept: its seconds did not go by."""
    monkeypatch.setattr("dateline_kernel.hearing.put_off", lambda left: left.total_seconds() + 3600)
    async with build(PublishSettings(nats_url=server.url)).running():
        name, until = await held_for_moments(client)
        assert await released_at(client, name) >= until
        await on_topics(client, name, 2)


async def test_a_kill_does_not_tell_a_headline_though_the_clock_of_publish_is_ahead(
    server: EmbeddedServer, client: Client
) -> None:
    """The embargo is not over by the log's clock."""
    name, until = guid(), datetime.now(UTC) + timedelta(minutes=30)
    async with build(PublishSettings(nats_url=server.url)).running() as running:
        object.__setattr__(running.runtime, "now", lambda: datetime.now(UTC) + HOUR)
        await feed(client, name, embargo=until, headline="The bank will close")
        await said(client, name, StoryHeld)
        await feed(client, name, 2, pubstatus="canceled", headline="The bank will close")
        [notice] = await said(client, name, StoryWithdrawn)
    assert isinstance(notice, StoryWithdrawn)
    assert notice.headline == ""


async def test_a_crash_between_deciding_and_announcing_is_made_good(server: EmbeddedServer, client: Client) -> None:
    """The release is in the log and not on its topics: when the event is delivered again, it is posted."""
    name = guid()
    posted = 0

    async def fails_once(runtime: object, log: object, again: object) -> None:
        nonlocal posted
        posted += 1
        if posted == 1:
            raise ConnectionError("the process ends here")
        await announce(runtime, log, again)  # type: ignore[arg-type]

    service = build(PublishSettings(nats_url=server.url))
    for reaction in service.reactions.values():
        reaction._announce = fails_once  # type: ignore[attr-defined]
    async with service.running():
        await feed(client, name)
        await on_topics(client, name, 2)
    assert len(await said(client, name, StoryReleased)) == 1


async def test_what_a_replica_that_lags_does_not_show_is_not_posted_again(
    server: EmbeddedServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two releases stand on each topic, and seem to be missing: the first one's expectation speaks for the second."""
    name, lags = guid(), [True]

    async def looked(direct: DirectReader, subjects: Sequence[str]) -> dict[str, Posted]:
        return {} if lags and lags.pop() else await posted_on(direct, subjects)

    async with build(PublishSettings(nats_url=server.url)).running() as running:
        await feed(client, name, 1)
        await feed(client, name, 2)
        await on_topics(client, name, 4)
        monkeypatch.setattr("dateline_publish.ontopics.posted_on", looked)
        await announce(running.runtime, await running.runtime.journal.load(story_id("test", name)))
        await on_topics(client, name, 4)


@pytest.mark.parametrize("kind", ["released", "withdrawn"])
async def test_the_body_on_a_topic_is_ninjs(server: EmbeddedServer, client: Client, kind: str) -> None:
    """Also what a kill carries."""
    import json

    name = guid()
    async with build(PublishSettings(nats_url=server.url)).running():
        await feed(client, name)
        await said(client, name, StoryReleased)
        await feed(client, name, 2, pubstatus="canceled")
        messages = await on_topics(client, name, 4)
    bodies = [json.loads(one.data) for one in messages if (one.headers or {})["Dateline-Kind"] == kind]
    assert {body["pubStatus"] for body in bodies} == {"usable" if kind == "released" else "canceled"}
    assert {body["uri"] for body in bodies} == {f"urn:dateline:story:{story_id('test', name)}"}


async def test_what_was_enriched_anew_before_publish_came_to_it_holds_nothing_up(
    server: EmbeddedServer, client: Client
) -> None:
    """A replay replaced what publish had still to hear: the newer goes out, and other stories after it."""
    name, other = guid(), guid()
    first = received(name)
    settings = PublishSettings(nats_url=server.url)
    async with build(settings).running():
        await feed(client, name)
        await said(client, name, StoryReleased)
    for nth, topics in enumerate(((POLITICS,), (ECONOMY,))):
        again = stamp(attributed(first, ("AFP", "dpa")[: nth + 1]), first, f"attribution/{nth}")
        await Journal(client, "attribution").append([again])
        await Journal(client, "enrichment").append([stamp(enriched(again, topics), again, f"enrichment/{nth}")])

    async def left() -> int:
        info = await client.jetstream().consumer_info(STORIES.name, "publish-enriched")
        return (info.num_pending or 0) + (info.num_ack_pending or 0)

    async with build(settings).running():
        await eventually(left, lambda count: count == 0)
        await feed(client, other)
        await said(client, other, StoryReleased)


async def test_what_left_topics_stays_away_however_the_stream_came_to_its_age(name: str) -> None:
    """An age that an operator set, which publish's own settings know nothing of: the update is told, and it alone."""
    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running() as running:
            config = (await client.jetstream().stream_info(TOPICS.name)).config
            await client.jetstream().update_stream(config.evolve(max_age=2.0, duplicate_window=2.0))
            outlet = await client.subscribe("topic.>")  # as it is posted: what stays on the stream is gone in seconds
            await feed(client, name, 1)
            told = [await outlet.next_msg(PATIENCE) for _ in range(2)]

            async def gone() -> bool:
                return (await client.jetstream().stream_info(TOPICS.name)).state.messages == 0

            await eventually(gone)
            object.__setattr__(running.runtime, "now", lambda: datetime.now(UTC) + timedelta(hours=2))
            await feed(client, name, 2)
            told += [await outlet.next_msg(PATIENCE) for _ in range(2)]
    assert numbers(told) == [("released", "1")] * 2 + [("released", "2")] * 2


async def takes_nothing(runtime: object, log: object, again: object) -> None:
    """What announcing comes to while TOPICS is away, or where the process ends just then."""
    raise Unavailable("TOPICS takes nothing")


def unannounced(settings: PublishSettings) -> Service:
    """A publish that decides, and ends before it announces."""
    service = build(settings)
    for reaction in service.reactions.values():
        reaction._announce = takes_nothing  # type: ignore[attr-defined]
    return service


async def outlasted(client: Client, name: str) -> None:
    """Give TOPICS an age of two seconds, and wait until what was said of a story is older."""
    config = (await client.jetstream().stream_info(TOPICS.name)).config
    await client.jetstream().update_stream(config.evolve(max_age=2.0, duplicate_window=2.0))
    log = await Journal(client, "publish").load(story_id("test", name))

    async def older() -> bool:
        return await whole_since(client, TOPICS.name) > log[-1].time

    await eventually(older)


async def heard_of(client: Client, outlet: Subscription, name: str) -> list[tuple[str, str]]:
    """What an outlet heard, once it has heard of a story that comes behind all else; that one left out."""
    await feed(client, name)
    found: list[Msg] = []
    while len([one for one in found if story_id("test", name) in one.subject]) < 2:
        found.append(await outlet.next_msg(PATIENCE))
    return numbers([one for one in found if story_id("test", name) not in one.subject])


@asynccontextmanager
async def long_away(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[PublishSettings, Client]]:
    """A log of the test's own, of which publish takes nothing for news: it may have been away for days."""
    monkeypatch.setattr("dateline_publish.announce.NEWS", timedelta(0))
    with real_server() as server:
        async with provisioned(server) as client:
            yield PublishSettings(nats_url=server.url), client


@pytest.mark.parametrize("kind", [StoryReleased, StoryWithdrawn])
async def test_what_was_decided_and_not_announced_for_longer_than_topics_keep_is_announced_once(
    monkeypatch: pytest.MonkeyPatch, kind: type[Event]
) -> None:
    """Publish ended between the two and was away for days: outlets hear of it when it is back, and never again."""
    name = guid()
    async with long_away(monkeypatch) as (settings, client):
        async with unannounced(settings).running():
            await feed(client, name, 1, **({"pubstatus": "canceled"} if kind is StoryWithdrawn else {}))
            await said(client, name, kind)
        await outlasted(client, name)
        outlet = await client.subscribe("topic.>")
        async with build(settings).running():
            told = await heard_of(client, outlet, guid())
        async with build(settings).running():
            told_again = await heard_of(client, outlet, guid())
    assert set(told) == {("released" if kind is StoryReleased else "withdrawn", "1")}
    assert len(told) == (2 if kind is StoryReleased else 1)
    assert told_again == []


async def test_an_embargo_that_ended_just_before_publish_was_away_for_days_is_announced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is heard again is the hold, which waited for its time."""
    name = guid()
    async with long_away(monkeypatch) as (settings, client):
        async with build(settings).running():
            await feed(client, name, 1, embargo=datetime.now(UTC) + timedelta(seconds=4))
            await said(client, name, StoryHeld)
        async with unannounced(settings).running():
            await said(client, name, StoryReleased)
        await outlasted(client, name)
        outlet = await client.subscribe("topic.>")
        async with build(settings).running():
            told = await heard_of(client, outlet, guid())
    assert told == [("released", "1")] * 2


async def test_who_hears_the_log_again_announces_nothing_that_left_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its consumers are new ones, so that what they bring twice may have been done with before."""
    name = guid()
    async with long_away(monkeypatch) as (settings, client):
        async with build(settings).running():
            await feed(client, name)
            await on_topics(client, name, 2)
        await outlasted(client, name)
        for consumer in await client.jetstream().consumers_info(STORIES.name):
            if consumer.name.startswith("publish-"):
                await client.jetstream().delete_consumer(STORIES.name, consumer.name)
        outlet = await client.subscribe("topic.>")
        again, service = asyncio.Event(), build(settings)

        async def fails_once(runtime: Runtime, log: Sequence[Recorded[Event]], heard: Recorded[Event]) -> None:
            if heard is None and log[0].event.story_id == story_id("test", name):
                raise Unavailable("TOPICS takes nothing")
            await announce(runtime, log, heard)
            again.set()

        for reaction in service.reactions.values():
            reaction._announce = fails_once  # type: ignore[attr-defined]
        async with service.running():
            async with asyncio.timeout(PATIENCE):
                await again.wait()
            told = await heard_of(client, outlet, guid())
    assert told == []
