"""A sender that costs little: HTTP/1.1 over asyncio streams, one push at a time on each of its connections."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator

from dateline_kernel.errors import Unavailable

Accepted = Callable[[int, bytes], None]
"""Called with the number of the push and the answer's body."""


class Window:
    """Lets so many stories be under way at once and no more, so that no part of the chain runs far ahead."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.sent = 0
        self._through = 0
        self._moved = asyncio.Event()

    def through(self, count: int) -> None:
        """So many have come out at the other end by now."""
        self._through = count
        self._moved.set()

    async def room(self) -> None:
        """Wait until one more may be sent, and count it."""
        while self.sent - self._through >= self.size:
            self._moved.clear()
            await self._moved.wait()
        self.sent += 1


class Sender:
    """Connections to one door."""

    def __init__(self, port: int, key: str) -> None:
        self._port = port
        self._head = (
            f"POST /v1/stories HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n"
            "Content-Type: application/xml\r\nContent-Length: "
        ).encode()

    async def send(
        self, bodies: Iterable[bytes], connections: int, accepted: Accepted, window: Window | None = None
    ) -> None:
        """Push everything as fast as it is taken. Raises Unavailable when a push is not accepted."""
        numbered = iter(enumerate(bodies))
        await asyncio.gather(*(self._connection(numbered, accepted, window) for _ in range(connections)))

    async def paced(self, bodies: Iterable[bytes], per_second: float, accepted: Accepted) -> None:
        """Push at a steady rate, each at its time whether or not the one before it was answered."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        tasks: list[Awaitable[None]] = []
        for number, body in enumerate(bodies):
            await asyncio.sleep(max(0.0, began + number / per_second - loop.time()))
            tasks.append(asyncio.create_task(self._connection(iter([(number, body)]), accepted)))
        await asyncio.gather(*tasks)

    async def _connection(
        self, numbered: Iterator[tuple[int, bytes]], accepted: Accepted, window: Window | None = None
    ) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            for number, body in numbered:
                if window is not None:
                    await window.room()
                writer.write(self._head + str(len(body)).encode() + b"\r\n\r\n" + body)
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                answer = await reader.readexactly(length)
                if not head.startswith(b"HTTP/1.1 202"):
                    raise Unavailable(f"push {number} was answered: {head[:60]!r} {answer[:300]!r}")
                accepted(number, answer)
        finally:
            writer.close()
