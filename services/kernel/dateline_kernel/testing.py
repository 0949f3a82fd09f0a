"""For tests: a real nats-server each, ports that stay one's own, and waiting for events instead of sleeping.

What decides how long something takes is kept out where that is possible (the disk, other programs' ports). All that
waits has one deadline, far beyond what a slow and busy machine needs: who waits for an event is not held up by it.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar, overload

from nats.errors import Error as NatsError

from dateline_kernel.connection import connect, leave
from dateline_kernel.embedded import EmbeddedServer, server_binary
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.provision import provision
from dateline_kernel.quickclient import QuickClient

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds that a test waits for anything, at most."""
MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""
ROOM = 2 * 1024**3
"""Bytes that must be free there: containers often have a few megabytes only."""
UNANSWERED = (NatsError, Unavailable, OSError, TimeoutError)
"""What a look may meet while a server starts, moves or is away: no answer yet."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of the test's own, in memory where there is room; gone afterwards.

    Servers flush every write before they acknowledge it, and one flush may take ten seconds on a disk that others
    write to. That says nothing of what is tested: what a process leaves behind that is killed, both keep.
    """
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    with tempfile.TemporaryDirectory(prefix="dateline-", dir=MEMORY if roomy else None) as folder:
        yield Path(folder)


@contextmanager
def own_port() -> Iterator[int]:
    """A TCP port of this machine for a server that is named it before it starts, or leaves it and comes back.

    It is held by a socket that does not listen. Linux gives such a port to whoever asks for it by number, as servers
    do, and to nobody who wants any: no other test's server, no connection that goes out.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port = int(held.getsockname()[1])
        if sys.platform != "linux":
            held.close()
        yield port


@contextmanager
def real_server() -> Iterator[EmbeddedServer]:
    """A nats-server on a port and in a folder of its own; both gone afterwards."""
    with scratch_folder() as folder, own_port() as port:
        server = EmbeddedServer(folder, port)
        server.start(PATIENCE)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def bare_server(folder: Path, *options: str) -> Iterator[int]:
    """A nats-server with JetStream and command-line options of the test's own, on a free port; the port.

    Its process id stands in ``folder / "pid"``, what it says in ``folder / "said"``.
    """
    own = ("-a", "127.0.0.1", "-p", "-1", "-js", "-sd", str(folder), "-P", str(folder / "pid"))
    with (folder / "said").open("wb") as said:
        server = subprocess.Popen([server_binary(), *own, *options], stderr=said)
    try:
        yield until(lambda: _listening(server, folder / "said"))
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _listening(server: subprocess.Popen[bytes], said: Path) -> int:
    """The port that it names, once it is ready by its own words; 0 before."""
    words_of_it = said.read_text("utf-8", "replace")
    assert server.poll() is None, f"the server ended: {words_of_it}"
    found = re.search(r"client connections on \S+:(\d+)", words_of_it)
    return int(found[1]) if found and "Server is ready" in words_of_it else 0


@asynccontextmanager
async def provisioned(server: EmbeddedServer) -> AsyncIterator[QuickClient]:
    """A connection to a server with all streams declared."""
    client = await connect(server.url, "test", PATIENCE)

    async def declared() -> bool:
        await provision(client)
        return True

    try:
        await eventually(declared)
        yield client
    finally:
        await leave(client)


@overload
async def eventually(
    look: Callable[[], Awaitable[T]], wanted: Callable[[T], object] = ..., *, within: float = ..., every: float = ...
) -> T: ...
@overload
async def eventually(
    look: Callable[[], T], wanted: Callable[[T], object] = ..., *, within: float = ..., every: float = ...
) -> T: ...
async def eventually(
    look: Callable[[], Any], wanted: Callable[[Any], object] = bool, *, within: float = PATIENCE, every: float = 0.02
) -> Any:
    """The first answer of ``look`` that is as ``wanted``. Raises AssertionError with what was seen last.

    A look that gets no answer has not seen it yet.
    """
    deadline = time.monotonic() + within
    while True:
        try:
            answer = look()
            async with asyncio.timeout(within):
                found = await answer if inspect.isawaitable(answer) else answer
        except UNANSWERED as error:
            seen = words(error)
        else:
            if wanted(found):
                return found
            seen = repr(found)
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within:g} s; last seen: {seen}")
        await asyncio.sleep(every)


def until(
    look: Callable[[], T], wanted: Callable[[T], object] = bool, *, within: float = PATIENCE, every: float = 0.05
) -> T:
    """``eventually`` for a test without a loop, whose looks are files and commands. Raises AssertionError."""
    deadline = time.monotonic() + within
    while not wanted(found := look()):
        assert time.monotonic() < deadline, f"not within {within:g} s; last seen: {found!r}"
        time.sleep(every)
    return found
