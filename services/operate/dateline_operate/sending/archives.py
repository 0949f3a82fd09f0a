"""Archives of copy, a folder, a tar (plain or compressed), a zip: listed once, in the order of time, then read."""

from __future__ import annotations

import bz2
import fnmatch
import gzip
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from dateline_kernel.tars import BadTar, entries
from dateline_operate.console.failure import Failure
from dateline_operate.up.room import free_bytes

KNOWN_FROM = datetime(1980, 1, 3, tzinfo=UTC).timestamp()
"""Earlier times mean that the archiver knew none: it writes 1970-01-01, or 1980-01-01 in some zone."""
_UNIX_TIMES = 0x5455
"""Extra field of a zip member with its time in UTC (Info-ZIP, ``UT``)."""
_OPENERS: dict[bytes, Callable[[Path], Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open}
"""First bytes of a compressed file -> how to open it."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BLOCK = 1024 * 1024
ROOM = 256 * 1024 * 1024
"""Bytes that unpacking leaves free on the disk, as it may be the message server's."""


class Item(Struct, frozen=True, order=True):
    """One file of an archive. Items sort by time, then by name."""

    modified: float
    """Seconds since 1970; 0.0 where it is not known."""
    name: str
    """Path within the archive."""
    size: int
    place: int = 0
    """Where its bytes begin, in a tar; its number in the index, in a zip."""

    @property
    def time(self) -> datetime | None:
        """When it was written, UTC; None if that is not known."""
        with suppress(OverflowError, ValueError, OSError):
            return datetime.fromtimestamp(self.modified, UTC) if self.modified else None
        return None


class Unreadable(Exception):
    """This one item cannot be read. The text says why."""


class Archive(Protocol):
    """Something to import from."""

    damage: str
    """Why items may be missing; known once they are listed, empty if none is."""

    def items(self) -> Iterator[Item]:
        """Every file that can be found in it, hidden ones left out, in any order."""

    def read(self, item: Item) -> bytes:
        """Its bytes. Raises Unreadable."""

    def close(self) -> None:
        """Close what is open."""


def open_archive(path: Path, spool: Path) -> Archive:
    """The archive at a path. A compressed tar is unpacked into the file ``spool`` first. Raises Failure."""
    try:
        if path.is_dir():
            return FolderArchive(path)
        with path.open("rb") as file:
            start = file.read(6)
        if start.startswith(_ZIP):
            return ZipArchive(path)
        opener = next((opener for magic, opener in _OPENERS.items() if start.startswith(magic)), None)
        return TarArchive(path) if opener is None else TarArchive(spool, _unpacked(path, opener, spool))
    except (OSError, EOFError, zlib.error, lzma.LZMAError, BadTar, zipfile.BadZipFile) as error:
        said = getattr(error, "strerror", None) or error
        advice = "The feed comes first, then the archive. A single file goes in by `dateline push`, or in a folder."
        raise Failure(f"{path} is no folder, tar or zip that can be read: {said}.", advice) from error


def _unpacked(path: Path, opener: Callable[[Path], Any], spool: Path) -> str:
    """Unpack into ``spool``; what is missing if the file is cut off, else empty. Raises Failure, errors of the packing.

    A plain tar can be read in any order, a compressed one only from its start. What stands before a cut is as it was;
    after other damage it may not be.
    """
    with opener(path) as packed, spool.open("wb") as plain:
        with suppress(EOFError):
            while block := packed.read1(_BLOCK):
                if free_bytes(spool.parent) < ROOM:
                    done = f"{plain.tell():,} bytes of it do"
                    said = f"{path} does not fit unpacked onto the disk of {spool.parent}: {done}."
                    raise Failure(said, "Unpack it where there is room, and import the folder.")
                plain.write(block)
            return ""
        return f"it is cut off after {plain.tell():,} bytes, unpacked"


def listed(archive: Archive, pattern: str = "*") -> list[Item]:
    """The items whose file names match a shell pattern, in the order of time."""
    return sorted(
        item for item in archive.items() if fnmatch.fnmatchcase(item.name.rpartition("/")[2], pattern) and item.size
    )


def _hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/") if part not in (".", ""))


def _printable(name: str) -> str:
    """A name that can be printed: bytes that are not UTF-8 are shown escaped."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _known(modified: float) -> float:
    return modified if modified >= KNOWN_FROM else 0.0


class FolderArchive:
    """All files in and below a folder; links are not followed."""

    damage = ""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._odd: dict[str, Path] = {}
        """Files whose names cannot be written down."""

    def items(self) -> Iterator[Item]:
        """Every plain file."""
        for folder, below, names in os.walk(self._path):
            below[:] = [name for name in below if not name.startswith(".")]
            for name in names:
                file = Path(folder) / name
                if name.startswith(".") or file.is_symlink() or not file.is_file():
                    continue
                with suppress(OSError):  # it vanished
                    state = file.stat()
                    raw = file.relative_to(self._path).as_posix()
                    shown = _printable(raw)
                    if shown != raw:
                        self._odd[shown] = file
                    yield Item(_known(state.st_mtime), shown, state.st_size)

    def read(self, item: Item) -> bytes:
        """Its bytes. Raises Unreadable."""
        try:
            return self._odd.get(item.name, self._path / item.name).read_bytes()
        except OSError as error:
            raise Unreadable(f"cannot be read: {error.strerror}") from error

    def close(self) -> None:
        """Nothing is open."""


class TarArchive:
    """A plain tar; its index is its own headers, read once."""

    def __init__(self, path: Path, damage: str = "") -> None:
        self.damage = damage
        self._file = path.open("rb")
        try:
            next(entries(self._file), None)
        except BaseException:
            self._file.close()
            raise

    def items(self) -> Iterator[Item]:
        """Every plain file. A file that stands in it twice is two items, as both were sent."""
        count = 0
        try:
            self._file.seek(0)
            for entry in entries(self._file):
                count += 1
                if entry.plain and not _hidden(entry.name):
                    yield Item(_known(entry.modified), _printable(entry.name), entry.size, entry.place)
        except (BadTar, OSError) as error:
            self.damage = self.damage or f"it is damaged after {count:,} entries: {error}"

    def read(self, item: Item) -> bytes:
        """Its bytes. Raises Unreadable."""
        try:
            data = os.pread(self._file.fileno(), item.size, item.place)
        except OSError as error:
            raise Unreadable(f"cannot be read: {error.strerror}") from error
        if len(data) != item.size:
            raise Unreadable("the archive ends in the middle of it")
        return data

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class ZipArchive:
    """A zip. Times without a zone are taken as UTC."""

    damage = ""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)

    def items(self) -> Iterator[Item]:
        """Every file."""
        for nth, info in enumerate(self._zip.infolist()):
            if not info.is_dir() and not _hidden(info.filename):
                yield Item(_known(_zip_time(info)), _printable(info.filename), info.file_size, nth)

    def read(self, item: Item) -> bytes:
        """Its bytes, never more than the index says. Raises Unreadable."""
        try:
            with self._zip.open(self._zip.infolist()[item.place]) as file:
                data = file.read(item.size + 1)
        except (OSError, EOFError, RuntimeError, NotImplementedError, KeyError, ValueError) as error:
            # RuntimeError is what zipfile says of a member with a password.
            raise Unreadable(f"cannot be read: {error}") from error
        except Exception as error:
            # zlib.error, lzma.LZMAError, BadZipFile: each way to compress has its own.
            raise Unreadable(f"is damaged: {error}") from error
        if len(data) != item.size:
            raise Unreadable(f"has not the {item.size} bytes that the index says")
        return data

    def close(self) -> None:
        """Close the file."""
        self._zip.close()


def _zip_time(info: zipfile.ZipInfo) -> float:
    at = 0
    while at + 4 <= len(info.extra):
        kind, size = struct.unpack_from("<HH", info.extra, at)
        if kind == _UNIX_TIMES and size >= 5 and at + 9 <= len(info.extra) and info.extra[at + 4] & 1:
            return float(struct.unpack_from("<i", info.extra, at + 5)[0])
        at += 4 + size
    try:
        return datetime(*info.date_time, tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0
