"""A message with an item that cannot be read, at a running ingest: the others are taken, and the answer tells."""

from __future__ import annotations

import hashlib
import json

import httpx
import msgspec
import pytest
from desk import Desk, publishing
from stage import Stage, newsfeed
from stories import guid
from web import Answered, Asked, web

from dateline_ingest.deliveries import Delivery
from dateline_ingest.doors import poll
from dateline_ingest.intake import Intake, retake
from dateline_ingest.trying import try_feed
from dateline_kernel.quarantine import Quarantine
from dateline_schemas.feeds import Feed
from dateline_schemas.identity import story_id
from dateline_schemas.pushes import Accepted
from dateline_schemas.quarantine import Kept


def item(name: str, version: int, status: str = "usable") -> str:
    """A newsItem; without a name one that cannot be read."""
    stated = f'guid="{name}"' if name else ""
    return (
        f'<newsItem {stated} version="{version}"><itemMeta><itemClass qcode="ninat:text"/>'
        f'<provider literal="Quay Wire"/><pubStatus qcode="stat:{status}"/></itemMeta>'
        f"<contentMeta><headline>Lock shut, version {version}</headline></contentMeta></newsItem>"
    )


def g2(*items: str) -> bytes:
    """A newsMessage of them."""
    around = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>{}</itemSet></newsMessage>'
    return around.format("".join(items)).encode()


async def kept_of(desk: Desk, body: bytes) -> list[Kept]:
    """What ingest keeps of these bytes."""
    original = hashlib.sha256(body).hexdigest()
    return [one async for one in Quarantine(desk.client).all("ingest") if one.what.original == original]


def accepted(answer: httpx.Response) -> Accepted:
    """The answer, which has receipts."""
    assert answer.status_code == 202, answer.text
    return msgspec.json.decode(answer.content, type=Accepted)


async def test_a_kill_does_not_wait_for_an_item_that_cannot_be_read(desk: Desk) -> None:
    """Nor does the next story; the message is kept whole, and the answer names item, line and number."""
    killed, free = guid(), guid()
    async with publishing(desk):
        await desk.out(killed)
        body = g2(item("", 1), item(killed, 2, "canceled"), item(free, 1))
        told = accepted(await desk.http.post("/v1/stories", content=body, headers={"content-type": "application/xml"}))
        assert [one.story_id for one in told.stories] == [story_id("test", killed), story_id("test", free)]
        await desk.stands(killed, "withdrawn", 2, count=1)
    [problem] = told.problems
    assert (problem.status, problem.format, problem.path, problem.line) == (400, "newsml-g2", "item 1", 1)
    [kept] = await kept_of(desk, body)
    assert (kept.seq, kept.what.reason) == (problem.quarantine, problem.detail)
    with pytest.raises(ValueError, match="no identifier"):
        await retake(desk.ingest.runtime, kept.what)
    assert len(await desk.log(free)) == 1


async def test_a_batch_tells_it_of_its_message(desk: Desk) -> None:
    """The message counts as taken; a line of which nothing can be read is refused as before."""
    name, other = guid(), guid()
    lines = [
        [{"uri": name, "headline": "Lock shut"}, {"uri": guid()}, 7],
        [{"uri": guid()}],
        {"uri": other, "headline": "Lock open"},
    ]
    body = b"\n".join(json.dumps(line).encode() for line in lines)
    answer = await desk.http.post("/v1/batches", content=body, headers={"content-type": "application/x-ndjson"})
    assert answer.status_code == 207
    first, second, third = answer.json()["parts"]
    assert [one["story_id"] for one in first["stories"]] == [story_id("test", name)]
    [problem] = first["problems"]
    assert problem["path"] == "$[1]" and "2 items cannot be read, this is the first" in problem["detail"]
    assert await kept_of(desk, json.dumps(lines[0]).encode())
    assert (second["status"], third["status"]) == (400, 202)
    assert "problems" not in third


async def test_a_polled_feed_is_taken_beside_its_broken_entry_which_is_kept_once(desk: Desk) -> None:
    """However often the feed changes around it; another broken entry is kept, too."""
    empty, other = "<item><category>x</category></item>", "<item><category>y</category></item>"
    names = [guid(), guid(), guid()]
    documents = [newsfeed(*names[:nth], extra=empty) for nth in (1, 2)]
    documents += [newsfeed(*names, extra=other)]

    async def site(_: Asked) -> Answered:
        return Answered(200, documents[min(len(stage.handed), 2)], [("content-type", "application/rss+xml")])

    feed = Feed(name="test", door="poll", every=60)
    intake = Intake(desk.ingest.runtime)
    async with web(site) as url:
        stage = Stage(msgspec.structs.replace(feed, url=url), intake=intake)
        async with stage.playing(poll.door):
            for _ in documents:
                await stage.look()
        tried = await try_feed(msgspec.structs.replace(feed, url=url))
    assert [receipt.duplicate for receipt in stage.receipts] == [False, True, False, True, True, False]
    assert [len(await kept_of(desk, document)) for document in documents] == [1, 0, 1]
    assert tried.count == 3 and "would go to quarantine: rss: " in tried.fault and "(at item 1)" in tried.fault


async def test_a_known_fault_of_a_feed_hides_no_other(desk: Desk) -> None:
    """An entry that is kept already stands beside an update whose story has an event that cannot be read."""
    name, empty = guid(), "<item><category>z</category></item>"
    intake = Intake(desk.ingest.runtime)
    feed = Feed(name="test", door="poll", every=60)
    document = newsfeed(name, extra=empty)
    await intake.take_in(Delivery(feed=feed, door="poll", data=document))
    await desk.break_event(f"urn:example:{name}", "received.2")
    tide = f"<item><guid>{guid()}</guid><title>Tide</title></item>"
    changed = newsfeed(name, extra=empty + tide).replace(b"office said", b"office denied")
    came = await intake.take_in(Delivery(feed=feed, door="poll", data=changed))
    assert len(came.receipts) == 1
    assert [kept.what.error for kept in await kept_of(desk, changed)] == ["UnreadableEvent"]
