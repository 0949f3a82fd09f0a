"""What Outlook packs into ``winmail.dat``: the text of a mail and its files (MS-OXTNEF, MS-OXCDATA). Pure.

Lengths are checked against what is there; what comes after a broken piece is left out.
Not by tnefparse, the library for it: its last release is of January 2021.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from msgspec import Struct

SIGNATURE = b"\x78\x9f\x3e\x22"
KINDS = ("application/ms-tnef", "application/vnd.ms-tnef")
_MOST = 4096
"""Attributes of a stream, and properties of an attribute."""
_TOPIC, _BODY, _PROPERTIES, _CODEPAGE = 0x00018004, 0x0002800C, 0x00069003, 0x00069007
_BEGINS, _TITLE, _DATA, _ATTACHED = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Bytes of the values of fixed size, by their type (MS-OXCDATA 2.11.1), filled up to four."""
_OBJECT, _STRING, _UNICODE, _BINARY, _SEVERAL = 0x0D, 0x1E, 0x1F, 0x0102, 0x1000
_SUBJECT, _PLAIN, _NAME, _CONTENT, _MIME, _CONTENT_ID = 0x0037, 0x1000, 0x3707, 0x3701, 0x370E, 0x3712
_INTERFACE = 16
"""Bytes before an object that name its interface."""


class PackedFile(Struct, frozen=True):
    """A file of the mail."""

    name: str = ""
    kind: str = ""
    """Its media type; empty where it is not stated."""
    data: bytes = b""
    content_id: str = ""


class Told(Struct, frozen=True):
    """The properties of the mail (``mapi.Properties``); strings are UTF-8."""

    values: dict[int, bytes] = {}
    codec: str = "cp1252"

    def bytes(self, number: int) -> bytes:
        """A value as it stands."""
        return self.values.get(number, b"")

    def text(self, number: int) -> str:
        """A text."""
        return text_of_bytes(self.values.get(number, b""), self.codec)


class Packed(Struct, frozen=True):
    """What the stream holds: the mail's files, and its properties with the texts among them."""

    files: tuple[PackedFile, ...] = ()
    said: Told = Told()


def is_tnef(kind: str, data: bytes) -> bool:
    """Whether an attachment is such a stream, by its media type or its name's usual one and its first bytes."""
    return data.startswith(SIGNATURE) and (kind in KINDS or kind == "application/octet-stream")


def is_embedded(file: PackedFile) -> bool:
    """Whether a file is a mail that Outlook packed in turn (afEmbeddedMessage, MS-OXCMSG 2.2.2.9)."""
    return file.data.startswith(SIGNATURE)


def unpacked(data: bytes) -> Packed:
    """The text and the files of a stream."""
    codec = "cp1252"
    files: list[PackedFile] = []
    said: dict[int, bytes] = {}
    for tag, value in _attributes(data):
        if tag == _CODEPAGE and len(value) >= 4:
            codec = f"cp{struct.unpack_from('<I', value)[0]}"
        elif tag == _TOPIC:
            said.setdefault(_SUBJECT, text_of_bytes(value, codec).encode())
        elif tag == _BODY:
            said.setdefault(_PLAIN, text_of_bytes(value, codec).encode())
        elif tag == _PROPERTIES:
            said |= _properties(value, codec)
        elif tag == _BEGINS:
            files.append(PackedFile())
        elif files:
            files[-1] = _told(files[-1], tag, value, codec)
    return Packed(tuple(one for one in files if one.data), Told(said, codec))


def _told(file: PackedFile, tag: int, value: bytes, codec: str) -> PackedFile:
    """A file with what one more attribute says of it."""
    if tag == _TITLE:
        return PackedFile(file.name or text_of_bytes(value, codec), file.kind, file.data, file.content_id)
    if tag == _DATA:
        return PackedFile(file.name, file.kind, value, file.content_id)
    if tag != _ATTACHED:
        return file
    said = dict(_properties(value, codec))
    name, kind, content_id = (said.get(one, b"").decode() for one in (_NAME, _MIME, _CONTENT_ID))
    data = file.data or said.get(_CONTENT, b"")
    return PackedFile(name or file.name, kind or file.kind, data, content_id or file.content_id)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and value of each attribute, which stand between its level and a sum (MS-OXTNEF 2.1.3.2)."""
    at = len(SIGNATURE) + 2
    for _ in range(_MOST):
        if at + 9 > len(data):
            return
        tag, length = struct.unpack_from("<II", data, at + 1)
        if at + 9 + length > len(data):
            return
        yield tag, data[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _properties(data: bytes, codec: str) -> Iterator[tuple[int, bytes]]:
    """Number and first value of each property (MS-OXTNEF 2.1.3.4); strings as UTF-8."""
    try:
        at = 4
        for _ in range(min(struct.unpack_from("<I", data)[0], _MOST)):
            kind, number = struct.unpack_from("<HH", data, at)
            at = _after_name(data, at + 4) if number >= 0x8000 else at + 4
            values, at = _values(data, at, kind)
            if values:
                yield number, _as_utf8(values[0], kind & ~_SEVERAL, codec)
    except struct.error:
        return


def _after_name(data: bytes, at: int) -> int:
    """Where the name of a property ends: a GUID, and a number or a text."""
    if struct.unpack_from("<I", data, at + 16)[0] == 0:
        return at + 24
    return at + 24 + _padded(struct.unpack_from("<I", data, at + 20)[0])


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    """The values of a property, and where they end. Raises struct.error where they are cut off or of no known type."""
    single = kind & ~_SEVERAL
    varies = single in (_OBJECT, _STRING, _UNICODE, _BINARY)
    count = 1
    if varies or kind & _SEVERAL:
        count = struct.unpack_from("<I", data, at)[0]
        at += 4
    if count > _MOST or not (varies or single in _SIZES):
        raise struct.error
    found = []
    for _ in range(count):
        length = struct.unpack_from("<I", data, at)[0] if varies else _SIZES[single]
        at += 4 if varies else 0
        if at + length > len(data):
            raise struct.error
        found.append(data[at : at + length])
        at += _padded(length)
    return found, at


def _padded(length: int) -> int:
    return length + -length % 4


def _as_utf8(value: bytes, kind: int, codec: str) -> bytes:
    if kind == _UNICODE:
        return value.decode("utf-16-le", "replace").rstrip("\0").encode()
    if kind == _STRING:
        return text_of_bytes(value, codec).encode()
    return value[_INTERFACE:] if kind == _OBJECT else value


def text_of_bytes(value: bytes, codec: str) -> str:
    """Text of single bytes; UTF-8 where it is, since Outlook writes the codepage of its own windows."""
    value = value.rstrip(b"\0")
    for one in ("utf-8", codec):
        try:
            return value.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
    return value.decode("cp1252", "replace")
