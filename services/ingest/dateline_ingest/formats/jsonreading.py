"""Decodes JSON as wires send it: faults with one possible meaning are mended, others refused with their place."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from dateline_ingest.formats.charsets.utf16 import as_utf8
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Message
from dateline_ingest.formats.sizes import check_json

_decoder = msgspec.json.Decoder()
_ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)
"""A pair of surrogates, a surrogate alone (RFC 8259, section 8.2), any other escape."""
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_RAW = re.compile(rb"[\x00-\x1f]")
"""Control characters, which a string of JSON has not as they are (RFC 8259, section 7)."""
_PLACE = re.compile(r" \(byte (\d+)\)$")
_NESTING = frozenset((dict, list))


def read_json(message: Message, format: str) -> Any:
    """The decoded message. Raises Unparseable for broken JSON, neither UTF-8 nor UTF-16, too much or too deep."""
    data = as_utf8(message.data, format)
    check_json(data, message.limits, format)
    try:
        try:
            decoded = _decoder.decode(data)
        except msgspec.DecodeError:
            if (whole := _mended(data)) == data:
                raise
            decoded = _decoder.decode(whole)
    except msgspec.DecodeError as error:
        raise _broken(data, str(error), format) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(data, format) from error
    except RecursionError as error:
        raise Unparseable("the JSON is nested too deep; no news item needs that", format=format) from error
    depth = message.limits.depth
    if data.count(b"{") + data.count(b"[") > depth and not _within(decoded, depth):
        raise Unparseable(f"the JSON is nested more than {depth} levels deep", format=format)
    return decoded


def _mended(data: bytes) -> bytes:
    """JSON with half characters, control characters in strings, and zeros after the last brace mended."""
    whole = _ESCAPE.sub(_or_unknown, data.rstrip(b"\0 \t\r\n\x1a"))
    return _STRING.sub(lambda found: _RAW.sub(_escaped, found[0]), whole) if _RAW.search(whole) else whole


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(found[0])


def _or_unknown(found: re.Match[bytes]) -> bytes:
    """An escape of JSON; the sign for an unknown character (U+FFFD) for half of one, which a program cut in two."""
    return rb"\ufffd" if found["half"] else found[0]


def _broken(data: bytes, said: str, format: str) -> Unparseable:
    """What msgspec says of broken JSON, with its place: behind the last byte where it ends too early."""
    found = _PLACE.search(said)
    offset = int(found[1]) if found else len(data)
    what = _PLACE.sub("", said).removeprefix("JSON is malformed: ")
    if what == "trailing characters":
        offset -= 1  # msgspec has taken the first of them
        reason = "more follows behind the JSON document; send one, a list, or lines as a batch (application/x-ndjson)"
    else:
        reason = f"broken JSON: {what}; have it corrected"
    start = data.rfind(b"\n", 0, offset) + 1
    line, column = data.count(b"\n", 0, offset) + 1, len(data[start:offset].decode("utf-8", "replace")) + 1
    return Unparseable(reason, format=format, line=line, column=column)


def _not_utf8(data: bytes, format: str) -> Unparseable:
    """The fault of bytes that are not UTF-8, with their place in the message, not in the string."""
    reason = "the JSON is not UTF-8, which RFC 8259 asks for; have the provider send UTF-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Unparseable(reason, format=format, offset=error.start)
    return Unparseable(reason, format=format)


def _within(value: Any, depth: int) -> bool:
    level: list[Any] = [value] if type(value) in _NESTING else []
    while level and depth >= 0:
        inside = [inner for outer in level for inner in (outer.values() if type(outer) is dict else outer)]
        level = [inner for inner in inside if type(inner) in _NESTING]
        depth -= 1
    return not level
