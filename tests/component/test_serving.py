"""The HTTP server of a service, against senders that may be anybody."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import pytest

from dateline_kernel.requesthead import KEPT, MOST_HEAD
from dateline_kernel.serving import HttpServer
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.telemetry import Asgi
from dateline_kernel.testing import PATIENCE

LONGEST_USUAL = 600
"""Seconds that the most patient of the usual proxies keeps an idle connection to ask again by: Google's."""


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answer with the size of the body."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    body = str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def manners(scope: Any, receive: Any, send: Any) -> None:
    """Answer in the manner that the path names."""
    manner = scope["path"].removeprefix("/")
    length = {"pieces": [], "short": [(b"content-length", b"9")], "closing": [(b"connection", b"close")]}
    headers = length.get(manner, [(b"Content-Length", b"6"), (b"X-One", b"1")])
    await send({"type": "http.response.start", "status": 202, "headers": headers})
    if manner == "broken":
        raise RuntimeError("after the head, before the body")
    if manner in ("pieces", "two"):
        await send({"type": "http.response.body", "body": b"ans", "more_body": True})
        await send({"type": "http.response.body", "body": b"wer"})
    else:
        await send({"type": "http.response.body", "body": b"answer"})


@asynccontextmanager
async def serving(app: Asgi = echo) -> AsyncIterator[httpx.URL]:
    """The server on a free port; its address."""
    server = HttpServer(ServiceSettings(), app)
    await server.start()
    try:
        yield httpx.URL(server.url)
    finally:
        await server.stop()


async def test_requests_follow_one_another_on_a_connection_whatever_their_bodies() -> None:
    """A body, large or in pieces, counts towards nobody's head."""
    async with serving() as url, httpx.AsyncClient(base_url=url, timeout=PATIENCE) as http:
        for size in (0, 5_000_000, 1, 400_000):
            assert (await http.post("/", content=b"x" * size)).text == str(size)
        assert (await http.get("/", headers={"long": "x" * (MOST_HEAD // 2)})).status_code == 200


@pytest.mark.parametrize(
    "body", [b"Content-Length: 4\r\n\r\ncopy", b"Transfer-Encoding: chunked\r\n\r\n4\r\ncopy\r\n0\r\n\r\n"]
)
@pytest.mark.parametrize("pieces", [1, 2, 40])
async def test_who_offers_another_protocol_is_answered_in_this_one(body: bytes, pieces: int) -> None:
    """As Java's client does with each first request: its body counts, and so does what follows on the connection."""
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAA\r\n"
    sent = (b"POST /some?a=b HTTP/1.1\r\nHost: x\r\n" + offer + body) * 2
    async with serving() as url:
        reader, writer = await asyncio.open_connection(url.host, url.port)
        size = -(-len(sent) // pieces)
        for at in range(0, len(sent), size):
            writer.write(sent[at : at + size])
            await writer.drain()
            await asyncio.sleep(0)
        for _ in range(2):
            async with asyncio.timeout(PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
                assert head.startswith(b"HTTP/1.1 200") and await reader.readexactly(1) == b"4"
        writer.write(b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n")
        async with asyncio.timeout(PATIENCE):
            assert (await reader.read()).startswith(b"HTTP/1.1 400")
        writer.close()


async def test_a_head_that_does_not_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """400, and the connection is closed: nobody fills the memory without a key."""
    monkeypatch.setattr("dateline_kernel.requesthead.HEAD_SECONDS", 3600)
    async with serving() as url:
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n" + (b"long: " + b"x" * 1_000 + b"\r\n") * (MOST_HEAD // 900))
        said = b""
        with suppress(ConnectionError):  # what had not been read of it when the server closed resets the connection
            said = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        assert said[:13] in (b"", b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "sent",
    [
        b"BREW / HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: some\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=["method", "header", "length", "chunk", "tls"],
)
async def test_what_is_no_request_is_refused_as_everything_else_is(sent: bytes) -> None:
    """A problem document that says what to look at; then the connection is closed."""
    async with serving() as url:
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(sent)
        head, _, body = (await asyncio.wait_for(reader.read(), PATIENCE)).partition(b"\r\n\r\n")
        writer.close()
    lines = head.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 400 Bad Request"
    assert b"content-type: application/problem+json" in lines and b"connection: close" in lines
    assert b"content-length: %d" % len(body) in lines
    said = json.loads(body)
    assert (said["status"], said["type"]) == (400, "urn:dateline:problem:http-400")
    assert "look at what your client sends" in said["detail"]


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nhost: x\r\n"])
async def test_a_head_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    """Who connects and falls asleep is left."""
    monkeypatch.setattr("dateline_kernel.requesthead.HEAD_SECONDS", 0.2)
    async with serving() as url:
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(begun)
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
        writer.close()


@pytest.mark.parametrize(
    ("asked", "behind"),
    [
        (b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n", b"x"),
        (b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"GET / HTTP/1.1\r\nhost: x\r\n\r\n", b"\r\n"),
    ],
    ids=["length", "chunks", "lines"],
)
async def test_who_was_answered_holds_its_connection_by_nothing_but_a_request(
    monkeypatch: pytest.MonkeyPatch, asked: bytes, behind: bytes
) -> None:
    """Neither by the rest of a body that nobody wants any more nor by empty lines."""
    monkeypatch.setattr("dateline_kernel.requesthead.HEAD_SECONDS", 0.2)
    async with serving(manners) as url:
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(asked)
        async with asyncio.timeout(PATIENCE):
            await reader.readuntil(b"answer")
            writer.write(behind)
            assert await reader.read() == b""
        writer.close()


async def test_an_idle_connection_is_kept_for_whoever_pools_it_unless_there_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A proxy whose idle connections end before it lets go of them sends requests into closing ones."""
    monkeypatch.setattr("dateline_kernel.requesthead.MANY", 2)
    monkeypatch.setattr("dateline_kernel.requesthead.HURRIED", 0.2)
    asked = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
    async with serving() as url:
        async with asyncio.timeout(PATIENCE):
            kept = await asyncio.open_connection(url.host, url.port)
            kept[1].write(asked)
            await kept[0].readuntil(b"\r\n\r\n0")
            one_more = await asyncio.open_connection(url.host, url.port)
            one_more[1].write(asked)
            await one_more[0].readuntil(b"\r\n\r\n0")
            assert await one_more[0].read() == b""
            kept[1].write(asked)
            await kept[0].readuntil(b"\r\n\r\n0")
        for _, writer in (kept, one_more):
            writer.close()
    assert KEPT > LONGEST_USUAL


@pytest.mark.skipif(sys.platform != "linux", reason="nowhere else does the system look after it")
async def test_who_takes_nothing_of_its_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection ends, though nobody closed it: whoever answered is told."""
    monkeypatch.setattr("dateline_kernel.serving.TAKING", 0.2)
    left = asyncio.Event()

    async def endless(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(100):
            await send({"type": "http.response.body", "body": b"x" * 1_000_000, "more_body": True})
        assert (await receive())["type"] == "http.disconnect"
        left.set()

    async with serving(endless) as url:
        with socket.create_connection((url.host, url.port)) as asking:
            asking.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            await asyncio.wait_for(left.wait(), PATIENCE)


@pytest.mark.parametrize("manner", ["whole", "two", "pieces", "closing"])
async def test_an_answer_is_the_same_in_whatever_manner_it_is_given(manner: str) -> None:
    """Whole, in two, in pieces of no stated length, or as the last one of its connection."""
    async with serving(manners) as url, httpx.AsyncClient(base_url=url) as http:
        for _ in range(2):
            answer = await http.get(f"/{manner}")
            assert (answer.status_code, answer.text) == (202, "answer")
            assert "date" in answer.headers
            assert answer.headers.get("x-one") == (None if manner in ("pieces", "closing") else "1")
            assert (answer.headers.get("connection") == "close") == (manner == "closing")


async def test_who_asks_for_the_head_gets_the_head() -> None:
    """HEAD: the length of the body, and no body, and the connection goes on."""
    async with serving(manners) as url:
        reader, writer = await asyncio.open_connection(url.host, url.port)
        for _ in range(2):
            writer.write(b"HEAD /whole HTTP/1.1\r\nhost: x\r\n\r\n")
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
            assert head.startswith(b"HTTP/1.1 202 Accepted\r\n")
            assert b"content-length: 6\r\n" in head
        writer.write(b"GET /closing HTTP/1.1\r\nhost: x\r\n\r\n")
        rest = await asyncio.wait_for(reader.read(), PATIENCE)
        assert rest.startswith(b"HTTP/1.1 202 Accepted\r\n")
        writer.close()


async def test_requests_that_do_not_wait_are_answered_in_their_order() -> None:
    """Pipelined (RFC 9112, 9.3.2): each answer comes whole, one after the other."""
    async with serving() as url:
        reader, writer = await asyncio.open_connection(url.host, url.port)
        sizes = (3, 0, 12)
        for size in sizes:
            writer.write(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n" % size + b"x" * size)
        for size in sizes:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
            length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
            assert await asyncio.wait_for(reader.readexactly(length), PATIENCE) == b"%d" % size
        writer.close()


@pytest.mark.parametrize("manner", ["broken", "short"])
async def test_an_answer_that_goes_wrong_is_never_taken_for_a_whole_one(manner: str) -> None:
    """An application that breaks before the body, or says less than it stated: 500, or a connection that ends."""
    async with serving(manners) as url, httpx.AsyncClient(base_url=url) as http:
        with suppress(httpx.RemoteProtocolError):
            assert (await http.get(f"/{manner}")).status_code == 500


async def test_who_still_waits_when_the_service_ends_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As while the log does not answer: 503, which senders try again, and not 500, which many take for a refusal."""
    monkeypatch.setattr("dateline_kernel.serving.ANSWERING", 0.1)
    asked = asyncio.Event()

    async def never(scope: Any, receive: Any, send: Any) -> None:
        asked.set()
        await asyncio.get_running_loop().create_future()

    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        async with serving(never) as url:
            waiting = asyncio.create_task(http.post(url, content=b"copy"))
            await asyncio.wait_for(asked.wait(), PATIENCE)
        answer = await waiting
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["status"]) == (503, "1", 503)
