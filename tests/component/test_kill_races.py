"""A kill beside all else that may happen to its story at that moment: from the door to the topics, on a real server."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest
from desk import KEY, Desk, publishing
from stories import attributed, enriched, guid, received

from dateline_kernel.journal import Journal
from dateline_kernel.testing import eventually
from dateline_schemas.events import Event, StoryHeld, StoryReleased, StoryWithdrawn
from dateline_schemas.feeds import Contract, Feed, encode_feed, key_digest
from dateline_schemas.identity import story_id
from dateline_schemas.subjects import FEEDS, STORIES


async def said(desk: Desk, name: str, *kinds: type[Event], count: int = 1) -> list[Event]:
    """Wait until publish said so much of a story."""

    async def look() -> list[Event]:
        return [one.event for one in await desk.log(name) if isinstance(one.event, kinds)]

    return await eventually(look, lambda found: len(found) >= count)


async def embargoed(desk: Desk, name: str, until: datetime) -> None:
    """A first version under embargo, analysed, in the log."""
    heard = received(name, embargo=until)
    await Journal(desk.client, "ingest").append([heard])
    await Journal(desk.client, "attribution").append([attributed(heard)])
    await Journal(desk.client, "enrichment").append([enriched(attributed(heard))])


async def settled(desk: Desk, name: str) -> set[str]:
    """Wait until every topic of a story has the newest of what was said of it; which kinds that is."""
    events = await said(desk, name, StoryReleased, StoryWithdrawn)
    [newest] = [one for one in events if one.number == max(each.number for each in events)]  # type: ignore[attr-defined]
    wanted = (newest.fact, str(newest.number))  # type: ignore[attr-defined]
    await eventually(lambda: desk.topics(name), lambda there: there and set(there.values()) == {wanted})
    assert [one.number for one in events] == list(range(1, len(events) + 1))  # type: ignore[attr-defined]
    return {newest.fact}


@pytest.mark.parametrize("instances", [1, 2])
async def test_a_kill_at_the_very_end_of_an_embargo_has_the_last_word(desk: Desk, instances: int) -> None:
    """Whether the story goes out in the moment before or not at all, by one process of publish or by several."""
    names, until = [guid() for _ in range(20)], datetime.now(UTC) + timedelta(seconds=4)
    async with publishing(desk), publishing(desk):
        await asyncio.gather(*(embargoed(desk, name, until) for name in names))
        await asyncio.gather(*(said(desk, name, StoryHeld, StoryReleased) for name in names))
        await asyncio.sleep(max(0.0, (until - datetime.now(UTC)).total_seconds()))  # the race is at that moment
        kills = [received(name, 2, pubstatus="canceled") for name in names]
        await asyncio.gather(*(Journal(desk.client, "ingest").append([one]) for one in kills))
        for name in names:
            await said(desk, name, StoryWithdrawn)
            assert await settled(desk, name) == {"withdrawn"}


async def test_a_story_that_is_killed_under_embargo_does_not_go_out_at_its_time(desk: Desk) -> None:
    """Its notice tells no headline; stories that end their embargo beside it and behind it do go out."""
    killed, other = guid(), guid()
    until = datetime.now(UTC) + timedelta(seconds=4)
    async with publishing(desk):
        for name in (killed, other):
            await embargoed(desk, name, until)
            await said(desk, name, StoryHeld, StoryReleased)
        await Journal(desk.client, "ingest").append([received(killed, 2, pubstatus="canceled")])
        [notice] = await said(desk, killed, StoryWithdrawn)
        await said(desk, other, StoryReleased)
        await desk.out(guid())
        log = [one.event.fact for one in await desk.log(killed)]
    if datetime.now(UTC) < until or "released" not in log:  # a machine that stood still meanwhile proves nothing
        assert notice.headline == ""  # type: ignore[attr-defined]
        assert set((await desk.topics(killed)).values()) == {("withdrawn", "1")}


async def test_an_embargo_ends_in_time_though_its_consumer_was_deleted_meanwhile(desk: Desk) -> None:
    """It is declared again, hears the hold again, and the story goes out once."""
    name, until = guid(), datetime.now(UTC) + timedelta(seconds=5)
    async with publishing(desk):
        await embargoed(desk, name, until)
        await said(desk, name, StoryHeld, StoryReleased)
        await desk.client.jetstream().delete_consumer(STORIES.name, "publish-held")
        [released] = await said(desk, name, StoryReleased)
        await desk.stands(name, "released", 1, count=2)
    [at] = [one.time for one in await desk.log(name) if one.event == released]
    assert at >= until


async def test_what_is_older_than_its_kill_or_as_old_brings_no_story_back(desk: Desk, name: str) -> None:
    """A correction of what was taken back, or another text under the kill's own number; a newer version does."""
    async with publishing(desk):
        await desk.out(name)
        await desk.kill(name, 2)
        await desk.stands(name, "withdrawn", 2, count=1)
        correction = await desk.push(name, 1, headlines=[{"value": "Ferry late, corrected"}], edNote="Correction")
        reused = await desk.push(name, 2, headlines=[{"value": "Ferry on time"}])
        assert [one.json()["standing"] for one in (correction, reused)] == ["late", "disputed"]
        assert (await desk.kill(name, 2)).json()["duplicate"]
        assert (await desk.push(name, 1)).json()["duplicate"]
        await desk.out(guid())
        assert set((await desk.topics(name)).values()) == {("withdrawn", "2")}
        assert (await desk.push(name, 3)).json()["standing"] == "current"
        await desk.analysed(name, 3)
        await desk.stands(name, "released", 3, count=1)


@pytest.mark.parametrize("door", ["the agency's other feed", "an outlet's feed"])
async def test_a_kill_by_another_feed_counts_if_that_has_a_say(desk: Desk, door: str, name: str) -> None:
    """The agency's own has; one that runs the copy of others is on record as disputed, and takes nothing back."""
    agency = Contract(agency="AFP")
    feeds = {"quay-1": agency, "quay-2": agency, "quay-paper": Contract(agency="AFP", trust="outlet")}
    bucket = await desk.client.jetstream().key_value(FEEDS.name)
    for feed, contract in feeds.items():
        entry = Feed(name=feed, key_sha256=key_digest(f"{KEY}-{feed}"), contract=contract)
        await bucket.put(feed, encode_feed(entry))

    async def push(feed: str, version: int, **more: str) -> httpx.Response:
        story = {"uri": name, "version": str(version), "headlines": [{"value": "Quay shut"}], **more}
        keys = {"Authorization": f"Bearer {KEY}-{feed}"}
        return await desk.http.post("/v1/stories", content=msgspec.json.encode(story), headers=keys)

    async with publishing(desk):
        assert (await push("quay-1", 1)).status_code == 202
        await desk.analysed(name, 1)
        await desk.stands(name, "released", 1, count=1)
        own = door == "the agency's other feed"
        killed = await push("quay-2" if own else "quay-paper", 2, pubStatus="canceled")
        assert (killed.status_code, killed.json()["standing"]) == (202, "current" if own else "disputed")
        if own:
            await desk.stands(name, "withdrawn", 2, count=1)
        else:
            await desk.out(guid())
            assert set((await desk.topics(name)).values()) == {("released", "1")}
            assert (await push("quay-1", 2, pubStatus="canceled")).json()["standing"] == "current"
            await desk.stands(name, "withdrawn", 2, count=1)


def items(**stories: tuple[int, str]) -> bytes:
    """A newsMessage: a package or an item of each name, with its version and status."""
    made = "".join(
        f'<{kind} guid="{name}" version="{version}"><itemMeta><itemClass qcode="ninat:{what}"/>'
        f'<provider literal="Quay Wire"/><versionCreated>2026-03-26T10:0{version}:00Z</versionCreated>'
        f'<pubStatus qcode="stat:{status}"/></itemMeta><contentMeta><headline>The quay</headline></contentMeta>'
        f"{body}</{kind}>"
        for name, (version, status) in stories.items()
        for kind, what, body in (_parts(name, list(stories)),)
    )
    return (
        f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>{made}</itemSet></newsMessage>'
    ).encode()


def _parts(name: str, names: list[str]) -> tuple[str, str, str]:
    if name.endswith(":package"):
        refs = "".join(f'<itemRef residref="{other}"/>' for other in names if other != name)
        return "packageItem", "composite", f'<groupSet root="g"><group id="g" role="main">{refs}</group></groupSet>'
    text = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>The quay is shut.</p></body></html>'
    return (
        "newsItem",
        "text",
        f'<contentSet><inlineXML contenttype="application/xhtml+xml">{text}</inlineXML></contentSet>',
    )


async def test_a_package_and_its_items_are_killed_each_for_itself(desk: Desk) -> None:
    """That of a package takes no item back, which may be in others; those of all of them in one message do."""
    one, other = guid(), guid()
    package = f"{guid()}:package"
    names = (package, one, other)

    async def push(version: int, **status: str) -> None:
        body = items(**{name: (version, status[name]) for name in names if name in status})
        answer = await desk.http.post("/v1/stories", content=body, headers={"content-type": "application/xml"})
        assert answer.status_code == 202, answer.text

    async with publishing(desk):
        await push(1, **dict.fromkeys(names, "usable"))
        for name in names:
            await desk.analysed(name, 1)
            await desk.stands(name, "released", 1, count=1)
        await push(2, **{package: "canceled"})
        await desk.stands(package, "withdrawn", 2, count=1)
        assert [set((await desk.topics(name)).values()) for name in (one, other)] == [{("released", "1")}] * 2
        await push(3, **dict.fromkeys(names, "canceled"))
        for name, number in zip(names, (3, 2, 2), strict=True):
            await desk.stands(name, "withdrawn", number, count=1)
    assert story_id("test", one) != story_id("test", package)
