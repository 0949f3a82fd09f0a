"""Sources that answer 200 with something else than copy, asked by a real client and read by a real ingest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from nats.aio.client import Client
from stage import Stage, newsfeed
from web import Answered, Asked, web

from dateline_ingest.app import build
from dateline_ingest.doors import looking, poll
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.intake import Intake
from dateline_ingest.settings import IngestSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.testing import eventually
from dateline_operate.feeds.state import states
from dateline_schemas.feeds import Feed, decode_feed_event, encode_feed
from dateline_schemas.interfaces import Cursor, Listing
from dateline_schemas.subjects import FEED_EVENTS, FEEDS, feed_subject

LOGIN = (
    b"<!doctype html><html><head><title>Log in</title></head><body><h1>Log in</h1>"
    b"<p>Please log in to continue reading. You need an account to see this page.</p>"
    b"<form action='/in' method='post'><input name='user'><input type='password' name='password'></form></body></html>"
)
EMPTY = (
    b"<!doctype html><html><head><title>Harbour Herald</title></head><body><script src='a.js'></script></body></html>"
)
FRONT = (
    b"<!doctype html><html><head><title>Harbour Herald</title></head><body><h1>Harbour Herald</h1>"
    + b"<p>All the news of the harbour, the pier and the ferries between them, every day of the week.</p>" * 3
    + b"</body></html>"
)


class Site:
    """Answers what the test sets."""

    def __init__(self, body: bytes, media: str = "application/rss+xml") -> None:
        self.body, self.media = body, media
        self.etag = ""
        self.deleted: list[str] = []

    async def __call__(self, asked: Asked) -> Answered:
        if asked.method == "DELETE":
            self.deleted.append(asked.path)
            return Answered(204)
        if asked.path.startswith("/item"):
            return Answered(200, LOGIN, [("content-type", "text/html")])
        if self.etag and asked.headers.get("if-none-match") == self.etag:
            return Answered(304)
        return Answered(200, self.body, [("content-type", self.media), ("etag", self.etag)])


@asynccontextmanager
async def reading(server: EmbeddedServer, site: Site, **members: Any) -> AsyncIterator[Stage]:
    """The poll door, with a real intake behind it."""
    async with web(site) as url, build(IngestSettings(nats_url=server.url)).running() as running:
        assert running.runtime is not None
        feed = Feed(name=f"wall-{uuid4().hex[:10]}", door="poll", url=f"{url}/feed", **members)
        yield Stage(feed, intake=Intake(running.runtime))


def place_of(stage: Stage) -> looking.PollPlace:
    """What the door remembered."""
    return msgspec.msgpack.decode(stage.place, type=looking.PollPlace)


@pytest.mark.parametrize(("page", "said"), [(LOGIN, "a log-in page"), (EMPTY, "a page without text")])
async def test_a_wall_is_a_fault_at_once(server: EmbeddedServer, client: Client, page: bytes, said: str) -> None:
    """It says what it is and what to do, as a status of refusal does; it is not remembered as seen."""
    site = Site(page, "text/html")
    site.etag = '"wall"'
    async with reading(server, site) as stage:
        for _ in range(2):
            async with stage.playing(poll.door):
                with pytest.raises(DoorFault, match=rf"/feed answered with {said}, and no story: html: the page "):
                    await stage.look()
        assert not stage.place
        site.body, site.etag = newsfeed("Ferry adrift"), '"feed"'
        async with stage.playing(poll.door):
            await stage.look()
        assert [receipt.headline for receipt in stage.receipts] == ["Ferry adrift"]


@pytest.mark.parametrize(("page", "said"), [(LOGIN, "a log-in page"), (FRONT, "a web page")])
async def test_a_page_in_place_of_a_feed_is_no_story(
    server: EmbeddedServer, client: Client, page: bytes, said: str
) -> None:
    """Whatever is in it: a source that had RSS has no stories in pages. Nothing of it is taken."""
    site = Site(newsfeed("Ferry adrift"))
    async with reading(server, site) as stage:
        async with stage.playing(poll.door):
            await stage.look()
            site.body = page
            with pytest.raises(DoorFault, match=rf"answered with {said}, where it had rss; correct the url"):
                await stage.look()
        assert len(stage.handed) == 1
        site.body = newsfeed("Ferry adrift", "Ferry found")
        async with stage.playing(poll.door):
            await stage.look()
    assert [receipt.headline for receipt in stage.receipts[1:]] == ["Ferry adrift", "Ferry found"]


async def test_what_cannot_be_read_is_a_fault_when_it_stays_so(server: EmbeddedServer, client: Client) -> None:
    """A document may be broken for a moment; the same one counts at each look, and after a restart."""
    site = Site(newsfeed("Ferry adrift")[:200])
    site.etag = '"broken"'
    async with reading(server, site) as stage:
        async with stage.playing(poll.door):
            for _ in range(looking.PATIENCE - 1):
                await stage.look()
            with pytest.raises(DoorFault, match=r"3 looks in a row brought nothing that can be read; `dateline quara"):
                await stage.look()
        assert len(stage.handed) == 1
        site.body, site.etag = site.body + b"<item>", '"other"'
        async with stage.playing(poll.door):
            with pytest.raises(DoorFault, match=r"can be read: rss: .*; `dateline quarantine ls` shows it"):
                await stage.look()
        site.body, site.etag = newsfeed("Ferry adrift"), '"whole"'
        async with stage.playing(poll.door):
            await stage.look(2)
        assert place_of(stage).unread == 0


async def test_an_entry_behind_a_wall_is_not_acknowledged(server: EmbeddedServer, client: Client) -> None:
    """The queue would forget it, and all that Dateline had of it were a log-in page."""
    site = Site(b'{"entries": [{"id": "7"}]}', "application/json")
    listing = Listing(items="/entries", id="/id", fetch="item?id={id}", acknowledge="entry/{id}")
    async with reading(server, site, listing=listing) as stage, stage.playing(poll.door):
        with pytest.raises(DoorFault, match=r"item\?id=7 answered with a log-in page, and no story"):
            await stage.look()
    assert not site.deleted


async def test_a_cursor_does_not_go_on_past_a_wall(server: EmbeddedServer, client: Client) -> None:
    """The answer that it stood for is asked for again."""
    site = Site(LOGIN, "text/html")
    async with reading(server, site, cursor=Cursor(next="link")) as stage, stage.playing(poll.door):
        with pytest.raises(DoorFault, match="answered with a log-in page"):
            await stage.look()
    assert not stage.place


async def test_an_operator_sees_the_feed_fail_and_work_again(
    server: EmbeddedServer, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As events, each once, and in ``dateline feeds ls`` with the reason."""
    monkeypatch.setattr("dateline_ingest.doors.failing.FIRST_WAIT", 0.05)
    site = Site(LOGIN, "text/html")
    name = f"wall-{uuid4().hex[:10]}"
    async with web(site) as url, build(IngestSettings(nats_url=server.url)).running():
        feed = Feed(name=name, door="poll", url=f"{url}/feed", every=0.1)
        bucket = await client.jetstream().key_value(FEEDS.name)
        await bucket.put(name, encode_feed(feed))

        async def reason() -> str:
            failing = (await states(client, [feed]))[name].failing  # type: ignore[arg-type]
            return failing.reason if failing else ""

        assert "answered with a log-in page, and no story" in await eventually(reason)
        site.body = newsfeed("Ferry adrift")
        await eventually(reason, lambda said: not said)

        async def told(what: str) -> list[str]:
            messages = await client.jetstream().get_last_msg(FEED_EVENTS.name, feed_subject(name, what))
            return [type(decode_feed_event(messages.data or b"")).__name__]

        assert await told("failing") + await told("working") == ["FeedFailing", "FeedWorking"]
        await bucket.delete(name)


async def test_an_operator_sees_where_a_feed_moved(server: EmbeddedServer, client: Client) -> None:
    """Until the entry has that address, or the source is back."""
    name = f"moved-{uuid4().hex[:10]}"
    gone: list[str] = []

    async def site(asked: Asked) -> Answered:
        if asked.path in gone:
            return Answered(404)
        if asked.path == "/old" and not gone:
            return Answered(301, b"", [("location", "/new")])
        return Answered(200, newsfeed("Ferry adrift"), [("content-type", "application/rss+xml")])

    async with web(site) as url, build(IngestSettings(nats_url=server.url)).running():
        feed = Feed(name=name, door="poll", url=f"{url}/old", every=0.1)
        bucket = await client.jetstream().key_value(FEEDS.name)
        await bucket.put(name, encode_feed(feed))

        async def moved(of: Feed = feed) -> str:
            return (await states(client, [of]))[name].moved  # type: ignore[arg-type]

        assert await eventually(moved) == f"{url}/new"
        assert await moved(msgspec.structs.replace(feed, url=f"{url}/new")) == ""
        gone.append("/new")
        await eventually(moved, lambda said: not said)
        await bucket.delete(name)
