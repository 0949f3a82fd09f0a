"""Providers' own interfaces, put together from an entry's members, against servers that behave as documented.

A feed with a cursor as the AP Media API has it, a queue with receipts as dpa's wireQ has it, a channel that wants a
token from a login as Reuters' web services have it.
"""

from __future__ import annotations

import json
import tomllib
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import msgspec
import pytest
from slowness import in_time
from stage import Stage
from web import Answered, Asked, web

from dateline_ingest.doors import poll
from dateline_ingest.doors.looking import PollPlace
from dateline_ingest.doors.pointers import count_at, entries_at, next_link, value_at
from dateline_ingest.doors.room import DoorFault
from dateline_schemas.feeds import Feed
from dateline_schemas.interfaces import Login

ENTRIES = Path(__file__).resolve().parents[3] / "deploy/feeds"


def shipped(name: str, url: str) -> Feed:
    """The entry that Dateline ships for an interface, with another address."""
    [table] = tomllib.loads((ENTRIES / f"{name}.toml").read_text("utf-8"))["feed"]
    return msgspec.structs.replace(msgspec.convert(table, Feed), url=url)


def as_json(value: Any, status: int = 200, **headers: str) -> Answered:
    """An answer in JSON."""
    stated = [("content-type", "application/json"), *((name.replace("_", "-"), said) for name, said in headers.items())]
    return Answered(status, json.dumps(value).encode(), stated)


class Paged:
    """Pages of items behind a cursor: each answer says where the next is; an empty one says the same place again."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []
        self.asked: list[str] = []
        self.forgets = False
        self.next = "/feed?qt=T&seq={}"

    async def __call__(self, asked: Asked) -> Answered:
        """The page at ``seq``; 400 for a token that was forgotten."""
        query = parse_qs(asked.query.decode())
        self.asked.append(asked.query.decode())
        if self.forgets and "qt" in query:
            self.forgets = False
            return as_json({"error": {"status": 400, "code": 6060}}, 400)
        seq = int(query.get("seq", ["0"])[0])
        items = self.pages[seq] if seq < len(self.pages) else []
        following = self.next.format(seq + 1 if items else seq)
        return as_json({"data": {"next_page": following, "items": [{"id": one} for one in items]}})


def paged(url: str) -> Feed:
    """The entry for AP's, with the secret left out."""
    return msgspec.structs.replace(shipped("ap-media-api", f"{url}/feed"), every=7)


async def test_a_cursor_is_followed_to_its_end_and_remembered() -> None:
    """At once while there is more; an empty answer is not taken in; a restart goes on where it was."""
    site = Paged()
    site.pages = [["a", "b"], ["c"]]
    async with web(site) as url:
        feed = msgspec.structs.replace(paged(url), url=f"{url}/feed?q=x")
        stage = Stage(feed)
        async with stage.playing(poll.door):
            assert [await stage.look() for _ in range(3)] == [0, 0, 7]
        assert [json.loads(one.data)["data"]["items"] for one in stage.handed] == [
            [{"id": "a"}, {"id": "b"}],
            [{"id": "c"}],
        ]
        site.pages.append(["d"])
        again = Stage(feed)
        again.place = stage.place
        async with again.playing(poll.door):
            await again.look()
        assert site.asked == ["q=x", *(f"qt=T&seq={seq}&include=*" for seq in (1, 2, 2))]
        assert len(again.handed) == 1


async def test_a_place_that_the_source_forgot_is_begun_anew() -> None:
    """What it hands out again is known to the version rules; nothing is skipped in silence."""
    site = Paged()
    site.pages = [["a"]]
    async with (
        web(site) as url,
        Stage(paged(url)).playing(poll.door) as stage,
    ):
        await stage.look()
        site.forgets = True
        await stage.look()
        assert site.asked == ["", "qt=T&seq=1&include=*", ""]
        assert len(stage.said("the source forgot the place; begun anew")) == 1


@pytest.mark.parametrize(
    ("leads", "said"),
    [
        ("http://elsewhere.example/feed?seq={}", r"elsewhere\.example, not at 127"),
        ("http://127.0.0.1:1/feed?seq={}", r"127\.0\.0\.1:1, not at 127"),
        ("http://127.0.0.1:99999/feed?seq={}", "is none"),
    ],
    ids=["host", "port", "nowhere"],
)
async def test_a_cursor_leads_nowhere_else(leads: str, said: str) -> None:
    """Whatever an answer says: the secret stays with the source."""
    site = Paged()
    site.pages, site.next = [["a"]], leads
    async with (
        web(site) as url,
        Stage(paged(url)).playing(poll.door) as stage,
    ):
        with pytest.raises(DoorFault, match=said):
            await stage.look()


class Queue:
    """Hands out entries with receipts and hides them; an entry whose receipt is not deleted comes again."""

    def __init__(self, path: str, *entries: str) -> None:
        self.path = path
        self.waiting = list(entries)
        self.hidden: dict[str, str] = {}
        self.log: list[str] = []
        self.refuses = 0

    async def __call__(self, asked: Asked) -> Answered:
        """GET entries.json, DELETE entry/<receipt>."""
        if not asked.path.startswith(self.path):
            return Answered(403)
        name = asked.path.removeprefix(self.path)
        if asked.method == "DELETE":
            self.log.append("deleted")
            if self.refuses:
                return Answered(self.refuses)
            return Answered(204 if self.hidden.pop(name.removeprefix("entry/"), None) else 410)
        self.log.append("asked")
        handed = [{"headline": one, "_wireq_receipt": f"AQ/{uuid.uuid4().hex}+="} for one in self.waiting[:2]]
        self.hidden.update({one["_wireq_receipt"]: one["headline"] for one in handed})
        self.waiting = self.waiting[2:]
        return as_json({"entries": handed}, retry_after="10" if self.waiting else "50")

    def time_out(self) -> None:
        """Receipts end: what was not deleted is handed out again."""
        self.waiting += self.hidden.values()
        self.hidden.clear()


def queue_feed(url: str) -> Feed:
    """Its address is itself the secret."""
    return shipped("dpa-wireq", f"{url}/{{secret}}/entries.json")


async def test_an_entry_of_a_queue_is_acknowledged_once_it_is_on_disk() -> None:
    """One message each; Retry-After says when there is more; the secret part of the address stays hidden."""
    path = "/K3y-Of-Q/aufschaltung/au-1/wireq/f-2/"
    queue = Queue(path, "one", "two", "three")
    async with web(queue) as url:
        stage = Stage(queue_feed(url), path.strip("/"))
        taken = stage.take

        async def take(data: bytes, *, hint: str = "", url: str = "", name: str = "") -> Any:
            queue.log.append("taken")
            return await taken(data, hint=hint, url=url, name="entry")

        stage.take = take  # type: ignore[method-assign]
        async with stage.playing(poll.door):
            assert [await stage.look(), await stage.look()] == [10, 50]
        assert [json.loads(one.data)["headline"] for one in stage.handed] == ["one", "two", "three"]
        assert queue.log == ["asked", "taken", "deleted", "taken", "deleted", "asked", "taken", "deleted"]
        assert queue.hidden == {}
        assert "K3y-Of-Q" not in stage.everything() + str(stage.handed)


async def test_what_was_not_taken_is_not_acknowledged() -> None:
    """The log is away in the middle of a list: the entry comes again when its receipt has ended."""
    queue = Queue("/q/", "one", "two")
    async with web(queue) as url:
        stage = Stage(queue_feed(url), "q")

        async def fails(data: bytes, **_: Any) -> Any:
            raise DoorFault("not on disk")

        stage.take = fails  # type: ignore[method-assign]
        async with stage.playing(poll.door):
            with pytest.raises(DoorFault, match="not on disk"):
                await stage.look()
        assert queue.log == ["asked"]
        queue.time_out()
        again = Stage(queue_feed(url), "q")
        async with again.playing(poll.door):
            await again.look()
        assert len(again.handed) == 2 and queue.hidden == {}


async def test_an_acknowledgement_that_fails_is_told() -> None:
    """Too late is harmless; refused is a fault, since the same entries would come for ever."""
    queue = Queue("/q/", "one", "two")
    async with web(queue) as url:
        stage = Stage(queue_feed(url), "q")
        async with stage.playing(poll.door):
            queue.refuses = 410
            await stage.look()
            assert stage.said("acknowledged too late; they come again")[0]["entries"] == 2
            queue.time_out()
            queue.refuses = 403
            with pytest.raises(DoorFault, match="answered 403 to the acknowledgement of an entry that is on disk"):
                await stage.look()


class Channel:
    """A login that gives a token in XML; a list of a channel; items by id. The token goes in the address."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.ids = ["tag:example,2031:newsml_A:1", "tag:example,2031:newsml_B:1"]
        self.asked: list[str] = []
        self.password = "ebb&flow=7"

    async def __call__(self, asked: Asked) -> Answered:
        """Answer as the web services do."""
        query = {name: values[0] for name, values in parse_qs(asked.query.decode()).items()}
        self.asked.append(asked.path)
        if asked.path == "/login":
            if query != {"username": "desk", "password": self.password}:
                return Answered(401, self.password.encode())
            self.tokens = [f"T0ken/{len(self.asked)}+="]
            return Answered(200, f"<authToken>{self.tokens[0]}</authToken>".encode())
        if query.get("token") not in self.tokens:
            return Answered(401)
        if asked.path == "/items":
            listed = "".join(f"<result><id>{one}</id></result>" for one in self.ids)
            return Answered(200, f'<results xmlns="urn:x">{listed}</results>'.encode(), [("content-type", "text/xml")])
        return Answered(200, f"<newsMessage>{query['id']}</newsMessage>".encode(), [("content-type", "text/xml")])


def channel_feed(url: str) -> Feed:
    """As an entry says it."""
    feed = shipped("reuters-web-services", f"{url}/items?channel=abc")
    assert feed.login is not None
    return msgspec.structs.replace(feed, login=msgspec.structs.replace(feed.login, url=f"{url}/login"))


async def test_a_login_gives_the_token_and_each_entry_is_fetched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One login for many looks, a new one when the token is not taken; what was seen is not fetched again."""
    site = Channel()
    monkeypatch.setenv("REUTERS_USER", "desk")
    monkeypatch.setenv("REUTERS_PASSWORD", site.password)
    async with web(site) as url, Stage(channel_feed(url)).playing(poll.door) as stage:
        await stage.look()
        site.ids.append("tag:example,2031:newsml_A:2")
        await stage.look()
        assert site.asked == ["/login", "/items", "/item", "/item", "/items", "/item"]
        assert [one.data.decode()[13:-14] for one in stage.handed] == site.ids
        token = site.tokens.pop()
        await stage.look()
        assert site.asked[6:] == ["/items", "/login", "/items"]
        seen = stage.everything() + str(stage.handed)
        assert token not in seen and site.password not in seen and "ebb" not in seen


async def test_a_login_that_fails_says_what_to_do_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password, a variable that is not set, an answer without a token."""
    site = Channel()
    monkeypatch.setenv("REUTERS_USER", "desk")
    async with web(site) as url:
        feed = channel_feed(url)
        monkeypatch.delenv("REUTERS_PASSWORD", raising=False)
        with pytest.raises(DoorFault, match="environment variable REUTERS_PASSWORD is not set"):
            await poll.probe(feed, "")
        monkeypatch.setenv("REUTERS_PASSWORD", "wr0ng&tide")
        with pytest.raises(DoorFault, match="answered 401 to the login; check its secrets and fields") as fault:
            await poll.probe(feed, "")
        assert "wr0ng" not in str(fault.value)


async def test_redirects_show_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the secret part of an address, nor the members of a login, nor a token in a query."""
    monkeypatch.setenv("REUTERS_USER", "desk")
    monkeypatch.setenv("REUTERS_PASSWORD", "ebb&flow=7")

    async def site(asked: Asked) -> Answered:
        if asked.path == "/login" and b"wave" not in asked.query:
            return Answered(200, b"<authToken>T0ken/9+=</authToken>")
        return Answered(302, headers=[("location", f"ftp://x.example{asked.path}?{asked.query.decode()}")])

    async with web(site) as url:
        for feed, secret in (
            (queue_feed(url), "K3y/of=the/queue"),
            (channel_feed(url), ""),
            (msgspec.structs.replace(channel_feed(url), url=f"{url}/items?wave=1"), ""),
        ):
            with pytest.raises(DoorFault, match="no web address") as fault:
                await poll.probe(feed, secret)
            said = str(fault.value)
            assert "K3y" not in said and "ebb" not in said and "T0ken" not in said


async def test_a_token_by_client_credentials_goes_in_a_header(monkeypatch: pytest.MonkeyPatch) -> None:
    """OAuth 2 (RFC 6749, 4.4): form and Basic, ``expires_in`` kept to."""
    asked: list[Asked] = []

    async def site(request: Asked) -> Answered:
        asked.append(request)
        if request.path == "/oauth/token":
            return as_json({"access_token": "tok-1", "expires_in": 61})
        return Answered(200, b"<rss version='2.0'><channel><title>x</title></channel></rss>")

    monkeypatch.setenv("GULL", "id:s3cr3t-gull")
    async with web(site) as url:
        fields = {"grant_type": "client_credentials", "audience": "aud"}
        login = Login(url=f"{url}/oauth/token", fields=fields, basic="env:GULL")
        await poll.probe(Feed(name="gull", door="poll", url=f"{url}/feed", login=login), "")
    assert parse_qs(asked[0].body.decode()) == {"grant_type": ["client_credentials"], "audience": ["aud"]}
    assert asked[0].headers["authorization"].startswith("Basic ")
    assert asked[1].headers["authorization"] == "Bearer tok-1"


async def test_a_check_shows_the_first_entry_and_acknowledges_nothing() -> None:
    """``dateline feeds check`` on a queue."""
    queue = Queue("/q/", "one", "two")
    async with web(queue) as url:
        found = await poll.probe(queue_feed(url), "q")
    assert (found.new, json.loads(found.sample)["headline"], queue.log) == (2, "one", ["asked"])
    assert "none is now" in found.note


async def test_a_check_shows_where_a_cursor_leads() -> None:
    """A wrong path would be silence for ever: the check counts what is there, and faults one that leads nowhere."""
    site = Paged()
    site.pages = [["a", "b"]]
    async with web(site) as url:
        found = await poll.probe(paged(url), "")
        assert found.note == f"2 items at /data/items; the next answer is at {url}/feed?qt=T&seq=1&include=*"
        cursor = msgspec.structs.replace(paged(url).cursor, next="/data/follow")
        with pytest.raises(DoorFault, match=r"no next address at /data/follow; correct cursor\.next"):
            await poll.probe(msgspec.structs.replace(paged(url), cursor=cursor), "")


def test_paths_lead_into_json_and_xml() -> None:
    """JSON Pointer with its escapes, ElementPath; what is not there is empty; what is neither is explained."""
    answer = json.dumps({"a/b": [{"n": 7, "t": " x "}, None], "none": []}).encode()
    assert (value_at(answer, "/a~1b/0/n"), value_at(answer, "/a~1b/0/t"), value_at(answer, "/a~1b/9")) == ("7", "x", "")
    assert (count_at(answer, "/none"), count_at(answer, "/missing"), count_at(answer, "/a~1b")) == (0, 0, 2)
    xml = b"<r xmlns='urn:x'><i><id>1</id></i><i><id>2</id></i></r>"
    assert [entry.id for entry in entries_at(xml, "{*}i", "{*}id")] == ["1", "2"]
    assert next_link('<https://a.example/1>; rel="prev", <https://a.example/3>; rel="next"') == "https://a.example/3"
    # A header of the worst kind holds nobody up.
    for hostile in ("<a>;rel=x" * 10_000, "<a>; rel=" + " " * 90_000, "<a>;" + " " * 90_000, "<a>; rel" + " " * 90_000):
        assert in_time(1.0, lambda hostile=hostile: next_link(hostile)) == ""  # type: ignore[misc]
    with pytest.raises(DoorFault, match="neither JSON nor XML"):
        value_at(b"hello", "/a")
    with pytest.raises(DoorFault, match="has nothing at /x"):
        entries_at(b'{"e": [{}]}', "/e", "/x")


def test_a_place_of_before_still_counts() -> None:
    """What an earlier release remembered has no cursor in it."""
    old = msgspec.msgpack.encode(
        {"door": "PollPlace", "url": "u", "moved": "", "etag": "e", "modified": "", "digest": b"d"}
    )
    assert msgspec.msgpack.decode(old, type=PollPlace) == PollPlace(url="u", etag="e", digest=b"d")
