"""The sender that measures the path: one push at a time on each connection, and only so many under way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from dateline_kernel.errors import Unavailable
from dateline_operate.bench.sender import Sender, Window


@asynccontextmanager
async def door(*pieces: bytes) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A door that answers each push with these pieces, one write each; its port, and the bodies that came."""
    came: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
                came.append(await reader.readexactly(length))
                for piece in pieces:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], came


class TestSender:
    """What it sends, and what it takes for an answer."""

    async def test_an_answer_may_come_in_pieces(self) -> None:
        """Each answer is told with the number of its push, wherever the connection cuts it."""
        told: list[tuple[int, bytes]] = []
        async with door(b"HTTP/1.1 202 Accepted\r\ncontent-le", b"ngth: 4\r\n\r", b"\nta", b"ke") as (port, came):
            await Sender(port, "key").send([b"a", b"bc"], 1, lambda *answer: told.append(answer))
        assert came == [b"a", b"bc"]
        assert told == [(0, b"take"), (1, b"take")]

    async def test_every_body_goes_out_once_over_many_connections(self) -> None:
        """However many connections there are."""
        bodies = [str(number).encode() for number in range(40)]
        async with door(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n") as (port, came):
            await Sender(port, "key").send(bodies, 7, lambda *_: None)
        assert sorted(came) == sorted(bodies)

    async def test_a_refusal_ends_the_measurement(self) -> None:
        """A push that is not accepted is an error, with what was answered."""
        async with door(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 6\r\n\r\nno key") as (port, _):
            with pytest.raises(Unavailable, match=r"push 0 was answered.*401.*no key"):
                await Sender(port, "key").send([b"a"], 1, lambda *_: None)

    async def test_a_door_that_closes_is_an_error_too(self) -> None:
        """Nobody waits for an answer that cannot come."""

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            with pytest.raises(Unavailable, match="closed the connection"):
                await Sender(server.sockets[0].getsockname()[1], "key").send([b"a"], 1, lambda *_: None)


class TestWindow:
    """How many may be under way."""

    async def test_only_so_many_are_under_way(self) -> None:
        """As many more are let in as came out at the other end."""
        window, entered = Window(3), []

        async def enter(number: int) -> None:
            await window.room()
            entered.append(number)

        tasks = [asyncio.create_task(enter(number)) for number in range(8)]
        await asyncio.sleep(0)
        assert entered == [0, 1, 2]
        window.through(2)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert entered == [0, 1, 2, 3, 4]
        window.through(8)
        await asyncio.gather(*tasks)
        assert window.sent == 8
