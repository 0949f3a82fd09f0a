"""A kill in one message with other stories is never refused with one of them: from the door to the topics."""

from __future__ import annotations

import io
import zipfile

import httpx
import msgspec
import pytest
from desk import Desk, publishing
from stories import attributed, enriched, guid, received

from dateline_ingest.intake import retake
from dateline_kernel.quarantine import Quarantine
from dateline_schemas.codec import encode
from dateline_schemas.events import StoryCanceled, StoryWithdrawn
from dateline_schemas.identity import story_id
from dateline_schemas.quarantine import Kept

FAR = "2999-01-01T00:00:00Z"


def item(name: str, version: int, status: str = "usable", made: str = "2026-03-26T10:00:00Z", text: str = "") -> str:
    """A newsItem."""
    return (
        f'<newsItem guid="{name}" version="{version}"><itemMeta><itemClass qcode="ninat:text"/>'
        f'<provider literal="Quay Wire"/><versionCreated>{made}</versionCreated>'
        f'<pubStatus qcode="stat:{status}"/></itemMeta>'
        f"<contentMeta><headline>Crane idle, version {version}</headline></contentMeta>"
        '<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        f"<p>The crane stood still on Tuesday. {text}</p></body></html></inlineXML></contentSet></newsItem>"
    )


def message(*items: str) -> bytes:
    """A newsMessage of them."""
    return (
        f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>{"".join(items)}</itemSet>'
        "</newsMessage>"
    ).encode()


def zipped(*messages: bytes) -> bytes:
    """A bundle of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, one in enumerate(messages):
            archive.writestr(f"{number}.xml", one)
    return out.getvalue()


async def pushed(desk: Desk, body: bytes, media: str = "application/vnd.iptc.g2.newsmessage+xml") -> httpx.Response:
    """The answer of the door."""
    return await desk.http.post("/v1/stories", content=body, headers={"content-type": media})


def taken(answer: httpx.Response) -> list[tuple[str, str]]:
    """Stories and versions that the door has a receipt for."""
    assert answer.status_code == 202, answer.text
    return [(one["story_id"], one["version"]) for one in answer.json()["stories"]]


async def kept_of(desk: Desk, reason: str) -> Kept:
    """What ingest keeps for this reason."""
    kept = [one async for one in Quarantine(desk.client).all("ingest") if reason in one.what.reason]
    return kept[-1]


@pytest.mark.parametrize("first", ["the kill", "the update"])
@pytest.mark.parametrize("shape", ["message", "bundle"])
async def test_a_kill_goes_through_beside_an_update_that_cannot_be_judged(desk: Desk, first: str, shape: str) -> None:
    """The update's log has an event that cannot be read: it is kept in quarantine, and taken once that can be."""
    killed, broken, free = guid(), guid(), guid()
    async with publishing(desk):
        await desk.out(killed, broken)
        lost = await desk.break_event(broken, "enriched.2")
        parts = [item(killed, 2, "canceled"), item(broken, 2), item(free, 1)]
        if first == "the update":
            parts.reverse()
        body = message(*parts) if shape == "message" else zipped(*(message(one) for one in parts))
        answer = await pushed(desk, body, "" if shape == "bundle" else "application/xml")
        assert sorted(taken(answer)) == sorted([(story_id("test", killed), "2"), (story_id("test", free), "1")])
        await desk.stands(killed, "withdrawn", 2, count=1)
    kept = await kept_of(desk, f"event {lost} of the log cannot be read")
    assert kept.what.kind == "input"
    with pytest.raises(ValueError, match="cannot be read"):
        await retake(desk.ingest.runtime, kept.what)
    await desk.break_event(broken, "enriched.2", encode(enriched(attributed(received(broken, 2)))))  # one that can be
    assert f"{story_id('test', broken)} version 2" in await retake(desk.ingest.runtime, kept.what)
    assert [one.event.version for one in await desk.log(broken)][-1] == "2"


async def test_the_kill_of_a_story_is_taken_though_an_update_of_the_same_is_not(desk: Desk, name: str) -> None:
    """Both in one message: no version can be judged, and a kill needs no judging."""
    await desk.push(name, 1)
    await desk.break_event(name, "received.2")
    assert taken(await pushed(desk, message(item(name, 3), item(name, 4, "canceled")))) == [
        (story_id("test", name), "4")
    ]


async def test_a_message_of_which_nothing_can_be_judged_stays_with_its_sender(desk: Desk, name: str) -> None:
    """It is answered with 500, and not kept each time that it is sent again."""
    await desk.push(name, 1)
    lost = await desk.break_event(name, "received.2")
    for body in (message(item(name, 3)), zipped(message(item(name, 3)))):
        assert (await pushed(desk, body, "")).status_code == 500
    reasons = [one.what.reason async for one in Quarantine(desk.client).all("ingest")]
    assert not [one for one in reasons if f"event {lost} " in one]


async def test_a_kill_goes_through_beside_a_story_that_is_too_large_for_the_log(desk: Desk) -> None:
    """That one is kept; by itself it is refused as before."""
    killed, large = guid(), guid()
    async with publishing(desk):
        await desk.out(killed)
        giant = item(large, 1, text='""""" ' * 900_000)
        answer = await pushed(desk, message(giant, item(killed, 2, "canceled")))
        assert taken(answer) == [(story_id("test", killed), "2")]
        await desk.stands(killed, "withdrawn", 2, count=1)
        assert await desk.log(large) == []
        kept = [one async for one in Quarantine(desk.client).all("ingest") if one.what.error == "TooLarge"]
        assert kept
        assert (await pushed(desk, message(giant))).status_code == 422


async def test_what_is_tried_again_brings_its_kill_whatever_becomes_of_the_rest(desk: Desk) -> None:
    """A message that no reader understood when it came holds a kill and a story from the far future."""
    killed, ahead = guid(), guid()
    async with publishing(desk):
        await desk.out(killed)
        assert (await pushed(desk, b"\0", "")).status_code == 400
        kept = [one async for one in Quarantine(desk.client).all("ingest")][-1]
        original = await desk.ingest.runtime.originals.keep(
            message(item(ahead, 1, made=FAR), item(killed, 2, "canceled"))
        )
        what = msgspec.structs.replace(kept.what, original=original)
        with pytest.raises(ValueError, match="days ahead"):
            await retake(desk.ingest.runtime, what)
        await desk.stands(killed, "withdrawn", 2, count=1)
    facts = [type(one.event) for one in await desk.log(killed)]
    assert (facts.count(StoryCanceled), facts.count(StoryWithdrawn)) == (1, 1)
