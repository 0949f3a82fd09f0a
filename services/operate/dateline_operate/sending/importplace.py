"""The place of an import, kept in the data folder, so that one that was interrupted goes on from there."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline_kernel.wholefile import write_whole
from dateline_operate.console.failure import Failure
from dateline_operate.sending.archives import Item
from dateline_operate.up.locking import held


class Counts(Struct, frozen=True, kw_only=True):
    """What became of messages and stories so far."""

    messages: int = 0
    """Files that are done, whatever became of them."""
    stories: int = 0
    new: int = 0
    """Stories, or versions of one, that the log did not have."""
    known: int = 0
    refused: int = 0
    """Files that are in quarantine or could not be read."""

    def plus(self, other: Counts) -> Counts:
        """The sum of both."""
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})


class Place(Struct, frozen=True, kw_only=True):
    """How far an import came: everything up to ``last`` is done."""

    feed: str
    source: str
    last: Item | None = None
    counts: Counts = Counts()


def place_path(data: Path, feed: str, source: Path) -> Path:
    """Path of the file with this import's place."""
    what = hashlib.sha256(f"{feed}\0{source}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return data / "imports" / f"{feed}-{what}.json"


def read_place(path: Path, feed: str, source: Path) -> Place:
    """How far the import came; from the start if that is not known."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Place)
    except (OSError, msgspec.DecodeError):
        return Place(feed=feed, source=str(source))


def write_place(path: Path, place: Place) -> None:
    """Write the place; a reader sees the old file or the new one."""
    write_whole(path, msgspec.json.encode(place))


def go_on_at(items: Sequence[Item], place: Place) -> int | None:
    """Index of the first item that is not done; None if the archive is not the one that was begun. Pure."""
    if place.last is None:
        return 0
    at = bisect.bisect_right(items, place.last)
    same = at > 0 and items[at - 1] == place.last and at == place.counts.messages
    return at if same else None


class Progress:
    """Which of many items in flight are done: ``upto`` counts those from the start without a gap."""

    def __init__(self, start: int, counts: Counts) -> None:
        self.upto = start
        self.counts = counts
        self._beyond: dict[int, Counts] = {}

    def done(self, nth: int, counts: Counts) -> None:
        """Item ``nth`` is dealt with."""
        self._beyond[nth] = counts
        while self.upto in self._beyond:
            self.counts = self.counts.plus(self._beyond.pop(self.upto))
            self.upto += 1

    @property
    def total(self) -> Counts:
        """Everything that is done, those after a gap too."""
        total = self.counts
        for counts in self._beyond.values():
            total = total.plus(counts)
        return total


def only_import(path: Path) -> AbstractContextManager[None]:
    """Hold this import for the length of a block, which raises Failure if another process does."""

    def taken() -> Failure:
        return Failure("this import is under way in another process.", "Wait for it, or end it.")

    return held(path.with_suffix(".lock"), taken)
