"""A story with very many versions, as of a live ticker: the next one costs what the others did, and is as right."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest
from desk import damage
from msgspec.structs import replace
from stories import POLITICS, attributed, enriched, guid

from dateline_ingest.deliveries import Delivery
from dateline_ingest.intake import Intake
from dateline_kernel.journal import Journal
from dateline_kernel.logs import configure_logs
from dateline_kernel.longstories import LONG
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.runtime import Runtime, assemble
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import eventually, provisioned, real_server
from dateline_operate.commands.replay import Options, replay_range
from dateline_operate.replay.comparing import Tally
from dateline_publish.app import build
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import (
    Arrival,
    CreditOverridden,
    Event,
    Recorded,
    StoryCanceled,
    StoryEnriched,
    StoryReceived,
    StoryReleased,
)
from dateline_schemas.feeds import Feed
from dateline_schemas.identity import REPLAYED, event_id, story_id
from dateline_schemas.pushes import Taken
from dateline_schemas.subjects import STORIES, TOPICS, topic_filter

FEED = Feed(name="test", door="http")


def runtime(client: QuickClient, service: str, rules: str = "test/1") -> Runtime:
    """What a process of a service has at hand."""
    return assemble(service, rules, ServiceSettings(), client, configure_logs(service, "error"))


def process(client: QuickClient) -> Intake:
    """Another process of ingest, which remembers nothing yet."""
    return Intake(runtime(client, "ingest"))


def story(name: str, version: int, **members: Any) -> dict[str, Any]:
    """A version as its sender states it."""
    body = [{"contentType": "text/plain", "value": f"The harbour counted {version} crates."}]
    return {"uri": name, "version": str(version), "headlines": [{"value": "Crates"}], "bodies": body, **members}


async def push(intake: Intake, *stories: dict[str, Any]) -> Taken:
    """One after the other; the last receipt."""
    for one in stories:
        taken = await intake.take_in(Delivery(feed=FEED, door="http", data=msgspec.json.encode(one)))
    return taken.receipts[-1]


async def many(intake: Intake, name: str, count: int = LONG) -> None:
    """So many versions."""
    await push(intake, *(story(name, nth) for nth in range(1, count + 1)))


async def arrivals(client: QuickClient, name: str) -> list[Arrival]:
    """All of a story that came in."""
    log = await Journal(client, "ingest").load(story_id("test", name))
    return [one.event for one in log if isinstance(one.event, Arrival)]


async def test_a_version_reads_as_many_messages_however_many_came_before(client: QuickClient) -> None:
    """A new one, and one that repeats an early one."""
    intake, name, costs = process(client), guid(), []
    await many(intake, name, LONG + 5)
    for nth in range(LONG + 6, 3 * LONG):
        before = client.stats["in_msgs"]
        assert (await push(intake, story(name, nth))).standing == "current"
        assert (await push(intake, story(name, 7))).duplicate
        costs.append(client.stats["in_msgs"] - before)
    assert max(costs) < 20


async def test_processes_that_take_turns_with_a_story_number_it_as_one(client: QuickClient) -> None:
    """One after the other and at the same moment; nothing is lost, and no number is given twice."""
    processes, name = [process(client), process(client)], guid()
    await many(processes[0], name)
    last = LONG + 20
    for nth in range(LONG + 1, last + 1):
        await push(processes[nth % 2], story(name, nth))
    await asyncio.gather(*(push(processes[nth % 2], story(name, last + 1 + nth % 3)) for nth in range(8)))
    came = await arrivals(client, name)
    assert [one.arrival for one in came] == [*range(1, len(came) + 1)]
    assert [one.ordinal for one in came if one.ordinal] == [*range(1, sum(bool(one.ordinal) for one in came) + 1)]
    assert {one.version for one in came} == {str(nth) for nth in range(1, last + 4)}


async def test_a_kill_by_another_process_counts_at_once(client: QuickClient) -> None:
    """Sent again it is a repeat, an older version is late, and the story comes back behind it."""
    one, other, name = process(client), process(client), guid()
    await many(one, name)
    kill = story(name, LONG + 1, pubStatus="canceled")
    assert not (await push(other, kill)).duplicate
    assert (await push(one, kill)).duplicate
    late = story(name, LONG, headlines=[{"value": "Crates, corrected"}])
    assert (await push(one, late)).standing == "late"
    assert (await push(one, story(name, LONG + 2))).standing == "current"
    assert [event.ordinal for event in await arrivals(client, name)][-3:] == [LONG + 1, 0, LONG + 2]


async def test_a_process_that_begins_in_the_middle_judges_as_one_that_was_there(client: QuickClient) -> None:
    """What it has not read it reads; both are told the same of what they are sent."""
    there, name = process(client), guid()
    await many(there, name)
    begins = process(client)
    for nth in (1, LONG, 7):
        assert await push(begins, story(name, nth)) == await push(there, story(name, nth))
    assert (await push(begins, story(name, LONG + 1))).receipt.endswith(f"-{LONG + 1}")
    assert (await push(there, story(name, LONG + 2))).receipt.endswith(f"-{LONG + 2}")


async def test_versions_of_one_message_are_told_apart(client: QuickClient) -> None:
    """Repeats among them, too, whatever is remembered of their story."""
    intake, name = process(client), guid()
    await many(intake, name)
    data = feed_of(*((name, text) for text in ("Nine", "Ten", "Nine")))
    taken = await intake.take_in(Delivery(feed=FEED, door="http", data=data))
    assert [one.duplicate for one in taken.receipts] == [False, False, True]
    assert [one.arrival for one in await arrivals(client, name)] == [*range(1, LONG + 3)]


def feed_of(*items: tuple[str, str]) -> bytes:
    """An RSS document: guid and text of each item."""
    said = "".join(
        f"<item><guid isPermaLink='false'>{name}</guid><title>Crates</title><description>{text} crates came."
        f"</description></item>"
        for name, text in items
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour</title>{said}</channel></rss>".encode()


async def test_stories_that_come_in_one_message_are_each_read_on(client: QuickClient) -> None:
    """As those of a web feed that changes all of its entries at each look."""
    intake, names = process(client), [guid(), guid()]
    for name in names:
        await many(intake, name)
    costs = []
    for text in ("Nine", "Ten", "Eleven", "Twelve"):
        before = client.stats["in_msgs"]
        data = feed_of(*((name, text) for name in names))
        taken = await intake.take_in(Delivery(feed=FEED, door="http", data=data))
        assert [one.standing for one in taken.receipts] == ["current", "current"]
        costs.append(client.stats["in_msgs"] - before)
    assert max(costs[1:]) < LONG // 2


@pytest.mark.parametrize("last_alone", [True, False])
async def test_a_kill_goes_past_an_event_that_the_disk_has_damaged_since(last_alone: bool) -> None:
    """The last that is remembered, or the one behind it."""
    with real_server() as server:
        name = guid()
        async with provisioned(server) as client:
            intake = process(client)
            await many(intake, name)
            other = process(client)
            if not last_alone:
                await push(other, story(name, LONG + 1))
            last = LONG if last_alone else LONG + 1
            damage(server, STORIES, f"story.{story_id('test', name)}.received.{last}")
            kill = story(name, last + 1, pubStatus="canceled")
            taken = await eventually(lambda: push(intake, kill))
            assert taken.standing == "current"
            assert (await arrivals(client, name))[-1].version == str(last + 1)


async def test_an_update_is_credited_without_what_was_said_before_of_the_story(client: QuickClient) -> None:
    """Of an editor's word alone it is asked; how many versions there are makes no difference."""
    service = Service("attribution", ServiceSettings(), rules="test/1").on_recalling(
        StoryReceived, lambda event, log: [attributed(event)], lambda event: (CreditOverridden,), CreditOverridden
    )
    intake, name, cost = process(client), guid(), []
    at_work = runtime(client, "attribution")
    for count in (10, 2 * LONG):
        await push(intake, *(story(name, nth) for nth in range(count - 9, count + 1)))
        heard = (await Journal(client, "ingest").load(story_id("test", name)))[-1]
        for delivered in (1, 2):
            before = client.stats["in_msgs"]
            await service.reactions[StoryReceived](at_work, heard, delivered)
            cost.append(client.stats["in_msgs"] - before)
    assert max(cost) < 8


class Publishing:
    """Two processes of publish that decide about a story in turn."""

    def __init__(self, client: QuickClient) -> None:
        self.client = client
        self.intake = process(client)
        services = [build(PublishSettings()) for _ in range(2)]
        self.at_work = [(one, runtime(client, "publish", one.rules)) for one in services]

    async def version(self, name: str, nth: int, who: int = 0, **members: Any) -> int:
        """A version comes, goes its way and is decided about; how many messages that last step reads."""
        await push(self.intake, story(name, nth, **members))
        log = await Journal(self.client, "ingest").load(story_id("test", name))
        came = log[-1].event
        assert isinstance(came, Arrival)
        if isinstance(came, StoryReceived):
            credited = attributed(came)
            await Journal(self.client, "attribution").append([credited])
            await Journal(self.client, "enrichment").append([enriched(credited, (POLITICS,))])
        heard = (await Journal(self.client, "publish").load(story_id("test", name)))[-1]
        return await self.hears(heard, who)

    async def hears(self, heard: Recorded[Event], who: int = 0, delivered: int = 1) -> int:
        """A process of publish hears an event."""
        service, at_work = self.at_work[who]
        before = self.client.stats["in_msgs"]
        await service.reactions[type(heard.event)](at_work, heard, delivered)
        return self.client.stats["in_msgs"] - before

    async def posted(self, name: str) -> list[str]:
        """Numbers of all that is on the story's topics, in order."""
        pattern = topic_filter(story_id=story_id("test", name))
        found = [one async for one in Journal(self.client, "publish").direct.every(TOPICS.name, pattern)]
        return [(one.headers or {})["Dateline-Number"] for one in found]


async def test_a_release_reads_as_many_messages_however_many_came_before(client: QuickClient) -> None:
    """And each goes out once, a kill in between included, whichever process decides; a replay finds no difference."""
    publishing, name, start = Publishing(client), guid(), await Journal(client, "ingest").last_sequence() + 1
    cost = [await publishing.version(name, nth) for nth in range(1, LONG + 1)]
    assert max(cost[LONG // 2 :]) < 15 < LONG
    await publishing.version(name, LONG + 1, 1, pubStatus="canceled")
    for nth in range(LONG + 2, LONG + 8):
        await publishing.version(name, nth, nth % 2)
    assert await publishing.posted(name) == [str(nth) for nth in range(1, LONG + 8)]
    service = build(PublishSettings())
    tally = Tally(service=service.name, rules=service.rules, dry_run=True)
    await replay_range(client, service, tally, Options(service=service.name, start=str(start)))
    assert (tally.changed, tally.new, tally.gone, tally.failures) == (0, 0, 0, [])


async def test_a_first_version_is_decided_about_without_reading_its_story(client: QuickClient) -> None:
    """A look shows that there is no more; delivered again, all of it is read without a look."""
    publishing, name = Publishing(client), guid()
    first = await publishing.version(name, 1)
    log = await Journal(client, "publish").load(story_id("test", name))
    [heard] = [one for one in log if isinstance(one.event, StoryEnriched)]
    anew, again = await publishing.hears(heard), await publishing.hears(heard, delivered=2)
    assert first < again < anew


async def test_a_kill_that_is_heard_again_brings_nothing_back_that_a_replay_said_anew(client: QuickClient) -> None:
    """TOPICS has the release under the id that it had before. That is no loss."""
    publishing, name = Publishing(client), guid()
    await publishing.version(name, 1)
    await publishing.version(name, 2, pubStatus="canceled")
    await publishing.version(name, 3)
    log = await Journal(client, "publish").load(story_id("test", name))
    released = log[-1]
    assert isinstance(released.event, StoryReleased)
    rules = f"{released.event.rules}{REPLAYED}test"
    anew = replace(released.event, rules=rules, id=event_id("StoryReleased", released.event.cause, rules))
    await Journal(client, "publish").append([anew], over=[released.seq])
    killed = next(one for one in log if isinstance(one.event, StoryCanceled))
    for delivered in (1, 2):
        await publishing.hears(killed, delivered=delivered)
    assert await publishing.posted(name) == ["1", "2", "3"]


async def test_a_story_that_is_heard_again_from_its_beginning_is_posted_again(client: QuickClient) -> None:
    """As where topics were lost, and whoever runs it made publish's consumers anew: all of it, in its order."""
    publishing, name = Publishing(client), guid()
    for nth in range(1, LONG // 2 + 1):
        await publishing.version(name, nth)
    there = await publishing.posted(name)
    await client.jetstream().purge_stream(TOPICS.name, subject=topic_filter(story_id=story_id("test", name)))
    log = await Journal(client, "publish").load(story_id("test", name))
    await publishing.hears(next(one for one in log if isinstance(one.event, StoryEnriched)))
    assert await publishing.posted(name) == there
