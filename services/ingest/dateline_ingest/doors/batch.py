"""A push of many messages: which parts it has. Pure.

``multipart/mixed`` and ``multipart/form-data`` (RFC 2046, 7578): a message a part, in any format that is read; and
``application/x-ndjson``: a message a line.
"""

from __future__ import annotations

from email import policy
from email.message import Message as Mail
from email.parser import BytesParser

from msgspec import Struct

MOST = 1_000
"""Messages of a batch."""
_LINES = frozenset(("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"))


class NoBatch(ValueError):
    """The body cannot be taken apart. The text says what was expected."""


class Part(Struct, frozen=True):
    """One message of a batch."""

    data: bytes
    hint: str = ""
    """Its media type, as its part says."""
    name: str = ""
    """Name of its file, or of its part."""
    url: str = ""
    """Its Content-Location."""


def parts_of(body: bytes, content_type: str) -> list[Part]:
    """The messages of a batch, in its order. Raises NoBatch."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _LINES:
        parts = [Part(line, "application/json") for line in body.splitlines() if line.strip()]
    elif kind.startswith("multipart/"):
        parts = _multipart(body, content_type)
    else:
        raise NoBatch("a batch is multipart/mixed, multipart/form-data or application/x-ndjson; say which it is")
    if not parts:
        raise NoBatch("the batch has no message in it")
    if len(parts) > MOST:
        raise NoBatch(f"the batch has {len(parts)} messages, more than {MOST}; split it")
    return parts


def _multipart(body: bytes, content_type: str) -> list[Part]:
    head = b"Content-Type: " + content_type.encode("latin-1", "replace").replace(b"\r", b"").replace(b"\n", b"")
    mail = BytesParser(policy=policy.HTTP).parsebytes(head + b"\r\n\r\n" + body)
    if not mail.is_multipart():
        raise NoBatch("the body does not hold the boundary that Content-Type names")
    return [_part(part) for part in mail.iter_parts() if not part.is_multipart()]


def _part(part: Mail) -> Part:
    payload = part.get_payload(decode=True)
    hint = part.get_content_type() if part["content-type"] else ""
    name = part.get_filename() or part.get_param("name", "", header="content-disposition") or ""
    return Part(
        data=payload if isinstance(payload, bytes) else b"",
        hint="" if hint == "application/octet-stream" else hint,
        name=str(name)[:200],
        url=str(part["content-location"] or "")[:2_000],
    )
