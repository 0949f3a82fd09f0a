"""A kill goes through though the log has lost an event of its story: from the door to the topics, on a real server."""

from __future__ import annotations

import pytest
from desk import FLIPPED, Desk, publishing
from stories import attributed, guid

from dateline_kernel.errors import Conflict
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.service import Running
from dateline_kernel.testing import eventually
from dateline_operate.health.logcheck import LogCheck
from dateline_operate.health.verifying import Verifier
from dateline_operate.quarantine.retrying import Again
from dateline_publish.app import build as build_publish
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import Arrival, Event, Recorded, StoryCanceled, StoryWithdrawn
from dateline_schemas.headers import NUMBER
from dateline_schemas.identity import story_id
from dateline_schemas.quarantine import Kept
from dateline_schemas.subjects import STORIES, story_subject, topic_subject


async def passed_over(desk: Desk, publish: Running) -> tuple[float, float]:
    """The metric of ingest and of publish."""
    ingest, other = (
        running.runtime.telemetry.registry.get_sample_value(
            "dateline_passed_over_total", {"service": running.runtime.service}
        )
        for running in (desk.ingest, publish)
    )
    return ingest or 0, other or 0


async def withdrawn(desk: Desk, name: str) -> Recorded[Event]:
    """Wait for the kill in the log."""

    async def look() -> list[Recorded[Event]]:
        return [one for one in await desk.log(name) if isinstance(one.event, StoryWithdrawn)]

    return (await eventually(look))[-1]


async def test_a_kill_goes_wherever_a_release_that_cannot_be_read_has_been(desk: Desk, name: str) -> None:
    """Its subjects and its number are found on TOPICS; the kill is one more. What was passed over is told."""
    async with publishing(desk) as running:
        first = await desk.out(name)
        broken = await desk.break_event(name, "released.2")
        elsewhere = await released_elsewhere(desk, name, first)
        before = await passed_over(desk, running)
        answer = await desk.kill(name, 2)
        assert answer.status_code == 202
        assert await desk.stands(name, "withdrawn", 3, count=2) == {*first, elsewhere}
        said = await withdrawn(desk, name)
        assert (said.event.ordinal, said.seq > broken) == (2, True)
        await eventually(lambda: passed_over(desk, running), lambda now: now == (before[0] + 1, before[1] + 1))
        proof = await desk.http.get(f"/v1/receipts/{answer.json()['receipt']}")
        assert [one["fact"] for one in proof.json()["since"]] == ["withdrawn"]


async def test_a_kill_goes_wherever_a_release_that_the_server_has_lost_has_been(desk: Desk, name: str) -> None:
    """It leaves out what its disk has damaged: then TOPICS alone knows of the number and the subject."""
    async with publishing(desk) as running:
        first = await desk.out(name)
        elsewhere = await released_elsewhere(desk, name, first)
        before = await passed_over(desk, running)
        await desk.kill(name, 2)
        assert await desk.stands(name, "withdrawn", 3, count=2) == {*first, elsewhere}
        await eventually(lambda: passed_over(desk, running), lambda now: now == (before[0], before[1] + 1))
    killed = [one for one in await desk.log(name) if isinstance(one.event, StoryCanceled)][-1]
    tally = await desk.replay(killed.seq)
    assert (tally.looked_at, tally.equal, tally.differ, tally.failures) == (1, 1, 0, [])


async def released_elsewhere(desk: Desk, name: str, first: set[str]) -> str:
    """A second version is on the topics, on one that the log does not name, too; that one."""
    elsewhere = topic_subject("15000000", "none", "en", "Reuters", story_id("test", name))
    for subject in (*first, elsewhere):
        await desk.client.jetstream().publish(subject, b"{}", headers={NUMBER: "2", "Dateline-Kind": "released"})
    return elsewhere


@pytest.mark.parametrize(
    "place", ["received.1", "attributed.1", "enriched.1", "released.1", "received.2", "canceled.2"]
)
async def test_whatever_cannot_be_read_the_kill_reaches_the_topics(desk: Desk, place: str, name: str) -> None:
    """Also the version itself; verifying goes on to name the event, and replay says the same kill."""
    async with publishing(desk):
        subjects = await desk.out(name)
        broken = await desk.break_event(name, place, FLIPPED)
        assert (await desk.kill(name, 3)).status_code == 202
        assert await desk.stands(name, "withdrawn", 2, count=1) == subjects
    killed = [one for one in await desk.log(name) if isinstance(one.event, StoryCanceled)][-1]
    assert killed.event.place == ("3" if place.endswith(".2") else "2")
    tally = await desk.replay(killed.seq)
    assert (tally.looked_at, tally.equal, tally.differ, tally.failures) == (1, 1, 0, [])
    found = await Verifier(desk.client, LogCheck(), log_only=True).run(lambda at, last: None)
    assert broken in {fault.seq for fault in found.faults if fault.kind == "unreadable"}


async def test_another_version_of_such_a_story_stays_with_its_sender(desk: Desk, name: str) -> None:
    """What it is depends on what cannot be read. The kill that follows is taken, once."""
    await desk.push(name, 1)
    broken = await desk.break_event(name, "received.2")
    assert (await desk.push(name, 3)).status_code == 500
    assert [one.seq for one in await desk.log(name)][-1] == broken
    assert (await desk.kill(name, 4)).status_code == 202
    assert (await desk.kill(name, 4)).json()["duplicate"]


async def test_a_write_expects_the_event_that_cannot_be_read(desk: Desk, name: str) -> None:
    """Whoever decided before it came is refused, whether he can read it or not."""
    await desk.push(name, 1)
    before = await desk.log(name)
    await desk.break_event(name, "released.1")
    with pytest.raises(Conflict):
        await Journal(desk.client, "attribution").append(
            [attributed(one.event) for one in before if isinstance(one.event, Arrival)],
            expected={story_id("test", name): before[-1].seq},
        )


async def test_a_kill_that_was_handed_out_is_told_though_the_copy_that_is_asked_has_lost_it(desk: Desk) -> None:
    """It may be lost behind by one server of a cluster, and handed out by another."""
    name = guid()
    async with publishing(desk):
        await desk.out(name)
    await desk.kill(name, 2)
    await desk.push(name, 1, headlines=[{"value": "Ferry late, said otherwise"}])
    [heard] = [one for one in await desk.log(name) if isinstance(one.event, StoryCanceled)]
    await desk.client.jetstream().purge_stream(STORIES.name, subject=story_subject(heard.event))
    async with publishing(desk) as running:
        reaction = build_publish(PublishSettings(nats_url=desk.server.url)).reactions[StoryCanceled]
        await reaction(running.runtime, heard, 1)
    await desk.stands(name, "withdrawn", 2, count=1)


def is_kill(kept: Kept, story: str) -> bool:
    """Whether it is the kill of a story."""
    return kept.what.story_id == story and b'"StoryCanceled"' in kept.what.event


async def test_a_kill_that_an_earlier_release_set_aside_goes_out_when_it_is_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`dateline quarantine retry` announces it."""
    name = guid()
    earlier = build_publish(PublishSettings(nats_url=desk.server.url, attempts=1))
    for reaction in earlier.reactions.values():
        reaction.though_unread = ()
    monkeypatch.setattr(StoryCanceled, "takes_back", False)
    await desk.push(name, 1)
    await desk.break_event(name, "enriched.1")

    async def kept() -> list[Kept]:
        return [one async for one in Quarantine(desk.client).all("publish") if is_kill(one, story)]

    story = story_id("test", name)
    async with earlier.running():
        await desk.kill(name, 2)
        [one] = await eventually(kept, lambda found: len(found) == 1)
    monkeypatch.undo()
    verdict = await Again(desk.client, desk.server.url).take(one)
    assert verdict.done
    await desk.stands(name, "withdrawn", 1, count=1)
