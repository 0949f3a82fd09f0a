"""What a door reads of an HTTP request: who pushes, and the body, bounded and unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from dateline_ingest.doors.problems import refusal
from dateline_ingest.feeds import Feeds
from dateline_schemas.feeds import Feed

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Headers = Mapping[bytes, bytes]

_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 64 * 1024


class SenderLeft(Exception):
    """The sender went away before its body was whole: there is nobody to answer."""


def said(headers: Headers, name: bytes) -> str:
    """A header's value; empty if it is not there."""
    return headers.get(name, b"").decode("latin-1")


async def feed_of(headers: Headers, feeds: Feeds) -> Feed:
    """The feed whose key the request carries. Raises Refusal (401, 423), Unavailable."""
    key = said(headers, b"x-api-key")
    scheme, _, token = said(headers, b"authorization").partition(" ")
    if scheme.lower() == "bearer":
        key = token.strip()
    feed = await feeds.by_key(key) if key else None
    if feed is None:
        reason = "unknown API key" if key else "no API key: send Authorization: Bearer <key>"
        raise refusal("http-401", 401, HTTPStatus.UNAUTHORIZED.phrase, reason, (b"www-authenticate", b"Bearer"))
    return feed


def check_open(feed: Feed, feeds: Feeds, pushes: int = 1) -> None:
    """Raises Refusal for a feed that an operator paused (423) and for one that pushes too fast (429)."""
    if feed.paused:
        reason = f"feed {feed.name} is paused by an operator; nothing was accepted"
        raise refusal("paused", 423, "Feed paused by operator", reason)
    for _ in range(pushes):
        if wait := feeds.too_fast(feed):
            reason = f"feed {feed.name} may push {feed.per_second} times a second; wait {wait:.2f} s"
            raise refusal("too-fast", 429, "Too many pushes", reason, (b"retry-after", b"%d" % max(1, round(wait))))


async def body_of(headers: Headers, receive: Receive, most: int) -> bytes:
    """The whole body, unpacked where it is sent with ``Content-Encoding: gzip`` or ``deflate`` (RFC 9110, 8.4).

    One that is too large is refused before it is read, or as soon as it shows; packed ones as they unpack.
    Raises Refusal (413, 415, 400), SenderLeft.
    """
    announced = headers.get(b"content-length", b"")
    reason = f"a push has at most {most} bytes; split it"
    too_large = refusal("too-large", 413, HTTPStatus.REQUEST_ENTITY_TOO_LARGE.phrase, reason)
    if announced.isdigit() and int(announced) > most:
        raise too_large
    unpack = _unpacker(said(headers, b"content-encoding"), most)
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise SenderLeft
        more = bool(message.get("more_body"))
        part = unpack(message.get("body", b""), more)
        size += len(part)
        if size > most:
            raise too_large
        parts.append(part)
        if not more:
            return b"".join(parts)


def _unpacker(encoding: str, most: int) -> Callable[[bytes, bool], bytes]:
    """Takes the body piece by piece, with whether more follows; gives at most ``most`` + 1 bytes for all of it."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return lambda piece, more: piece
    if name not in ("gzip", "x-gzip", "deflate"):
        reason = f"Content-Encoding {name[:40]} is not read; send gzip, deflate or none"
        raise refusal("encoding", 415, HTTPStatus.UNSUPPORTED_MEDIA_TYPE.phrase, reason, (b"accept-encoding", b"gzip"))
    stream = zlib.decompressobj(zlib.MAX_WBITS if name == "deflate" else _GZIP)
    left = most + 1

    def unpack(piece: bytes, more: bool) -> bytes:
        nonlocal left
        broken = refusal("encoding", 400, "Broken encoding", f"the body is not whole {name}; send it again")
        try:
            part = stream.decompress(piece, left) if left else b""
        except zlib.error as error:
            raise broken from error
        left -= len(part)
        # Bytes after the packed stream, or an end that never came: not what the sender meant to send.
        if not more and left and (not stream.eof or stream.unused_data):
            raise broken
        return part

    return unpack
