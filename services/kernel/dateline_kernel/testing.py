"""For tests: a real nats-server each, and waiting for events instead of sleeping."""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar

from nats.aio.client import Client

from dateline_kernel.connection import connect
from dateline_kernel.embedded import EmbeddedServer, server_binary
from dateline_kernel.provision import provision

T = TypeVar("T")


@contextmanager
def real_server() -> Iterator[EmbeddedServer]:
    """A nats-server on a free port in a folder of its own; both gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def bare_server(folder: Path, *options: str) -> Iterator[int]:
    """A nats-server with JetStream and command-line options of the test's own, on a free port; the port.

    Its process id stands in ``folder / "pid"``.
    """
    own = ("-a", "127.0.0.1", "-p", "-1", "-js", "-sd", str(folder), "-P", str(folder / "pid"))
    server = subprocess.Popen([server_binary(), *own, *options], stderr=subprocess.PIPE)
    try:
        yield _listening(server)
    finally:
        server.terminate()
        server.communicate(timeout=10)


def _listening(server: subprocess.Popen[bytes]) -> int:
    """Wait until it is ready, by its own words; the port that it names."""
    assert server.stderr is not None
    port = 0
    while b"Server is ready" not in (line := server.stderr.readline()):
        assert line, "the server ended"
        if found := re.search(rb"client connections on \S+:(\d+)", line):
            port = int(found[1])
    return port


@asynccontextmanager
async def provisioned(server: EmbeddedServer) -> AsyncIterator[Client]:
    """A connection to a server with all streams declared."""
    client = await connect(server.url, "test")
    try:
        await provision(client)
        yield client
    finally:
        await client.close()


async def eventually(look: Callable[[], Awaitable[T]], within: float = 20.0, every: float = 0.02) -> T:
    """The first answer of ``look`` that counts as true. Raises AssertionError with the last answer."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        found = await look()
        if found:
            return found
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"not within {within:g} s; last seen: {found!r}")
        await asyncio.sleep(every)
