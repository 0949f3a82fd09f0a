"""A message with the texts that it only links to, as one document: multipart/related (RFC 2387), each part under its
``Content-Location`` (RFC 2557), the message first. What a door fetched stays with the message that way: it is kept as
one original, and parsing it again gives the same story without a network. Pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from msgspec import Struct

from dateline_ingest.formats.fault import Unparseable

NAME = "multipart-related"
MOST_PARTS = 600

_BEGIN = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="
_BOUNDARY = re.compile(rb"[0-9a-zA-Z'()+_,./:=?-]{1,70}")
_UNSAFE = re.compile(r"[^\x20-\x7e]+")
_HEADERS = 8_000


class Part(Struct, frozen=True):
    """The message, or a text that belongs to it."""

    url: str
    """Where it was; empty for a message that came from no address."""
    media: str
    """Media type or format name as its source stated it."""
    data: bytes


def is_related(data: bytes) -> bool:
    """Whether bytes are such a document."""
    return data.startswith(_BEGIN)


def pack(parts: Sequence[Part]) -> bytes:
    """One document of these; the same parts give the same bytes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part.data).digest())
    boundary = b"dateline-" + digest.hexdigest()[:40].encode()
    found = [_BEGIN + boundary + b"\r\n\r\n"]
    for part in parts:
        media, url = _plain(part.media) or "application/octet-stream", _plain(part.url)
        head = f"Content-Type: {media}\r\nContent-Location: {url}\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        found += [b"--", boundary, b"\r\n", head.encode(), part.data, b"\r\n"]
    return b"".join((*found, b"--", boundary, b"--\r\n"))


def unpack(data: bytes) -> tuple[Part, ...]:
    """The parts, the message first. Raises Unparseable for a document that is broken."""
    boundary = _BOUNDARY.match(data, len(_BEGIN))
    if boundary is None:
        raise Unparseable("its boundary cannot be read; send the message as it is", format=NAME)
    line = b"--" + boundary[0]
    _, *bodies = data[boundary.end() :].split(b"\r\n" + line)
    if len(bodies) < 2 or not bodies[-1].startswith(b"--") or len(bodies) > MOST_PARTS:
        raise Unparseable(f"it has no end, no part, or more than {MOST_PARTS}; send the message as it is", format=NAME)
    return tuple(_part(body) for body in bodies[:-1])


def _part(body: bytes) -> Part:
    head, end, data = body.partition(b"\r\n\r\n")
    if not end or len(head) > _HEADERS:
        raise Unparseable("a part has no headers; send the message as it is", format=NAME)
    lines = (line.partition(":") for line in head.decode("latin-1").split("\r\n"))
    stated = {name.strip().lower(): value.strip() for name, _, value in lines}
    media = stated.get("content-type", "")
    return Part(stated.get("content-location", ""), "" if media == "application/octet-stream" else media, data)


def _plain(text: str) -> str:
    """The text as one line of ASCII: a header cannot hold more, and must not begin another."""
    return _UNSAFE.sub("", text)[:2_000].strip()
