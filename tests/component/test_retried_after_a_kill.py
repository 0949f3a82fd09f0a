"""What was superseded by a kill before it is tried again brings nothing back, whoever refused it: on a real server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from desk import Desk, publishing, refused_event
from stories import attributed, enriched, guid

from dateline_ingest.deliveries import Delivery
from dateline_ingest.quarantining import quarantine_input
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.reactions import Log
from dateline_kernel.testing import eventually
from dateline_operate.quarantine.retrying import Again
from dateline_publish.app import build as build_publish
from dateline_publish.settings import PublishSettings
from dateline_schemas.events import Arrival, StoryHeld, StoryReleased
from dateline_schemas.feeds import Feed
from dateline_schemas.quarantine import Kept


def refusing(log: Log, now: datetime) -> None:
    """What deciding comes to by a publish that has a fault."""
    raise ValueError("a fault in publish")


async def set_aside(desk: Desk, name: str) -> Kept:
    """A publish that has a fault is at work until it keeps the newest event of the story."""
    faulty = build_publish(PublishSettings(nats_url=desk.server.url, attempts=1))
    for reaction in faulty.reactions.values():
        reaction._decide = refusing  # type: ignore[attr-defined]
    seq = (await desk.log(name))[-1].seq
    async with faulty.running():
        return await desk.kept(seq)


async def nothing_comes_of(desk: Desk, kept: Kept, name: str, number: int) -> None:
    """Tried again it is done with, and the story stays as its kill left it, also when all have been heard."""
    async with publishing(desk):
        assert (await Again(desk.client, desk.server.url).take(kept)).done
        await desk.out(guid())  # whatever it made publish say came before this
        assert {kind for kind, _ in (await desk.topics(name)).values()} == {"withdrawn"}
        assert set(await desk.topics(name)) == await desk.stands(name, "withdrawn", number, count=1)


@pytest.mark.parametrize("version", [1, 2], ids=["the first", "an update"])
async def test_a_version_that_publish_refused_stays_away(desk: Desk, name: str, version: int) -> None:
    """It was to be released; its kill came before it was tried again, and took back what was out before it."""
    if version == 2:
        async with publishing(desk):
            await desk.out(name)
    await desk.push(name, version)
    await desk.analysed(name, version)
    kept = await set_aside(desk, name)
    async with publishing(desk):
        await desk.kill(name, version + 1)
        await desk.stands(name, "withdrawn", version, count=1)
    await nothing_comes_of(desk, kept, name, version)


async def test_a_hold_that_was_kept_lets_nothing_out(desk: Desk) -> None:
    """Nor when the embargo is over."""
    name, until = guid(), datetime.now(UTC) + timedelta(hours=1)

    def held(log: Log) -> Log:
        return [one for one in log if isinstance(one.event, StoryHeld)]

    async with publishing(desk) as running:
        await desk.push(name, 1, embargoed=until.isoformat())
        await desk.analysed(name, 1)
        [hold] = held(await eventually(lambda: desk.log(name), held))
        number = await running.runtime.quarantine.keep(refused_event(hold))
        await desk.kill(name, 2)
        await desk.stands(name, "withdrawn", 1, count=1)
        object.__setattr__(running.runtime, "now", lambda: datetime.now(UTC) + timedelta(hours=2))
        await nothing_comes_of(desk, await Quarantine(desk.client).get(number), name, 1)


async def test_a_version_that_attribution_refused_stays_away(desk: Desk, name: str) -> None:
    """It is credited and enriched then, for the record."""
    await desk.push(name, 1)
    [heard] = [one for one in await desk.log(name) if isinstance(one.event, Arrival)]
    async with publishing(desk):
        await desk.kill(name, 2)
        await desk.stands(name, "withdrawn", 1, count=1)
        credited = attributed(heard.event)  # type: ignore[arg-type]
        await Journal(desk.client, "attribution").append([credited])
        await Journal(desk.client, "enrichment").append([enriched(credited)])
        await desk.out(guid())
        assert not [one for one in await desk.log(name) if isinstance(one.event, StoryReleased)]
        assert set((await desk.topics(name)).values()) == {("withdrawn", "1")}


@pytest.mark.parametrize("stated", ["a version", "no version", "a number against a time"])
async def test_input_that_was_refused_before_the_kill_is_older_than_the_kill(desk: Desk, stated: str) -> None:
    """Also where nothing but the order of arrival says so: that is the one in which they came first."""
    name, runtime = guid(), desk.ingest.runtime
    story = {"uri": name, "type": "text", "headlines": [{"value": "Ferry late"}]}
    killed = {**story, "pubStatus": "canceled"}
    if stated == "a version":
        story["version"], killed["version"] = "1", "1"
    if stated == "a number against a time":
        story["version"], killed["version"] = "7", "2026-03-26T10:00:00Z"
    delivery = Delivery(feed=Feed(name="test"), door="http", data=msgspec.json.encode(story), hint="application/json")
    number = await quarantine_input(runtime, delivery, ValueError("a reader broke"))
    async with publishing(desk):
        assert (await desk.http.post("/v1/stories", content=msgspec.json.encode(killed))).status_code == 202
        await desk.stands(name, "withdrawn", 1, count=1)
    verdict = await Again(desk.client, desk.server.url).take(await Quarantine(desk.client).get(number))
    assert verdict.done
    arrivals = [one.event for one in await desk.log(name) if isinstance(one.event, Arrival)]
    assert [one.story.pubstatus for one in arrivals if one.standing == "current"] == ["canceled"]
    assert len(arrivals) == 2
    # Who sends it once more means it: the story is back.
    story["version"] = "2026-11-01T00:00:00Z" if stated == "a number against a time" else "2"
    again = await desk.http.post("/v1/stories", content=msgspec.json.encode(story))
    assert (again.status_code, again.json()["standing"]) == (202, "current")
