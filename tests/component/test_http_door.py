"""Pushing stories by HTTP, against a running ingest service and a real nats-server."""

from __future__ import annotations

import asyncio
import hashlib
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
import pytest
from desk import KEY, ninjs, opened
from nats.aio.client import Client
from stories import guid

from dateline_ingest.app import build
from dateline_ingest.settings import IngestSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.originals import Originals
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.runtime import Runtime
from dateline_kernel.testing import PATIENCE, eventually, real_server
from dateline_schemas.events import Arrival, StoryCanceled
from dateline_schemas.identity import story_id

AUTH = {"Authorization": f"Bearer {KEY}"}


@asynccontextmanager
async def ingest(server: EmbeddedServer, **feed: Any) -> AsyncIterator[tuple[httpx.AsyncClient, Runtime, Client]]:
    """A running ingest with one feed, an HTTP client for its door, its runtime, and a connection of the test's."""
    async with opened(server, max_body=2_000_000, **feed) as desk:
        del desk.http.headers["content-type"]
        yield desk.http, desk.ingest.runtime, desk.client


async def push(http: httpx.AsyncClient, body: bytes, **headers: str) -> httpx.Response:
    """Push a body."""
    return await http.post("/v1/stories", content=body, headers=headers)


async def test_a_push_is_answered_when_the_story_is_in_the_log(server: EmbeddedServer) -> None:
    """202 with story id, version and event id; the event is there, and the original under its hash."""
    async with ingest(server) as (http, _, client):
        body = ninjs(name := guid())
        answer = await push(http, body, **{"content-type": "application/json"})
        assert answer.status_code == 202
        receipt = answer.json()
        assert receipt["story_id"] == story_id("test", name)
        log = await Journal(client, "ingest").load(receipt["story_id"])
        event = log[0].event
        assert isinstance(event, Arrival)
        assert (event.id, event.version) == (receipt["event_id"], receipt["version"])
        assert (event.feed, event.door, event.format) == ("test", "http", "ninjs")
        assert event.original == hashlib.sha256(body).hexdigest()
        assert await Originals(client).get(event.original) == body


async def test_versions_become_updates_repeats_latecomers_and_disputes(server: EmbeddedServer) -> None:
    """The version rules hold over HTTP; a repeat is acknowledged and not appended."""
    async with ingest(server) as (http, _, client):
        name = guid()
        answers = [
            (await push(http, body)).json()
            for body in (
                ninjs(name, "2"),
                ninjs(name, "2"),
                ninjs(name, "10"),
                ninjs(name, "9"),
                ninjs(name, "10", headlines=[{"value": "Other"}]),
            )
        ]
        assert [(one["standing"], one["duplicate"]) for one in answers] == [
            ("current", False),
            ("current", True),
            ("current", False),
            ("late", False),
            ("disputed", False),
        ]
        assert answers[1]["event_id"] == answers[0]["event_id"]
        assert len(await Journal(client, "ingest").load(story_id("test", name))) == 4


async def test_a_canceled_story_is_a_kill(server: EmbeddedServer) -> None:
    """pubStatus canceled is its own kind of event, so that it need not queue."""
    async with ingest(server) as (http, _, client):
        name = guid()
        await push(http, ninjs(name, "1"))
        await push(http, ninjs(name, "2", pubStatus="canceled"))
        log = await Journal(client, "ingest").load(story_id("test", name))
        assert isinstance(log[-1].event, StoryCanceled)


async def test_the_same_story_pushed_many_times_at_once_is_one_event(server: EmbeddedServer) -> None:
    """A sender's impatience does not double anything."""
    async with ingest(server) as (http, _, client):
        body = ninjs(name := guid())
        answers = await asyncio.gather(*(push(http, body) for _ in range(20)))
        assert {answer.status_code for answer in answers} == {202}
        assert len({answer.json()["event_id"] for answer in answers}) == 1
        assert len(await Journal(client, "ingest").load(story_id("test", name))) == 1


async def test_many_versions_at_once_end_with_the_newest_current(server: EmbeddedServer) -> None:
    """Whatever the order in which they win, ordinals are 1, 2, 3... and the newest version is current."""
    async with ingest(server) as (http, _, client):
        name = guid()
        await asyncio.gather(*(push(http, ninjs(name, str(version))) for version in range(1, 9)))
        events = [one.event for one in await Journal(client, "ingest").load(story_id("test", name))]
        current = [event for event in events if isinstance(event, Arrival) and event.standing == "current"]
        assert [event.ordinal for event in current] == list(range(1, len(current) + 1))
        assert current[-1].version == "8"
        assert len(events) == 8


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"""
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><newsItem>&f;</newsItem>"""


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(b"", "empty", id="empty body"),
        pytest.param(b"   \n ", "empty", id="blank body"),
        pytest.param(b'<?xml version="1.0"?><newsItem guid="x"><itemMeta>', "line 1", id="truncated XML"),
        pytest.param(BOMB, "DOCTYPE", id="entity bomb"),
        pytest.param(EXTERNAL, "DOCTYPE", id="external entity"),
        pytest.param(b'{"a": 1, "b": [2]}', "ninjs", id="JSON that is not ninjs"),
        pytest.param(b'{"uri": "urn:x", ', "JSON", id="truncated JSON"),
        pytest.param(
            b"<?xml version='1.0' encoding='utf-8'?><newsItem>\xff\xfe\xe9</newsItem>", "", id="wrong encoding"
        ),
        pytest.param(b"\x00\x01\x02\x03\xff\xfe" * 50, "", id="bytes of no format"),
    ],
)
async def test_bad_input_is_refused_with_a_reason_and_kept(server: EmbeddedServer, body: bytes, says: str) -> None:
    """A 4xx problem document; the body is in quarantine under the number it names; the next push is taken."""
    async with ingest(server) as (http, _, client):
        answer = await push(http, body)
        problem = answer.json()
        assert 400 <= answer.status_code < 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert says.lower() in problem["detail"].lower()
        kept = await Quarantine(client).get(problem["quarantine"])
        assert (kept.what.kind, kept.what.feed) == ("input", "test")
        assert await Originals(client).get(kept.what.original) == body
        assert (await push(http, ninjs(guid()))).status_code == 202


async def test_a_clock_years_ahead_is_refused_and_kept(server: EmbeddedServer) -> None:
    """422, with the claim in the reason."""
    async with ingest(server) as (http, _, _client):
        answer = await push(http, ninjs(guid(), versionCreated="2099-01-01T00:00:00Z"))
        assert answer.status_code == 422
        assert "2099" in answer.json()["detail"]
        assert answer.json()["quarantine"] > 0


async def test_a_body_that_is_too_large_is_refused(server: EmbeddedServer) -> None:
    """413, whether its length is announced or it comes in chunks."""
    async with ingest(server) as (http, _, _client):
        large = b"x" * 5_000_000
        assert (await push(http, large)).status_code == 413

        async def chunks() -> AsyncIterator[bytes]:
            for start in range(0, len(large), 100_000):
                yield large[start : start + 100_000]

        assert (await http.post("/v1/stories", content=chunks())).status_code == 413
        assert (await push(http, ninjs(guid()))).status_code == 202


@pytest.mark.parametrize(("key", "status"), [(AUTH, 413), ({"Authorization": "Bearer nobody's"}, 401)])
async def test_a_sender_that_listens_only_at_the_end_hears_why(
    server: EmbeddedServer, key: dict[str, str], status: int
) -> None:
    """It sends all of 20 MB before it looks for an answer, and finds one instead of a broken connection."""
    async with ingest(server) as (http, _, _client):
        url = str(http.base_url.join("/v1/stories"))
        request = urllib.request.Request(url, data=b"x" * 20_000_000, headers={**key, "Content-Type": "text/plain"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            await asyncio.to_thread(urllib.request.urlopen, request, timeout=PATIENCE)
        with refused.value as answer:
            assert (answer.code, msgspec.json.decode(answer.read())["status"]) == (status, status)


async def test_a_body_that_comes_too_slowly_is_refused(server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """408: a sender that trickles, or fell asleep, holds no connection for ever."""
    monkeypatch.setattr("dateline_ingest.doors.request.BODY_SECONDS", 0.2)
    async with ingest(server) as (http, _, _client):
        reader, writer = await asyncio.open_connection(http.base_url.host, http.base_url.port)
        head = f"POST /v1/stories HTTP/1.1\r\nhost: x\r\nx-api-key: {KEY}\r\ncontent-length: 100\r\n\r\nhalf"
        writer.write(head.encode())
        answer = await asyncio.wait_for(reader.readline(), PATIENCE)
        writer.close()
        assert answer == b"HTTP/1.1 408 Request Timeout\r\n"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"X-API-Key": "wrong"}])
async def test_an_unknown_key_is_refused(server: EmbeddedServer, headers: dict[str, str]) -> None:
    """401 with what to send, before the body counts for anything."""
    async with ingest(server) as (http, _, _client):
        del http.headers["authorization"]
        answer = await push(http, ninjs(guid()), **headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "API key" in answer.json()["detail"]


async def test_html_with_scripts_leaves_them_outside(server: EmbeddedServer) -> None:
    """A page is taken in; no script is."""
    page = f"""<html lang="en"><head><title>Bridge opens to traffic - News Example</title><link rel="canonical" href="https://news.example/{guid()}">
    <script>alert("evil")</script></head><body><article><h1>Bridge opens to traffic</h1>
    {"".join(f"<p>Sentence {n} of the story about the bridge that opened on Monday in Riverton.</p>" for n in range(8))}
    <p onclick="evil()">Another paragraph with a <a href="javascript:evil()">link</a> in it, and more text.</p>
    <p>AFP</p></article></body></html>"""
    async with ingest(server) as (http, _, client):
        answer = await push(http, page.encode(), **{"content-type": "text/html"})
        assert answer.status_code == 202
        log = await Journal(client, "ingest").load(answer.json()["story_id"])
        event = log[0].event
        assert isinstance(event, Arrival)
        assert event.story.headline == "Bridge opens to traffic"
        said = event.story.body_html + " ".join(event.story.paragraphs)
        assert "evil" not in said and "script" not in said


async def test_a_feed_that_pushes_too_fast_is_asked_to_slow_down(server: EmbeddedServer) -> None:
    """429 with Retry-After past the feed's rate, however long a push takes here: they come at once."""
    async with ingest(server, per_second=1) as (http, _, _client):
        answers = await asyncio.gather(*(push(http, ninjs(guid())) for _ in range(60)))
        assert {answer.status_code for answer in answers} == {202, 429}
        assert {int(answer.headers["retry-after"]) >= 1 for answer in answers if answer.status_code == 429} == {True}


async def test_a_server_that_is_down_is_said_to_be_down() -> None:
    """503 with Retry-After; nothing is half accepted; pushes are taken again when it is back."""
    with real_server() as server:
        async with ingest(server) as (http, _, client):
            body = ninjs(name := guid())
            assert (await push(http, ninjs(guid()))).status_code == 202
            server.kill()
            answer = await push(http, body)
            assert answer.status_code == 503
            assert int(answer.headers["retry-after"]) > 0
            server.start()

            async def taken() -> bool:
                return (await push(http, body)).status_code == 202

            await eventually(taken)
            # The connection of the test may come back later than that of ingest.
            assert len(await eventually(lambda: Journal(client, "ingest").load(story_id("test", name)))) == 1


async def test_refused_input_can_be_tried_again(server: EmbeddedServer) -> None:
    """Under rules that can read it, what stood in quarantine becomes a story."""
    async with ingest(server) as (http, runtime, client):
        kept = await Quarantine(client).get((await push(http, b'{"not": "a story"}')).json()["quarantine"])
        good = await Originals(client).keep(ninjs(name := guid()))
        service = build(IngestSettings())
        assert service.retake is not None
        said = await service.retake(runtime, msgspec.structs.replace(kept.what, original=good))
        assert story_id("test", name) in said


async def test_other_paths_and_methods_are_problems_too(server: EmbeddedServer) -> None:
    """404 and 405 come as problem documents, and say what there is."""
    async with ingest(server) as (http, _, _client):
        for method, path, status, told in (
            ("GET", "/v1/nothing", 404, "there are /v1/stories, /v1/batches"),
            ("POST", "/v1/stories/", 404, "write it as /v1/stories"),
            ("POST", "/V1//Batches", 404, "write it as /v1/batches"),
            ("GET", "/v1/stories", 405, "use POST"),
            ("DELETE", "/v1/receipts/1", 405, "use GET"),
            ("POST", "/readyz", 405, "use GET"),
        ):
            answer = await http.request(method, path)
            assert (answer.status_code, answer.json()["status"]) == (status, status)
            assert answer.headers["content-type"] == "application/problem+json"
            assert told in answer.json()["detail"]
            assert ("allow" in answer.headers) == (status == 405)


async def test_what_a_path_may_be_asked_with_is_told(server: EmbeddedServer) -> None:
    """OPTIONS (RFC 9110, 9.3.7); HEAD is as GET without a body."""
    async with ingest(server) as (http, _feed, _client):
        for path, allowed in (("/v1/stories", "POST, OPTIONS"), ("/v1/receipts/x", "GET, HEAD, OPTIONS")):
            answer = await http.request("OPTIONS", path)
            assert (answer.status_code, answer.headers["allow"], answer.content) == (200, allowed, b"")
        for path in ("/livez", "/readyz", "/metrics"):
            assert (await http.head(path)).status_code == 200


async def test_a_message_that_tells_of_a_story_twice_brings_both_versions(name: str) -> None:
    """The same bytes are a repeat only where they come again; then none of the two is written."""
    item = (
        '<newsItem guid="%s" version="%d"><contentMeta><headline>Bridge opens</headline></contentMeta><contentSet>'
        "<inlineData contenttype='text/plain'>The bridge opened on Monday, say %d.</inlineData></contentSet></newsItem>"
    )
    items = "".join(item % (name, version, version) for version in (1, 2))
    message = f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{items}</itemSet></newsMessage>'
    with real_server() as server:
        async with ingest(server) as (http, runtime, _):
            for duplicate in (False, True):
                answer = await http.post("/v1/stories", content=message.encode())
                assert [one["duplicate"] for one in answer.json()["stories"]] == [duplicate] * 2
            events = await runtime.journal.load(story_id("test", name))
            assert [recorded.event.version for recorded in events] == ["1", "2"]
