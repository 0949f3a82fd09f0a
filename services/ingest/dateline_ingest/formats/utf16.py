"""XML and JSON in UTF-16, told by a byte order mark or by the zero beside their first sign (RFC 4627, section 3)."""

from __future__ import annotations

import codecs
import re

from dateline_ingest.formats.fault import Unparseable

_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FIRST = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_FIRST |= {b"{\x00": "utf-16-le", b"\x00{": "utf-16-be", b"[\x00": "utf-16-le", b"\x00[": "utf-16-be"}
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")


def as_utf8(data: bytes, format: str) -> bytes:
    """``data`` without a byte order mark; UTF-16 turned into UTF-8. Raises Unparseable for a broken UTF-16 text."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:]
    encoding = "utf-16" if data.startswith(_MARKS) else _FIRST.get(data[:2], "")
    if not encoding:
        return data
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = "the bytes are not UTF-16 though they begin like it; have the provider check the encoding"
        raise Unparseable(reason, format=format, offset=error.start) from error
    return _DECLARATION.sub("", text).encode("utf-8", "replace")


def is_utf16(data: bytes) -> bool:
    """Whether bytes begin as XML or JSON in UTF-16 does, or with its byte order mark."""
    return data.startswith(_MARKS) or data[:2] in _FIRST
