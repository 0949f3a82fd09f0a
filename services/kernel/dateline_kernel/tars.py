"""The entries of a tar (POSIX.1-2001 ustar and pax, GNU), of a sender who may mean harm. Nothing is written anywhere.

tarfile takes a tar at its word: it reads records about an entry of any length into memory, takes hours over some
megabytes of digits in one (CVE-2024-6232), goes back by a negative size and so round and round (CVE-2025-8194), and
takes a broken header for the end, with which the rest is lost without a word.
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

LONGEST = 8 * 1024
"""Bytes of one record about an entry: its long name, its pax records."""
MOST = 64 * 1024
"""Bytes of all that is said of an entry before its data."""
GLOBAL = 100
"""Pax records that count for all entries behind them."""
_LATEST = 2.0**36
"""A time behind this, in the year 4147, is none."""
_NUMBER = re.compile(rb"\d{256}")
"""Longer than numbers are, and than a name may be in any folder (255 bytes)."""


class BadTar(ValueError):
    """It cannot be read, or not to its end. The text says why."""


class Entry(Struct, frozen=True):
    """One entry, as its header says."""

    name: str
    """Path; bytes that are no UTF-8 as surrogates."""
    size: int
    """Of its data, from 0. Whether the tar has as many is not known yet."""
    modified: float
    """Seconds since 1970; 0.0 where it is not known."""
    place: int
    """Where its data begin."""
    plain: bool
    """Whether it is a file whose bytes stand together: no folder, link, device or sparse file."""


def entries(file: BinaryIO) -> Iterator[Entry]:
    """What a tar has, in its order; the file is read and sought in meanwhile. Raises BadTar, OSError."""
    headers = _Headers(file)
    try:
        with tarfile.open(fileobj=headers, mode="r:") as tar:
            while (info := _next(tar, headers)) is not None:
                if info.size < 0 or tar.offset <= info.offset:
                    raise BadTar(f"an entry has a size of {info.size} bytes")
                if len(tar.pax_headers) > GLOBAL:
                    raise BadTar(f"more than {GLOBAL} records are to count for all entries")
                plain = info.isreg() and not info.issparse()
                yield Entry(info.name, info.size, _moment(info.mtime), info.offset_data, plain)
            file.seek(tar.offset)
            if file.read(tarfile.BLOCKSIZE).strip(b"\0"):
                raise BadTar(f"what stands at byte {tar.offset} is no header of an entry")
    except BadTar:
        raise
    except (tarfile.TarError, EOFError, ValueError, ArithmeticError, RuntimeError, LookupError) as error:
        # All but the first two are what odd headers make of tarfile.
        raise BadTar(str(error) or type(error).__name__) from error


def _next(tar: tarfile.TarFile, headers: _Headers) -> tarfile.TarInfo | None:
    headers.left = MOST
    # Years of copy are millions of entries: none is kept but what is needed of it.
    tar.members = []  # type: ignore[attr-defined]
    return tar.next()


def _moment(modified: float) -> float:
    return float(modified) if 0 <= modified < _LATEST else 0.0


class _Headers(io.RawIOBase):
    """What tarfile reads of a tar between the data of its entries."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.left = MOST

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes. Raises BadTar for more than records have, and for numbers that none has."""
        if not 0 <= size <= LONGEST:
            raise BadTar(f"a record about an entry has {size} bytes, where {LONGEST} are allowed")
        said = self._file.read(size)
        self.left -= len(said)
        if self.left < 0:
            raise BadTar(f"more than {MOST} bytes are said about one entry")
        if _NUMBER.search(said):
            raise BadTar("a record about an entry has a number of 256 digits")
        return said

    def seek(self, place: int, whence: int = 0, /) -> int:
        """Go on from there."""
        return self._file.seek(place, whence)

    def tell(self) -> int:
        """Where it goes on."""
        return self._file.tell()
