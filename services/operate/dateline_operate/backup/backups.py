"""A backup as a folder: what is in it, in which order it was taken, and whether it is whole.

    20261129T165012Z/
      SHA256SUMS              of every other file, as `sha256sum --check` reads it
      backup.json             when, from what, how far each consumer was, the seal of the log
      STORIES/backup.json     a folder a stream, as `nats stream backup` lays it out
      STORIES/stream.tar.s2

A folder gets its name when all of it is on disk.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from dateline_operate.console.failure import Failure
from dateline_schemas.subjects import BUCKETS, FEED_EVENTS, ORIGINALS, QUARANTINE, STORIES, TOPICS

ORDER = (
    *(f"KV_{bucket.name}" for bucket in reversed(BUCKETS)),
    FEED_EVENTS.name,
    QUARANTINE.name,
    TOPICS.name,
    STORIES.name,
    ORIGINALS.name,
)
"""Order in which streams are taken: what a stream refers to is in those behind it.

Receipts, places in feeds and topics refer to the log, events to ORIGINALS. So nothing in a backup follows from
something that is not in it.
"""

LIST, ABOUT = "SHA256SUMS", "backup.json"
STREAM, CONTENT = "backup.json", "stream.tar.s2"
UNFINISHED = ".part"
PIECE = 128 * 1024
"""Bytes that are read at a time, and sent: as many as the server sends."""
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is to do."""
_NAME, _NAMED = "%Y%m%dT%H%M%SZ", f"{'[0-9]' * 8}T{'[0-9]' * 6}Z"
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_./]{1,200})")


class Place(Struct, frozen=True, kw_only=True):
    """A consumer's place before anything else was taken. After a restore it hears again what came later."""

    name: str
    taken_to: int
    """Sequence up to which it had answered everything."""
    made: datetime


class Held(Struct, frozen=True, kw_only=True):
    """A stream in a backup."""

    name: str
    messages: int
    bytes: int
    """Bytes, as the server counts them."""
    last_seq: int
    file_bytes: int
    consumers: tuple[Place, ...] = ()


class Backup(Struct, frozen=True, kw_only=True):
    """What ``backup.json`` says."""

    began: datetime
    """UTC. What came later is not in the backup, or not all of it."""
    ended: datetime
    server: str
    """Release of nats-server."""
    seal: str
    """Seal of the log, for ``dateline verify --seal``."""
    faults: int
    """Number of faults in the log when it was taken."""
    streams: tuple[Held, ...]

    @property
    def bytes(self) -> int:
        """Bytes on disk."""
        return sum(stream.file_bytes for stream in self.streams)


def named(when: datetime) -> str:
    """Name of the folder of a backup begun then; names sort as their times do."""
    return when.strftime(_NAME)


def whole_ones(folder: Path) -> list[Path]:
    """The backups of a folder, oldest first."""
    return sorted(path.parent for path in folder.glob(f"{_NAMED}/{LIST}"))


def due_in(folder: Path, every: float, now: datetime) -> float:
    """Seconds until the newest backup of a folder is ``every`` seconds old; 0 or less: make one now."""
    newest = [datetime.strptime(path.name, _NAME).replace(tzinfo=UTC) for path in whole_ones(folder)[-1:]]
    # One that is of a time to come was made by another clock: it keeps nobody waiting for longer than `every`.
    return max((min(every, every - (now - began).total_seconds()) for began in newest), default=0.0)


def pieces(path: Path, told: Callable[[int], None] = lambda _: None) -> Iterator[bytes]:
    """A file in pieces; ``told`` is called with the size of each. Raises OSError."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
            told(len(piece))


def digest_of(path: Path, told: Callable[[int], None] = lambda _: None) -> str:
    """SHA-256 of a file, in hex. Raises OSError."""
    digest = hashlib.sha256()
    for piece in pieces(path, told):
        digest.update(piece)
    return digest.hexdigest()


def listed(folder: Path) -> dict[str, str]:
    """File -> SHA-256, by a backup's list. Raises Failure if there is none that can be read."""
    try:
        return digests_in((folder / LIST).read_text("ascii"))
    except FileNotFoundError:
        raise _no_backup(folder) from None
    except ValueError as error:
        raise damaged(folder / LIST) from error


def digests_in(text: str) -> dict[str, str]:
    """File -> SHA-256, from a list as sha256sum writes it. Pure. Raises ValueError for anything else."""
    found = [_LINE.fullmatch(line) for line in text.removesuffix("\n").split("\n")]
    if None in found:
        raise ValueError("this is no list of digests")
    return {one[2]: one[1] for one in found if one}


def _no_backup(folder: Path) -> Failure:
    if folder.name.endswith(UNFINISHED):
        return Failure(f"{folder} is a backup that was broken off.", "Take one that is whole.")
    if inside := whole_ones(folder):
        return Failure(f"{folder} holds backups, and is none itself.", f"Name one; the newest is {inside[-1]}", code=2)
    return Failure(f"{folder} is no backup: it has no {LIST}.", "`dateline backup DIR` makes one below DIR.", code=2)


def damaged(path: Path) -> Failure:
    """The failure for a file that was changed or damaged."""
    return Failure(f"{path} is damaged; nothing was restored.", "Take another backup, or another copy of this one.")


def checked(folder: Path, told: Callable[[int], None] = lambda _: None) -> Backup:
    """A backup's description, after every file was compared with the list. Raises Failure, OSError."""
    digests = listed(folder)
    there = {str(path.relative_to(folder)) for path in folder.glob("**/*") if path.is_file()} - {LIST}
    if missing := sorted(digests.keys() - there):
        raise Failure(f"{folder / missing[0]} is missing; nothing was restored.", "Take another backup.")
    for name, digest in digests.items():
        if digest_of(folder / name, told) != digest:
            raise damaged(folder / name)
    try:
        about = msgspec.json.decode((folder / ABOUT).read_bytes(), type=Backup)
    except (OSError, msgspec.DecodeError) as error:
        raise Failure(f"{folder / ABOUT} cannot be read: {error}.", "A later release may have made it.") from error
    if unlisted := [one.name for one in about.streams if f"{one.name}/{CONTENT}" not in digests]:
        raise Failure(f"{folder} lacks stream {unlisted[0]}; nothing was restored.", "Take another backup.")
    return about


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner may read; it is on disk when the block ends. Raises OSError."""
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
