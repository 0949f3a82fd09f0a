"""WebSub against a real hub on loopback; the hub's calls reach a process other than the one that reads the feed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest
from hub import Hub
from stage import Stage, newsfeed
from web import Answered, Asked, web

from dateline_ingest.doors import subscription, websub
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.subscription import WebSubPlace
from dateline_kernel.testing import PATIENCE, eventually
from dateline_schemas.feeds import Feed

SECRET = "a long and random word of ours"


class Process:
    """Another process of ingest: it has the feed's place from the bucket, and nothing else in common."""

    def __init__(self) -> None:
        self.stage: Stage | None = None
        self.took: list[bytes] = []
        self.logged = ""

    async def __call__(self, asked: Asked) -> Answered:
        """The callback's routes."""
        assert self.stage is not None
        room = Stage(self.stage.feed, self.stage.secret())
        room.place, room.clock = self.stage.place, self.stage.clock
        given = asked.path.rpartition("/")[2]
        if not websub.is_ours(room, given):
            return Answered(404, b"")
        if asked.method == "GET":
            reply = await websub.verify(room, asked.query)
        else:
            headers = {name.encode(): value.encode() for name, value in asked.headers.items()}
            reply = websub.Reply(await websub.deliver(room, headers, asked.body))
        self.stage.place = room.place
        self.took += [handed.data for handed in room.handed]
        self.logged += room.everything()
        return Answered(reply.status, reply.body)


class Scene:
    """A site, its hub, a process that takes the hub's calls, and the stage of the door."""

    def __init__(self, hub: Hub, process: Process, stage: Stage, site: dict[str, Any]) -> None:
        self.hub = hub
        self.process = process
        self.stage = stage
        self.site = site

    @property
    def held(self) -> subscription.Subscription:
        """The subscription, as the bucket has it."""
        return msgspec.msgpack.decode(self.stage.place, type=WebSubPlace).subscription

    async def subscribed(self) -> float:
        """Look, until the hub has verified that; seconds until the next look."""
        rest = await self.stage.look()

        async def verified() -> bool:
            return bool(self.hub.subscribers) and self.held.until is not None

        await eventually(verified)
        return rest


@asynccontextmanager
async def scene(hub: Hub | None = None, **members: Any) -> AsyncIterator[Scene]:
    """All of them, and the door at work."""
    hub, process = hub or Hub(), Process()
    site: dict[str, Any] = {"body": newsfeed("Ferry adrift")}

    async def answer(asked: Asked) -> Answered:
        links = f'<{site["hub"]}>; rel="hub", </feed>; rel="self"'
        return Answered(
            site.get("status", 200), site["body"], [("content-type", "application/rss+xml"), ("link", links)]
        )

    async with web(hub) as hub_url, web(process) as public_url, web(answer) as site_url:
        site["hub"] = hub_url
        feed = Feed(name="harbour", door="websub", url=f"{site_url}/feed", secret="env:X", every=60, **members)
        process.stage = stage = Stage(feed, SECRET, public_url=public_url)
        async with stage.playing(websub.door):
            yield Scene(hub, process, stage, site)


async def test_a_feed_is_subscribed_to_and_delivered() -> None:
    """The document is taken once; the hub is asked, verifies, and what it delivers is taken by whoever it reaches."""
    async with scene() as on:
        assert await on.subscribed() == 60
        form = on.hub.asked[0]
        assert form["hub.mode"] == "subscribe"
        assert form["hub.topic"] == on.stage.feed.url
        assert 0 < len(form["hub.secret"]) < 200
        assert urlsplit(form["hub.callback"]).path.startswith("/v1/websub/harbour/")
        fresh = newsfeed("Ferry found")
        assert await on.hub.publish(fresh) == [202]
        assert on.process.took == [fresh]
        assert [handed.data for handed in on.stage.handed] == [newsfeed("Ferry adrift")]


async def test_while_a_hub_delivers_the_document_is_looked_at_slowly() -> None:
    """Half an hour instead of a minute."""
    async with scene() as on:
        await on.subscribed()
        on.stage.clock += timedelta(seconds=60)
        assert await on.stage.look() == subscription.SLOW


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_signatures_count_whatever_their_method(method: str) -> None:
    """All that the standard lists."""
    async with scene() as on:
        await on.subscribed()
        assert await on.hub.publish(b"<a/>", method) == [202]
        assert on.process.took == [b"<a/>"]


async def test_a_wrong_signature_is_ignored_and_told() -> None:
    """With 202, as the standard wants: whoever guesses learns nothing. Without one, the same."""
    async with scene() as on:
        await on.subscribed()
        assert await on.hub.publish(b"<forged/>", key="guess") == [202]
        callback = on.hub.asked[0]["hub.callback"]
        async with httpx.AsyncClient(timeout=PATIENCE) as http:
            assert (await http.post(callback, content=b"<forged/>")).status_code == 202
            md5 = {"x-hub-signature": "md5=" + hashlib.md5(b"<forged/>").hexdigest()}
            assert (await http.post(callback, content=b"<forged/>", headers=md5)).status_code == 202
            assert (await http.post(callback[:-1] + "!", content=b"<forged/>")).status_code == 404
        assert on.process.took == []
        assert on.process.logged.count("its signature is missing or wrong") == 3


async def test_only_what_was_asked_for_is_verified() -> None:
    """Another topic, another mode, another address: 404."""
    async with scene() as on:
        await on.subscribed()
        callback, topic = on.hub.asked[0]["hub.callback"], on.hub.asked[0]["hub.topic"]
        right = {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "x", "hub.lease_seconds": "60"}
        async with httpx.AsyncClient(timeout=PATIENCE) as http:
            for wrong in ({"hub.topic": "https://x.example/"}, {"hub.mode": "unsubscribe"}, {"hub.challenge": ""}):
                assert (await http.get(callback, params=right | wrong)).status_code == 404
            assert (await http.get(callback[:-1] + "!", params=right)).status_code == 404
            many = "&".join(f"a{n}=1" for n in range(1000))
            assert (await http.get(f"{callback}?{many}")).status_code == 404
            assert (await http.get(callback, params=right)).text == "x"


async def test_the_lease_is_renewed_before_it_ends() -> None:
    """With a quarter of it left, and under the same address."""
    async with scene(Hub(lease=4000)) as on:
        await on.subscribed()
        first, until = on.stage.clock, on.held.until
        on.stage.clock += timedelta(seconds=60)
        assert await on.stage.look() == 1800
        on.stage.clock = first + timedelta(seconds=3001)
        await on.stage.look()

        async def renewed() -> bool:
            return on.held.until != until

        await eventually(renewed)
        assert len(on.hub.asked) == 2
        assert on.hub.asked[0]["hub.callback"] == on.hub.asked[1]["hub.callback"]


async def test_the_lease_is_renewed_while_the_document_cannot_be_read() -> None:
    """The hub delivers all the same; the feed counts as failing."""
    async with scene(Hub(lease=4000)) as on:
        await on.subscribed()
        on.site["status"] = 404
        on.stage.clock += timedelta(seconds=3001)
        with pytest.raises(DoorFault, match="answered 404"):
            await on.stage.look()
        assert len(on.hub.asked) == 2


async def test_a_hub_that_never_verifies_is_asked_again_ever_later() -> None:
    """Meanwhile the document is polled as often as the feed says."""
    hub = Hub()
    hub.silent = True
    async with scene(hub) as on:
        assert await on.stage.look() == 60
        asked = []
        for _ in range(24):
            on.stage.clock += timedelta(seconds=60)
            await on.stage.look()
            asked.append(len(hub.asked))
        assert asked[3:5] == [1, 2]
        assert asked[-1] == 3


async def test_a_hub_that_delivers_nothing_is_noticed() -> None:
    """A slow look that finds a new story means that the hub lost it: it is told, and the hub is asked again."""
    async with scene() as on:
        await on.subscribed()
        on.stage.clock += timedelta(seconds=61)
        await on.stage.look()
        on.site["body"] = newsfeed("Ferry adrift", "Ferry found")
        on.stage.clock += timedelta(seconds=1801)
        await on.stage.look()
        assert len(on.stage.said("hub delivers nothing")) == 1
        assert len(on.hub.asked) == 2
        assert on.stage.handed[-1].data == on.site["body"]


async def test_what_the_hub_delivered_already_is_no_sign_of_silence() -> None:
    """The slow look finds the same stories, and the log knows them."""
    async with scene() as on:
        await on.subscribed()
        on.stage.duplicates = True
        on.site["body"] = newsfeed("Ferry adrift", "Ferry found")
        on.stage.clock += timedelta(seconds=1861)
        await on.stage.look()
        assert len(on.hub.asked) == 1


async def test_a_refusal_or_denial_leaves_polling() -> None:
    """Both are told; a secret that the hub repeats is not."""
    for fault in ("refuses", "denies"):
        hub = Hub()
        setattr(hub, fault, True if fault == "refuses" else "too many subscribers")
        async with scene(hub) as on:
            assert await on.stage.look() == 60
            if fault == "refuses":
                [told] = on.stage.said("hub refuses")
                assert hub.asked[0]["hub.secret"] not in str(told)
            else:

                async def denied(on: Scene = on) -> bool:
                    return "too many subscribers" in on.process.logged

                await eventually(denied)
            on.stage.clock += timedelta(seconds=60)
            assert await on.stage.look() == 60


@asynccontextmanager
async def endless() -> AsyncIterator[str]:
    """A server that refuses, and gives reasons until it is left; its address."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 400 Bad Request\r\ntransfer-encoding: chunked\r\n\r\n")
        with suppress(ConnectionError):
            while True:
                writer.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield "http://{}:{}".format(*server.sockets[0].getsockname())


async def test_a_hub_that_does_not_stop_talking_is_left() -> None:
    """The document names the hub, so it may be anybody's: its first words are told, and no more is read."""
    async with endless() as talker, scene() as on:
        on.site["hub"] = talker
        assert await on.stage.look() == 60
        [told] = on.stage.said("hub refuses")
        assert "it answered 400" in told["reason"]
        assert len(told["reason"]) < 300


async def test_without_an_address_of_our_own_the_feed_is_polled() -> None:
    """And the log says why."""
    async with scene() as on:
        on.stage.public_url = ""
        assert await on.stage.look() == 60
        assert on.stage.said("no hub can deliver")
        assert not on.hub.asked


async def test_secrets_are_derived_and_never_told() -> None:
    """Neither the feed's nor the hub's stands in the place or the logs; the hub never sees the feed's."""
    async with scene() as on:
        await on.subscribed()
        await on.hub.publish(b"<a/>")
        told = on.stage.everything() + on.process.logged
        assert SECRET not in told + repr(on.hub.asked)
        assert on.hub.asked[0]["hub.secret"] not in told
        assert SECRET.encode() not in on.stage.place


async def test_a_feed_without_a_secret_is_a_fault() -> None:
    """Deliveries could not be told from forgeries."""
    stage = Stage(Feed(name="f", door="websub", url="https://x.example/"))
    async with stage.playing(websub.door):
        with pytest.raises(DoorFault, match="needs a secret"):
            await stage.look()


async def test_a_paused_feed_asks_the_hub_to_come_back() -> None:
    """503: nothing is taken, nothing is lost."""
    async with scene() as on:
        await on.subscribed()
        on.stage.feed = msgspec.structs.replace(on.stage.feed, paused=True)
        assert await on.hub.publish(b"<a/>") == [503]
        assert on.process.took == []


async def test_a_probe_says_whether_there_is_a_hub() -> None:
    """With the document as a sample."""
    async with scene() as on:
        found = await websub.probe(on.stage.feed, SECRET)
        assert found.sample == newsfeed("Ferry adrift")
        assert found.note == f"hub {on.site['hub']}, topic {on.stage.feed.url}"
