"""The HTTP server of a service, against senders that may be anybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import pytest

from dateline_kernel.requesthead import MOST_HEAD
from dateline_kernel.serving import HttpServer
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import PATIENCE


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


@asynccontextmanager
async def serving() -> AsyncIterator[httpx.URL]:
    """The server on a free port; its address."""
    server = HttpServer(ServiceSettings(), echo)
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


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nhost: x\r\n"])
async def test_a_head_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    """Who connects and falls asleep is left."""
    monkeypatch.setattr("dateline_kernel.requesthead.HEAD_SECONDS", 0.2)
    async with serving() as url:
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(begun)
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
        writer.close()
