"""A web server for tests: real HTTP on a free port, answers by function."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from msgspec import Struct

from dateline_kernel.testing import eventually


class Asked(Struct, frozen=True):
    """A request that came in."""

    method: str
    path: str
    query: bytes
    headers: Mapping[str, str]
    body: bytes


class Answered(Struct, frozen=True):
    """What to answer."""

    status: int = 200
    body: bytes = b""
    headers: Sequence[tuple[str, str]] = ()


Answer = Callable[[Asked], Awaitable[Answered]]


@asynccontextmanager
async def web(answer: Answer, **options: Any) -> AsyncIterator[str]:
    """The server, for a block; its address, ``http://127.0.0.1:port``."""

    async def app(scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        said = await answer(Asked(scope["method"], scope["path"], scope["query_string"], headers, body))
        stated = [(name.encode(), value.encode("latin-1")) for name, value in said.headers]
        await send({"type": "http.response.start", "status": said.status, "headers": stated})
        await send({"type": "http.response.body", "body": said.body})

    config = uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", log_config=None, ws="none", **options)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server._serve())  # not serve(), which takes the signals of the whole process

    async def started() -> bool:
        return server.started

    try:
        await eventually(started)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"{'https' if options.get('ssl_certfile') else 'http'}://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await running
