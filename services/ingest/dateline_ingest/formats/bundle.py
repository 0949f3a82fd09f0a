"""Bundles: zip, gzip, tar and tar.gz archives of messages in any format. Pure: nothing is written anywhere.

An archive is checked by its own headers before anything is unpacked, and unpacking stops at the limits whatever they
say. Archives in an archive are opened, too. Files that are clearly no message (pictures, checksums, a file system's own
files) are left out.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from msgspec import Struct

from dateline_ingest.formats.documents.office import ZIP, office_kind
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mail.outlook import is_outlook
from dateline_ingest.formats.message import Limits
from dateline_kernel.tars import entries

NAME = "bundle"
MOST_PARTS = 2_000
"""Most entries of an archive, with those of archives in it."""
DEEPEST = 2
"""Deepest nesting of archives."""
RATIO = 250
"""Most times its packed size that an entry larger than ``SMALL`` may have. Text packs to a 50th at best."""
SMALL = 1024 * 1024
TIMES = 4
"""Most size of all entries together, as a multiple of one message's limit."""

_EMPTY_ZIP, _GZIP, _USTAR = b"PK\x05\x06", b"\x1f\x8b\x08", (b"ustar\0", b"ustar  \0")
"""The last ones are POSIX's and GNU's; they end so, since words may stand there, too: Portuguese ``custaram``."""
_CENTRAL = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LONGEST_NAME = 1_000
_BAD_NAME = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f]")
_ASIDE = re.compile(
    r"(?:^|/)(?:\.(?!/)|__MACOSX/|thumbs\.db$|desktop\.ini$)"
    r"|\.(?:jpe?g|png|gif|webp|tiff?|bmp|svg|eps|psd|ico|heic|mp[34]|m4[av]|mov|avi|wmv|webm|mpe?g|wav|aac|ogg|flac|pdf"
    r"|xlsx?|pptx?|md5|sha\d*|sig|asc|crc|ok|done|ready|trg|dtd|xsd|css|js|xslt?|exe|dll|log)$",
    re.IGNORECASE,
)
"""Names of entries that are no messages."""
_PICTURES = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"%PDF",
    b"RIFF",
    b"II*\x00",
    b"MM\x00*",
    b"\xd0\xcf\x11\xe0",
    b"ID3",
)
_BROKEN: tuple[type[Exception], ...] = (zipfile.BadZipFile, zlib.error, EOFError, OSError)
_BROKEN += (ValueError, ArithmeticError, RuntimeError, LookupError, AttributeError, AssertionError, struct.error)
"""What the libraries raise for archives that are not what they say; the second row is for odd headers."""


class Part(Struct, frozen=True):
    """A message out of a bundle."""

    name: str
    """Its path in the bundle, through archives within it."""
    data: bytes
    hint: str = ""
    """Media type that its name means, where the content alone may not tell."""


def is_bundle(data: bytes) -> bool:
    """Whether the bytes begin like an archive, and are no document of an office program, which are archives too."""
    if data.startswith(ZIP):
        return not office_kind(data)
    return data.startswith((_EMPTY_ZIP, _GZIP)) or _is_tar(data)


def open_bundle(data: bytes, limits: Limits) -> tuple[Part, ...] | None:
    """The messages of a bundle in its order, archives in it opened; None if the bytes are no bundle.

    Raises Unparseable for an archive that is broken, encrypted, too large, too deep or packed suspiciously well, has
    names that lead outside, or has no message in it.
    """
    if not is_bundle(data):
        return None
    if len(data) > limits.bytes:
        reason = f"the bundle has {len(data)} bytes, more than {limits.bytes}; have it split"
        raise Unparseable(reason, format=NAME)
    parts = tuple(_Opening(limits).messages(data, "", 1))
    if not parts:
        raise Unparseable("there is no message in the bundle; nothing to take in", format=NAME)
    return parts


class _Opening:
    """A bundle that is being opened, with what may still be unpacked."""

    def __init__(self, limits: Limits) -> None:
        self._bytes = TIMES * limits.bytes
        self._all = self._bytes
        self._parts = MOST_PARTS

    def messages(self, data: bytes, path: str, level: int) -> Iterator[Part]:
        for name, inner in self._entries(data, path):
            if not inner.strip() or _is_aside(inner):
                continue
            if not is_bundle(inner):
                hint = "text/html" if name.lower().endswith((".html", ".htm")) else ""
                yield Part(name or "message", inner, hint)
                continue
            # A tar within gzip is one archive.
            below = level if data.startswith(_GZIP) and not inner.startswith((ZIP, _GZIP)) else level + 1
            if below > DEEPEST:
                raise _fault(f"archives lie more than {DEEPEST} deep within one another; send the messages flat", name)
            yield from self.messages(inner, name, below)

    def _entries(self, data: bytes, path: str) -> Iterator[tuple[str, bytes]]:
        try:
            if data.startswith(_GZIP):
                yield path.removesuffix(".gz").removesuffix(".tgz"), self._gunzip(data, path)
            elif _is_tar(data):
                yield from self._tar(data, path)
            else:
                yield from self._zip(data, path)
        except Unparseable:
            raise
        except _BROKEN as error:
            said = str(error) or type(error).__name__
            raise _fault(f"the archive is broken: {said}; have it sent again", path) from error

    def _gunzip(self, data: bytes, path: str) -> bytes:
        """RFC 1952: one or more members, each inflated up to what may still be unpacked."""
        out, rest = bytearray(), data
        while rest.startswith(_GZIP):
            self._one_more(path)
            inflate = zlib.decompressobj(wbits=31)
            out += inflate.decompress(rest, self._bytes + 1 - len(out))
            self._check_size(len(out), len(data), path)
            if not inflate.eof:
                raise _fault("the gzip file is cut off; have it sent again", path)
            rest = inflate.unused_data
        self._bytes -= len(out)
        return bytes(out)

    def _zip(self, data: bytes, path: str) -> Iterator[tuple[str, bytes]]:
        if data.count(_CENTRAL) > self._parts:
            raise _fault(f"the archive has more than {MOST_PARTS} entries; split it", path)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            self._check_size(sum(info.file_size for info in infos), None, path)
            for info in infos:
                name = _checked(info.filename, path)
                self._one_more(path)
                if info.is_dir() or _ASIDE.search(info.filename):
                    continue
                self._check_zipped(info, name)
                with archive.open(info) as entry:
                    inner = entry.read(info.file_size + 1)
                self._bytes -= len(inner)
                yield name, inner

    def _check_zipped(self, info: zipfile.ZipInfo, name: str) -> None:
        if info.flag_bits & 0x1:
            raise _fault("the archive is encrypted; send it without a password, over a door that encrypts", name)
        if info.compress_type not in _METHODS:
            raise _fault(f"the entry is packed by method {info.compress_type}; deflate and stored are read", name)
        self._check_size(info.file_size, info.compress_size, name)

    def _tar(self, data: bytes, path: str) -> Iterator[tuple[str, bytes]]:
        for entry in entries(io.BytesIO(data)):
            name = _checked(entry.name, path)
            self._one_more(path)
            self._check_size(entry.size, None, name)
            if not entry.plain or _ASIDE.search(entry.name):
                continue
            inner = data[entry.place : entry.place + entry.size]
            if len(inner) < entry.size:
                raise _fault("the archive is cut off; have it sent again", name)
            self._bytes -= len(inner)
            yield name, inner

    def _one_more(self, path: str) -> None:
        self._parts -= 1
        if self._parts < 0:
            raise _fault(f"the bundle has more than {MOST_PARTS} entries; split it", path)

    def _check_size(self, size: int, packed: int | None, path: str) -> None:
        if size > self._bytes:
            raise _fault(f"the bundle unpacks to more than {self._all} bytes; split it", path)
        if packed is not None and size > SMALL and size > RATIO * packed:
            reason = f"the entry unpacks to more than {RATIO} times its size, as no text does"
            raise _fault(f"{reason}; send it as it is if it is meant", path)


def _is_tar(data: bytes) -> bool:
    return data.startswith(_USTAR, 257)


def _is_aside(data: bytes) -> bool:
    """Whether an entry's bytes show that it is a file and no message."""
    return (data.startswith(_PICTURES) and not is_outlook(data)) or data[4:8] == b"ftyp"


def _checked(name: str, path: str) -> str:
    if _BAD_NAME.search(name) or not name or len(name) > _LONGEST_NAME:
        shown = name[:80].encode("unicode_escape").decode()
        raise _fault(f"an entry has a name that is no plain relative path: {shown}; name it plainly", path)
    return f"{path}/{name}" if path else name


def _fault(reason: str, path: str) -> Unparseable:
    return Unparseable(reason, format=NAME, path=path)
