"""UTF-16, told by a byte order mark, by the zero beside the first sign of XML or JSON (RFC 4627, section 3), or, where
a text begins with neither, by zeros that stand on one side of its pairs of bytes only."""

from __future__ import annotations

import codecs
import re

from dateline_ingest.formats.fault import Unparseable

_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FIRST = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_FIRST |= {b"{\x00": "utf-16-le", b"\x00{": "utf-16-be", b"[\x00": "utf-16-le", b"\x00[": "utf-16-be"}
_HEAD = 4096
_SMALL = bytes(range(ord("a"), ord("z") + 1))
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
"""Signs of layout and of direction, which texts have though they cannot be printed."""
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")


def as_utf8(data: bytes, format: str) -> bytes:
    """``data`` without a byte order mark; UTF-16 turned into UTF-8. Raises Unparseable for a broken UTF-16 text."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:]
    encoding = utf16_of(data)
    if not encoding:
        return data
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = "the bytes are not UTF-16 though they begin like it; have the provider check the encoding"
        raise Unparseable(reason, format=format, offset=error.start) from error
    return _DECLARATION.sub("", text).encode("utf-8", "replace")


def utf16_of(data: bytes) -> str:
    """The codec of bytes in UTF-16; empty if they are in none."""
    if data.startswith(_MARKS):
        return "utf-16"
    if b"\0" not in data:
        return ""
    return _FIRST.get(data[:2]) or (_unmarked(data) if 0 in data[:_HEAD] else "")


def _unmarked(data: bytes) -> str:
    """By the zeros: the first byte of a pair is one for every letter of ASCII, in any language for spaces and figures.

    Some signs of East Asia have one in the second byte, too: there the end of a line tells the order, since the other
    order makes of it a sign that is none.
    """
    head = data[:_HEAD]
    sides = {"utf-16-be": head[::2], "utf-16-le": head[1::2]}
    if len(data) % 2:
        return ""
    unclear = all(0 in side for side in sides.values())
    for encoding, high in sorted(sides.items(), key=lambda side: side[1].count(0), reverse=True):
        if _are_high(high) and (text := _text(data, encoding)) and (not unclear or "\n" in text):
            return encoding
    return ""


def _are_high(side: bytes) -> bool:
    """Whether one side of the pairs may be their first bytes: not where those beside the zeros are mostly small
    letters, which makes it a text of single bytes with something in it that is none."""
    said = side.replace(b"\0", b"")
    return len(said) < len(side) and 2 * (len(said) - len(said.translate(None, _SMALL))) <= len(said)


def _text(data: bytes, encoding: str) -> str:
    """The text, if all of it is one; else nothing."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return text if "".join(_UNSEEN.sub("", text).split()).isprintable() else ""
