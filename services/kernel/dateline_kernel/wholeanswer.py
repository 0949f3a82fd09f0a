"""uvicorn's way of answering a request, with head and body of a short answer in one piece.

uvicorn 0.54 writes the head by itself, and looks at each header by two patterns: a packet more, and a tenth of what a
push costs. Answers that are not plain - HEAD, a body in pieces, an end of the connection - are left to it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import HEADER_RE, HEADER_VALUE_RE, STATUS_LINE, RequestResponseCycle

from dateline_kernel.ending import cancelled
from dateline_kernel.telemetry import PROBLEM, problem

_LENGTH = b"content-length"
_OF_THE_CONNECTION = (b"connection", b"transfer-encoding")
_LEAVING = "this process ends and could not finish what you asked for; ask again, another one will"


class WholeAnswer(RequestResponseCycle):
    """One request and its answer. uvicorn makes its cycles itself, so their class is exchanged."""

    _start: Any = None
    """The message that begins the answer, held back until there is a body."""

    async def send(self, message: Any) -> None:
        """Send what an application says (ASGI)."""
        if message["type"] == "http.response.start" and not self.response_started:
            self._start = message
            return
        start, self._start = self._start, None
        if start is not None:
            if (whole := self._whole(start, message)) is not None:
                self._send_whole(whole)
                return
            await super().send(start)
        await super().send(message)

    async def send_500_response(self) -> None:
        """What is said where the application ended without an answer: 503 if it was told to, as the service leaves.

        500 is a last word to many senders, and then the copy that they sent would be lost.
        """
        if not cancelled():
            await super().send_500_response()
            return
        body = msgspec.json.encode(problem(503, _LEAVING))
        headers = [
            *((b"content-type", PROBLEM), (_LENGTH, b"%d" % len(body))),
            *((b"retry-after", b"1"), (b"connection", b"close")),
        ]
        await self.send({"type": "http.response.start", "status": 503, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})

    def _whole(self, start: Any, message: Any) -> bytes | None:
        """A plain answer as it goes over the wire; ``None`` for any other one."""
        if message.get("more_body") or not self.keep_alive or self.scope["method"] == "HEAD":
            return None
        if self.disconnected or self.flow.write_paused:
            return None
        body: bytes = message.get("body", b"")
        head = _head(start["status"], tuple(map(tuple, (*self.default_headers, *start["headers"]))), len(body))
        return None if head is None else head + body

    def _send_whole(self, whole: bytes) -> None:
        """Write it, and be done with the request as uvicorn is."""
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        self.transport.write(whole)
        self.message_event.set()
        self.on_response()


@lru_cache(maxsize=1024)  # most answers of a second differ from one another in their bodies alone
def _head(status: int, headers: tuple[tuple[bytes, bytes], ...], length: int) -> bytes | None:
    """Status line, headers and the empty line; ``None`` where uvicorn must look at them."""
    names = [name.lower() for name, _ in headers]
    values = [value for _, value in headers]
    if [value for name, value in zip(names, values, strict=True) if name == _LENGTH] != [b"%d" % length]:
        return None
    if any(name in names for name in _OF_THE_CONNECTION):
        return None
    if HEADER_RE.search(b"".join(names)) or HEADER_VALUE_RE.search(b"".join(values)):
        return None
    lines = [b"%b: %b\r\n" % line for line in zip(names, values, strict=True)]
    return b"".join((STATUS_LINE[status], *lines, b"\r\n"))
