"""uvicorn's reader of requests, with bounds on what comes before a request's body.

uvicorn 0.54 with httptools takes a head of any size at any pace: whoever can reach the port could fill the memory of a
service, or keep it waiting for ever, without a key. What a body may have, the doors say.

It also drops the body of a request that offers to go on in another protocol, as Java's own client does with each first
one (``Upgrade: h2c``). A server may take no notice of that (RFC 9110, 7.8), so this one reads on.
"""

from __future__ import annotations

import asyncio
from array import array
from typing import Any

import httptools
import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from dateline_kernel.telemetry import PROBLEM, problem
from dateline_kernel.wholeanswer import WholeAnswer

MOST_HEAD = 64 * 1024
"""Bytes of request line and headers, and of one more piece as the network hands it over."""
HEAD_SECONDS = 20.0
"""Until a request's head is whole, from the beginning of its connection, from its first byte, or from what came behind
an answer and begins none: the rest of a body that was refused, empty lines."""
KEPT = 620
"""Seconds that a connection may be idle between an answer and the next request. Whoever keeps a pool of connections,
as proxies do, has to be the first who ends one, or it sends a request into one that ends at that moment: Google's load
balancers take 600 seconds, Azure's 240, Go's client and proxies made with it 90, nginx and Amazon's 60."""
MANY = 500
"""Connections from which on an idle one ends after ``HURRIED``: a process may mostly have 1,024 files open."""
HURRIED = 5
"""Whole seconds, as uvicorn has it."""
UVICORNS = "Invalid HTTP request received."
NO_REQUEST = (
    "this is no HTTP/1.1 request (RFC 9112): a request line with a known method in capitals, headers with one right "
    "Content-Length or chunks, no TLS on a port without it; look at what your client sends"
)
WHOLE = "dateline.whole"
"""ASGI extension of a request whose body has come before the application is called: it need not be waited for."""


_OFFERS = (b"upgrade", b"http2-settings")
"""Headers with which a client offers another protocol."""


class SameProtocol(httptools.HttpRequestParser):
    """httptools' parser, which ends at the head of a request with such an offer; then another one goes on."""

    def __init__(self, connection: BoundedHead) -> None:
        super().__init__(connection)
        self._connection = connection

    def feed_data(self, data: bytes | bytearray | memoryview | array[int]) -> None:
        """Read on. Raises httptools' errors."""
        try:
            super().feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            if not ignores_offer(self):
                raise
            head = self._connection.head_without_offer()
            self._connection.parser = SameProtocol(self._connection)
            self._connection.parser.feed_data(head + bytes(data[offer.args[0] :]))


def ignores_offer(parser: httptools.HttpRequestParser) -> bool:
    """Whether the request that is read has an offer. CONNECT is another thing: nobody here is a proxy."""
    return parser.should_upgrade() and parser.get_method() != b"CONNECT"


class BoundedHead(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.parser = SameProtocol(self)
        self._awaited = False
        """Whether a head is to come, or has begun and is not whole."""
        self._late: asyncio.TimerHandle | None = None
        self._steps = 0
        """Heads and bodies that became whole."""
        self._bytes = 0
        """Of the head that is awaited."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._awaited = True
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._have_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; a head that is too large is refused with 400, and the connection closed."""
        before = self._steps
        super().data_received(data)
        # Only now: mostly a head comes in one piece, and needs no timer.
        self._watch()
        awaited = self._awaited and self._steps == before
        self._bytes = self._bytes + len(data) if awaited else 0
        if self._bytes > MOST_HEAD and not self.transport.is_closing():
            self.send_400_response(f"the head of the request has more than {MOST_HEAD} bytes; send less of it")

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with a request that is none, as all else is said (RFC 9457), and close the connection.

        What uvicorn says is the same for whatever its parser does not take.
        """
        detail = NO_REQUEST if msg == UVICORNS else msg
        body = msgspec.json.encode(problem(400, detail))
        lines = (b"HTTP/1.1 400 Bad Request", b"content-type: " + PROBLEM, b"content-length: %d" % len(body))
        self.transport.write(b"\r\n".join((*lines, b"connection: close", b"", body)))
        self.transport.close()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._awaited = True

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        if ignores_offer(self.parser):
            return
        self._have_head()
        before = self.cycle
        super().on_headers_complete()
        if self.cycle is not before:
            self.cycle.__class__ = WholeAnswer

    def on_message_complete(self) -> None:
        """Its body is whole."""
        if ignores_offer(self.parser):
            return
        self._steps += 1
        self.scope["extensions"] = {WHOLE: {}}
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """It is answered: wait for the next one."""
        self.timeout_keep_alive = KEPT if len(self.connections) < MANY else HURRIED
        super().on_response_complete()

    def head_without_offer(self) -> bytes:
        """The head that was read last, as it would have come without the offer of another protocol."""
        parser = self.parser
        first = b"%b %b HTTP/%b" % (parser.get_method(), self.url, parser.get_http_version().encode())
        lines = (b"%b: %b" % (name, value) for name, value in self.headers if name not in _OFFERS)
        return b"\r\n".join((first, *lines, b"", b""))

    def _watch(self) -> None:
        # uvicorn waits for the next request no more once anything has come, and never again.
        last: RequestResponseCycle | None = self.cycle
        answered = last is not None and last.response_complete
        if (self._awaited or answered) and self._late is None and not self.transport.is_closing():
            self._late = self.loop.call_later(HEAD_SECONDS, self._close)

    def _have_head(self) -> None:
        self._steps += 1
        self._awaited = False
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        self._late = None
        self.transport.close()
