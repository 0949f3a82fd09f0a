"""A push of many messages: which parts it has. Pure.

``multipart/mixed`` and ``multipart/form-data`` (RFC 2046, 7578): a message a part, in any format that is read; and
``application/x-ndjson``: a message a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import Message as Mail
from email.parser import BytesHeaderParser
from itertools import islice

from msgspec import Struct

MOST = 1_000
"""Messages of a batch."""
_LINES = frozenset(("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"))
_FORMS = frozenset(("multipart/form-data", "multipart/mixed"))
_LINE = re.compile(rb"\S[^\r\n]*")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEAD = 16 * 1024
_BOUNDARY = re.compile(r"[\x20-\x7e]{0,69}[\x21-\x7e]")


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
    kind = _kind(content_type)
    if kind in _LINES:
        found = _lines(body)
    elif kind.startswith("multipart/"):
        found = _multipart(body, content_type)
    else:
        raise NoBatch("a batch is multipart/mixed, multipart/form-data or application/x-ndjson; say which it is")
    parts = list(islice(found, MOST + 1))
    if not parts:
        raise NoBatch("the batch has no message in it")
    if len(parts) > MOST:
        raise NoBatch(f"the batch has more than {MOST} messages; split it")
    return parts


def sole_part(body: bytes, content_type: str) -> Part:
    """The one message of a push: what a form sent as its file, as ``curl -F`` does, or else the body as it is.

    Raises NoBatch for several parts, for a form that cannot be taken apart, and for a text that lost its lines.
    """
    if _lost_its_lines(body, content_type):
        raise NoBatch("the text came as a form and has no line ends, as `curl -d` sends it; send it by --data-binary")
    if _kind(content_type) not in _FORMS or not body.lstrip().startswith(b"--"):
        return Part(body, content_type)
    parts = parts_of(body, content_type)
    if len(parts) > 1:
        raise NoBatch(f"this has {len(parts)} parts, and a push is one message; /v1/batches takes many")
    return parts[0]


def _kind(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _lost_its_lines(body: bytes, content_type: str) -> bool:
    """Whether it is what ``curl -d @file`` makes of a text. XML and JSON do without line ends."""
    if _kind(content_type) != "application/x-www-form-urlencoded":
        return False
    text = body.strip()
    return text[:1] not in (b"<", b"{", b"[", b"") and not any(end in text for end in b"\r\n\0")


def _lines(body: bytes) -> Iterator[Part]:
    for line in _LINE.finditer(body):
        yield Part(line[0], "application/json")


def _multipart(body: bytes, content_type: str) -> Iterator[Part]:
    """RFC 2046, 5.1.1. By hand, because a part's bytes are an original: a mail parser takes mails in it apart."""
    delimiter = re.compile(rb"(?:\A|\r?\n)--" + re.escape(_boundary(content_type)) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start: int | None = None
    for found in delimiter.finditer(body):
        if start is not None:
            yield _part(body[start : found.start()])
        start = found.end()
        if found[1]:
            return
    if start is None:
        raise NoBatch("the body does not hold the boundary that Content-Type names")
    raise NoBatch("the body ends before its closing boundary: it was cut off, or the sender forgot it")


def _boundary(content_type: str) -> bytes:
    with _read():
        boundary = _header(b"Content-Type: " + content_type.encode("latin-1", "replace")).get_boundary() or ""
    if not _BOUNDARY.fullmatch(boundary):
        raise NoBatch("Content-Type names no boundary of up to 70 printable characters (RFC 2046, 5.1.1)")
    return boundary.encode()


def _part(raw: bytes) -> Part:
    """A part from the end of its delimiter line on: header, empty line, content."""
    end = _HEAD_END.search(raw, 0, _LONGEST_HEAD)
    if end is None:
        raise NoBatch("a part has no empty line behind its header")
    with _read():
        return _of_head(_header(raw[: end.start()].strip(b"\r\n")), raw[end.end() :])


def _of_head(head: Mail, data: bytes) -> Part:
    if str(head["content-transfer-encoding"] or "").strip().lower() in ("base64", "quoted-printable"):
        head.set_payload(data.decode("latin-1").encode("ascii", "replace").decode())
        decoded = head.get_payload(decode=True)
        data = decoded if isinstance(decoded, bytes) else b""
    hint = head.get_content_type() if head["content-type"] else ""
    name = head.get_filename() or head.get_param("name", "", header="content-disposition") or ""
    return Part(
        data=data,
        hint="" if hint == "application/octet-stream" else hint,
        name=str(name)[:200],
        url=str(head["content-location"] or "")[:2_000],
    )


@contextmanager
def _read() -> Iterator[None]:
    """The standard library reads a header when it is asked for, and breaks on some with whatever comes to hand."""
    try:
        yield
    except Exception as error:
        raise NoBatch(
            f"a header of the batch cannot be read ({type(error).__name__}); write it as RFC 9110 does"
        ) from error


def _header(lines: bytes) -> Mail:
    return BytesHeaderParser(policy=policy.HTTP).parsebytes(lines.replace(b"\0", b"") + b"\r\n\r\n")
