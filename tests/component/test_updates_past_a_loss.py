"""An update goes out once though the server has lost what went out before it: damaged on disk, on a real server.

Of a damaged event it says nothing. Where it finds the damage as it starts without its index, it forgets all that comes
behind it, and gives the same sequences again.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from desk import damage, opened, publishing
from nats.aio.client import Client
from nats.aio.msg import Msg
from stories import feed, guid

from dateline_kernel.direct import DirectReader
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.testing import eventually, provisioned, real_server
from dateline_publish.app import build
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import StoryEnriched, StoryReleased
from dateline_schemas.facts import Topic
from dateline_schemas.identity import story_id
from dateline_schemas.subjects import STORIES, TOPICS, StreamSpec, topic_filter


def of(name: str, place: str = "") -> str:
    """The beginning of the subjects of a story, or one of them."""
    return f"story.{story_id('test', name)}.{place}"


async def told(client: Client, name: str) -> list[tuple[str, str, str]]:
    """Kind, number and version of all that was posted of a story on one of its topics, in order."""
    messages: list[Msg] = []
    async for one in DirectReader(client).every(TOPICS.name, topic_filter("11000000", story_id=story_id("test", name))):  # type: ignore[arg-type]
        messages.append(one)
    found = [one.headers or {} for one in messages]
    return [(one["Dateline-Kind"], one["Dateline-Number"], one["Dateline-Version"]) for one in found]


async def is_told(client: Client, name: str, *wanted: tuple[str, str, str]) -> None:
    """Wait until that was posted of a story, and nothing else."""
    await eventually(lambda: told(client, name), lambda found: len(found) >= len(wanted))
    assert await told(client, name) == list(wanted)


async def quiet(client: Client) -> None:
    """Wait until publish has heard all that there is, by a story that comes behind it."""
    name = guid()
    await feed(client, name)
    await is_told(client, name, ("released", "1", "1"))


async def written(server: EmbeddedServer, name: str, *versions: str) -> None:
    """So many versions are out, kills among them; publish has ended."""
    async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
        for ordinal, version in enumerate(versions, 1):
            status = "canceled" if version.startswith("kill") else "usable"
            await feed(client, name, ordinal, version=version, pubstatus=status)
            await eventually(lambda: told(client, name), lambda found, count=ordinal: len(found) == count)


SPORT = Topic(code="15000000", name="sport", level=1, path=("15000000",), method="stated")
ONE, TWO, THREE = (("released", str(nth), str(nth)) for nth in (1, 2, 3))


@pytest.mark.parametrize("lost", ["released.1", "enriched.1", "received.1"])
async def test_an_update_goes_out_behind_a_release_of_which_the_log_has_lost_something(lost: str, name: str) -> None:
    """Once; and what was out is not told again."""
    with real_server() as server:
        await written(server, name, "1")
        damage(server, STORIES, of(name, lost))
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            log = await Journal(client, "publish").load(story_id("test", name))
            assert len(log) == 3
            await feed(client, name, 2)
            await is_told(client, name, ONE, TWO)
            await quiet(client)
            await is_told(client, name, ONE, TWO)


async def test_where_the_release_is_lost_in_both_streams_each_number_is_told_once(name: str) -> None:
    """The first is posted again under its own number, which is known to whoever had it."""
    with real_server() as server:
        await written(server, name, "1")
        damage(server, STORIES, of(name, "released.1"))
        damage(server, TOPICS, "topic.11000000")
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            assert await told(client, name) == []
            await feed(client, name, 2)
            await is_told(client, name, ONE, TWO)


async def test_where_topics_alone_have_lost_it_the_update_is_told_behind_it(name: str) -> None:
    """Each number once."""
    with real_server() as server:
        await written(server, name, "1")
        damage(server, TOPICS, "topic.11000000")
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            await feed(client, name, 2)
            await is_told(client, name, ONE, TWO)


@pytest.mark.parametrize("lost", ["released.1", "received.1"])
async def test_a_word_that_a_story_is_withheld_goes_out_past_what_the_disk_has_damaged(lost: str, name: str) -> None:
    """Outlets have what the log does not know of any more: TOPICS does."""
    with real_server() as server:
        await written(server, name, "1")
        damage(server, STORIES, of(name, lost))
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            await feed(client, name, 2, pubstatus="withheld", pulled=True)
            await is_told(client, name, ONE, ("withdrawn", "2", "2"))
            await quiet(client)
            await is_told(client, name, ONE, ("withdrawn", "2", "2"))


async def test_a_word_that_a_story_is_withheld_goes_out_though_the_log_has_lost_all_of_it(name: str) -> None:
    """It comes as the first version of a story that outlets have."""
    with real_server() as server:
        await written(server, name, "1")
        damage(server, STORIES, of(name, "received.1"), forgets=True)
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            assert await Journal(client, "publish").load(story_id("test", name)) == []
            await feed(client, name, 1, version="2", pubstatus="withheld", pulled=True)
            await is_told(client, name, ONE, ("withdrawn", "2", "2"))


@pytest.mark.parametrize("versions", [1, 2])
@pytest.mark.parametrize("stream", [STORIES, TOPICS], ids=["log", "topics"])
async def test_a_kill_goes_out_past_a_message_that_the_disk_has_damaged(stream: StreamSpec, versions: int) -> None:
    """Its door takes it in, and topics take it, though what it comes behind cannot be read by anyone."""
    name = guid()
    subjects = {STORIES: of(name, f"released.{versions}"), TOPICS: "topic.11000000"}
    with real_server() as server:
        async with opened(server) as desk, publishing(desk):
            for version in range(1, versions + 1):
                await desk.out(name, version=version)
        damage(server, stream, subjects[stream])
        async with opened(server) as desk, publishing(desk):
            assert (await desk.kill(name, versions + 1)).status_code == 202
            await desk.stands(name, "withdrawn", versions + 1, count=1)


async def test_an_update_is_pushed_past_a_message_that_the_disk_has_damaged(name: str) -> None:
    """The write expects what nobody can read, as the last event of the story."""
    with real_server() as server:
        async with opened(server) as desk, publishing(desk):
            await desk.out(name)
        damage(server, STORIES, of(name, "released.1"))
        async with opened(server) as desk, publishing(desk):
            await desk.push(name, 2)
            await desk.analysed(name, 2)
            await desk.stands(name, "released", 2, count=1)


@pytest.mark.parametrize("known", [0, 1, 2])
async def test_an_update_goes_out_though_the_log_has_lost_its_end(known: int, name: str) -> None:
    """It gets the number of what the log does not know of any more: it is said again behind that. So is its kill."""
    with real_server() as server:
        await written(server, name, "1", "2", "3")
        damage(server, STORIES, of(name, f"received.{known + 1}"), forgets=True)
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running() as running:
            assert len(await Journal(client, "publish").load(story_id("test", name))) == 4 * known
            await feed(client, name, known + 1, version="4")
            await is_told(client, name, ONE, TWO, THREE, ("released", "4", "4"))
            counted = {"service": "publish", "kind": "StoryReleased"}
            assert running.runtime.telemetry.registry.get_sample_value("dateline_said_total", counted) == 2
            await quiet(client)
            await is_told(client, name, ONE, TWO, THREE, ("released", "4", "4"))
            await feed(client, name, known + 2, version="kill", pubstatus="canceled")
            await is_told(client, name, ONE, TWO, THREE, ("released", "4", "4"), ("withdrawn", "5", "kill"))


async def test_what_is_sent_again_after_such_a_loss_is_not_told_again(name: str) -> None:
    """Outlets had it, word for word. What is new is told."""
    with real_server() as server:
        await written(server, name, "1", "2")
        damage(server, STORIES, of(name), forgets=True)
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            await feed(client, name, 1)
            await feed(client, name, 2)
            await quiet(client)
            await is_told(client, name, ONE, TWO)
            await feed(client, name, 3)
            await is_told(client, name, ONE, TWO, THREE)


async def test_what_outlets_had_once_and_were_told_otherwise_since_is_told_again(name: str) -> None:
    """As after an editor's word that is lost, and so is that it was taken back: the same version, in other words."""
    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            for nth, headline in enumerate(("This", "That", "This"), 1):
                await feed(client, name, nth, version="1", headline=headline)
                await is_told(client, name, *(("released", str(number), "1") for number in range(1, nth + 1)))
        damage(server, STORIES, of(name, "received.2"), forgets=True)
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            await feed(client, name, 2, version="1", headline="That")
            await is_told(client, name, *(("released", str(number), "1") for number in range(1, 5)))


async def test_several_publish_processes_tell_such_an_update_once() -> None:
    """All of them find that its number was given; one says it again."""
    names = [guid() for _ in range(5)]
    with real_server() as server:
        for name in names:
            await written(server, name, "1", "2")
        damage(server, STORIES, of(names[0]), forgets=True)
        services = [build(PublishSettings(nats_url=server.url)) for _ in range(3)]
        async with (
            provisioned(server) as client,
            services[0].running(),
            services[1].running(),
            services[2].running(),
        ):
            for name in names:
                await feed(client, name, 1, version="3")
            for name in names:
                await is_told(client, name, ONE, TWO, THREE)
            await quiet(client)
            for name in names:
                await is_told(client, name, ONE, TWO, THREE)


async def test_a_kill_that_the_log_has_lost_does_not_come_after_the_story_is_back(name: str) -> None:
    """It was told before that. Nor does it keep an update from going out."""
    with real_server() as server:
        await written(server, name, "1", "kill", "3")
        damage(server, STORIES, of(name, "withdrawn.2"))
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            await feed(client, name, 4)
            before = (ONE, ("withdrawn", "2", "kill"), THREE)
            await is_told(client, name, *before, ("released", "4", "4"))
            log = await Journal(client, "publish").load(story_id("test", name))
            assert [one.event.version for one in log if isinstance(one.event, StoryReleased)] == ["1", "3", "4"]


async def test_a_story_whose_kill_is_lost_stays_away_until_its_provider_sends_more(name: str) -> None:
    """Event and answer: what was out before is not told again, and a new version is."""
    with real_server() as server:
        await written(server, name, "1", "kill")
        damage(server, STORIES, of(name, "canceled.2"), forgets=True)
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            await quiet(client)
            await is_told(client, name, ONE, ("withdrawn", "2", "kill"))
            await feed(client, name, 2, version="3")
            await is_told(client, name, ONE, ("withdrawn", "2", "kill"), THREE)


async def test_what_left_topics_does_not_come_back_where_its_kill_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """That outlets had it cannot be seen any more when one of its events is heard again."""
    name = guid()
    with real_server() as server:
        await written(server, name, "1", "kill")
        damage(server, STORIES, of(name, "canceled.2"), forgets=True)
        service = build(PublishSettings(nats_url=server.url))
        monkeypatch.setattr("dateline_publish.announce.NEWS", timedelta(0))
        monkeypatch.setattr("dateline_publish.renditions.ninjs.released", lambda event: b"what is there no longer")
        async with provisioned(server) as client, service.running() as running:
            log = await Journal(client, "publish").load(story_id("test", name))
            [heard] = [one for one in log if isinstance(one.event, StoryEnriched)]
            await service.reactions[StoryEnriched](running.runtime, heard, 2)
            await is_told(client, name, ONE, ("withdrawn", "2", "kill"))


@pytest.mark.parametrize("lost", [1, 2])
async def test_what_comes_after_versions_whose_arrival_is_lost_takes_no_place_of_theirs(lost: int) -> None:
    """Their answers are there still: an update goes out, and a kill, and no arrival is overwritten by another."""
    name = guid()
    with real_server() as server:
        async with opened(server) as desk, publishing(desk):
            for version in (1, 2, 3):
                await desk.out(name, version=version)
        for version in range(4 - lost, 4):
            damage(server, STORIES, of(name, f"received.{version}"))
        async with opened(server) as desk, publishing(desk):
            await desk.push(name, 4)
            await desk.analysed(name, 4)
            await desk.stands(name, "released", 4, count=1)


async def test_a_version_that_is_sent_again_as_its_arrival_is_lost_is_not_told_again(name: str) -> None:
    """Outlets have it. What comes after it is told."""
    with real_server() as server:
        async with opened(server) as desk, publishing(desk):
            for version in (1, 2):
                await desk.out(name, version=version)
        damage(server, STORIES, of(name, "received.2"))
        async with opened(server) as desk, publishing(desk):
            assert not (await desk.push(name, 2)).json()["duplicate"]
            await desk.analysed(name, 2)
            await desk.out(guid())
            await desk.stands(name, "released", 2, count=1)
            await desk.out(name, version=3)


async def test_a_kill_is_told_though_the_arrivals_of_the_versions_that_it_takes_back_are_lost(name: str) -> None:
    """What they were numbered nobody can tell from what is left of them."""
    with real_server() as server:
        async with opened(server) as desk, publishing(desk):
            for version in (1, 2, 3):
                await desk.out(name, version=version)
        for version in (2, 3):
            damage(server, STORIES, of(name, f"received.{version}"))
        async with opened(server) as desk, publishing(desk):
            assert (await desk.kill(name, 4)).status_code == 202
            await desk.stands(name, "withdrawn", 4, count=1)


async def test_an_arrival_takes_no_place_of_one_that_came_after_a_lost_one(name: str) -> None:
    """Its number is in receipts."""
    with real_server() as server:
        async with opened(server) as desk:
            for version in (1, 2, 3):
                await desk.push(name, version)
        damage(server, STORIES, of(name, "received.2"))
        async with opened(server) as desk:
            assert (await desk.push(name, 4)).json()["receipt"] == f"{story_id('test', name)}-4"
            assert [one.event.version for one in await desk.log(name)] == ["1", "3", "4"]


@pytest.mark.parametrize("more", [0, 1])
async def test_a_kill_reaches_where_a_lost_story_was_that_came_again_on_another_topic(more: int) -> None:
    """Its lost release has the number of the one that the log has, or a lower one."""
    name = guid()
    with real_server() as server:
        await written(server, name, "1")
        damage(server, STORIES, of(name), forgets=True)
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            for ordinal in range(1, 2 + more):
                await feed(client, name, ordinal, topics=(SPORT,), headline=f"Regatta, version {ordinal}")
            await quiet(client)
            await is_told(client, name, ONE)
            await feed(client, name, 2 + more, version="kill", pubstatus="canceled")
            await is_told(client, name, ONE, ("withdrawn", str(2 + more), "kill"))
