"""A sender that costs little: bare HTTP/1.1, one push at a time on each of its connections.

It runs on the processors of what it measures, so it reads of an answer no more than where it ends.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Iterator
from typing import Any, cast

from dateline_kernel.errors import Unavailable

Accepted = Callable[[int, bytes], None]
"""Called with the number of the push and the answer's body."""

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"


class Window:
    """Bounds how many stories are under way at once, so that no part of the chain runs far ahead."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.sent = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._through = 0

    def through(self, count: int) -> None:
        """Note that ``count`` stories have come out at the other end."""
        self._through = count
        while self._waiting and self._free():
            self.sent += 1
            self._waiting.popleft().set_result(None)

    async def room(self) -> None:
        """Wait until one more may be sent, and count it."""
        if self._free():
            self.sent += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        await turn

    def _free(self) -> bool:
        return self.sent - self._through < self.size


async def paced(pushes: Iterable[Coroutine[Any, Any, None]], per_second: float) -> None:
    """Make pushes at a steady rate, each at its time whether or not the one before it was answered."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    under_way: list[asyncio.Task[None]] = []
    for number, push in enumerate(pushes):
        await asyncio.sleep(max(0.0, began + number / per_second - loop.time()))
        under_way.append(asyncio.create_task(push))
    await asyncio.gather(*under_way)


class _Connection(asyncio.Protocol):
    """One connection; a request at a time."""

    def __init__(self) -> None:
        self._came = bytearray()
        self._answer: asyncio.Future[tuple[bytes, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is no subclass

    async def ask(self, request: bytes) -> tuple[bytes, bytes]:
        """Head and body of the answer. Raises Unavailable when the connection breaks off."""
        if self._transport is None or self._transport.is_closing():
            raise Unavailable("the door closed the connection")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def data_received(self, data: bytes) -> None:
        self._came += data
        end = self._came.find(_HEAD_END)
        if end < 0 or self._answer is None:
            return
        head = bytes(self._came[:end])
        length = int(head.lower().partition(_LENGTH)[2].partition(b"\r\n")[0])
        body = bytes(self._came[end + len(_HEAD_END) :])
        if len(body) == length:
            answer, self._answer = self._answer, None
            self._came.clear()
            answer.set_result((head, body))

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(Unavailable(f"the door closed the connection: {error}"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


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
        """Push at a steady rate. Raises Unavailable when a push is not accepted."""
        await paced((self._connection(iter([one]), accepted) for one in enumerate(bodies)), per_second)

    async def _connection(
        self, numbered: Iterator[tuple[int, bytes]], accepted: Accepted, window: Window | None = None
    ) -> None:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(_Connection, "127.0.0.1", self._port)
        try:
            for number, body in numbered:
                if window is not None:
                    await window.room()
                request = b"%b%d%b%b" % (self._head, len(body), _HEAD_END, body)
                head, answer = await connection.ask(request)
                if not head.startswith(b"HTTP/1.1 202"):
                    raise Unavailable(f"push {number} was answered: {head[:60]!r} {answer[:300]!r}")
                accepted(number, answer)
        finally:
            connection.close()
