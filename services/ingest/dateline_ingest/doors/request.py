"""What a door reads of an HTTP request: who pushes, and the body, bounded and unpacked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from math import ceil
from typing import Any

from dateline_ingest.doors.problems import Refusal, refusal
from dateline_ingest.doors.unpacking import Broken, UnknownCoding, Unpack, unpacker
from dateline_ingest.feeds import Feeds
from dateline_schemas.feeds import Feed

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Headers = Mapping[bytes, bytes]
BODY_SECONDS = 60.0
"""Until a body is whole: who trickles would hold a connection, and what it sent so far, for ever."""
LEFT_BYTES, LEFT_SECONDS = 64 * 1024 * 1024, 5.0
"""How much of a refused body is still let in, and for how long."""


class SenderLeft(Exception):
    """The sender went away before its body was whole: there is nobody to answer."""


class Incoming:
    """The body of one request, piece by piece: ASGI's ``receive``, and whether there is more to come."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._over = False

    async def __call__(self) -> Mapping[str, Any]:
        """The next piece."""
        message = await self._receive()
        self._over = not message.get("more_body")
        return message

    async def hear_out(self, headers: Headers) -> None:
        """Let in and forget what is left, within limits, before a refusal is sent.

        A sender that looks for no answer before it has sent everything would find its connection broken instead, and
        not hear why (RFC 9112, 9.6). One that asks first (``Expect: 100-continue``) has sent nothing yet.
        """
        left = 0 if b"expect" in headers else LEFT_BYTES
        with suppress(TimeoutError):
            async with asyncio.timeout(LEFT_SECONDS):
                while left > 0 and not self._over:
                    left -= len((await self()).get("body", b""))


def said(headers: Headers, name: bytes) -> str:
    """A header's value; empty if it is not there."""
    value = headers.get(name)
    return value.decode("latin-1") if value else ""


async def feed_of(headers: Headers, feeds: Feeds) -> Feed:
    """The feed whose key the request carries. Raises Refusal (401, 423), Unavailable."""
    key = said(headers, b"x-api-key")
    scheme, _, token = said(headers, b"authorization").partition(" ")
    if scheme.lower() == "bearer":
        key = token.strip()
    feed = await feeds.by_key(key) if key else None
    if feed is None:
        unknown = "unknown API key: send the one that was shown when the feed was made, or ask the operator for another"
        reason = unknown if key else "no API key: send Authorization: Bearer <key>"
        raise refusal("http-401", 401, HTTPStatus.UNAUTHORIZED.phrase, reason, (b"www-authenticate", b"Bearer"))
    return feed


def check_open(feed: Feed, feeds: Feeds) -> None:
    """Raises Refusal for a feed that an operator paused (423) and for one that pushes too fast (429)."""
    if feed.paused:
        reason = f"feed {feed.name} is paused by an operator, and nothing was taken; ask there, and send it again later"
        raise refusal("paused", 423, "Feed paused by operator", reason)
    _check_wait(feed, feeds.too_fast(feed))


def check_more(feed: Feed, feeds: Feeds, more: int) -> None:
    """Raises Refusal (429) if so many more messages of a batch are too much just now."""
    _check_wait(feed, feeds.too_many(feed, more))


def _check_wait(feed: Feed, wait: float) -> None:
    if wait:
        reason = f"feed {feed.name} may push {feed.per_second} messages a second; wait {wait:.2f} s"
        raise refusal("too-fast", 429, "Too many pushes", reason, (b"retry-after", b"%d" % ceil(wait)))


async def body_of(headers: Headers, receive: Receive, most: int, *, here: bool = False) -> bytes:
    """The whole body, unpacked where it is sent with ``Content-Encoding: gzip`` or ``deflate`` (RFC 9110, 8.4).

    ``here``: all of it has come already, so that no time need be kept.
    One that is too large is refused before it is read, or as soon as it shows; packed ones as they unpack.
    Raises Refusal (413, 415, 400, 408 for one that comes too slowly), SenderLeft.
    """
    announced = headers.get(b"content-length", b"")
    if announced.isdigit() and int(announced) > most:
        raise too_large(most)
    try:
        unpack = unpacker(said(headers, b"content-encoding"), most)
        if here:
            return await _whole(receive, unpack, most)
        async with asyncio.timeout(BODY_SECONDS):
            return await _whole(receive, unpack, most)
    except UnknownCoding as unknown:
        reason = f"Content-Encoding {unknown} is not read; send gzip, deflate or none"
        about = (b"accept-encoding", b"gzip")
        raise refusal("encoding", 415, HTTPStatus.UNSUPPORTED_MEDIA_TYPE.phrase, reason, about) from None
    except Broken as broken:
        raise refusal("encoding", 400, "Broken encoding", f"the body is not whole {broken}; send it again") from broken
    except TimeoutError:
        reason = f"the body was not whole within {BODY_SECONDS:g} s; send it faster, or less at once"
        raise refusal("too-slow", 408, HTTPStatus.REQUEST_TIMEOUT.phrase, reason) from None


async def _whole(receive: Receive, unpack: Unpack, most: int) -> bytes:
    parts: list[bytes] = []
    size = packed = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise SenderLeft
        more, piece = bool(message.get("more_body")), message.get("body", b"")
        packed += len(piece)
        part = unpack(piece, more) if packed <= most else b""
        size += len(part)
        if max(size, packed) > most:
            raise too_large(most)
        parts.append(part)
        if not more:
            return b"".join(parts)


def too_large(most: int) -> Refusal:
    """The refusal (413) of a push that has more than ``most`` bytes."""
    return refusal("too-large", 413, "Too large", f"a push has at most {most} bytes; split it")
