"""What the doors that take files have in common: what to take now, what was taken, what an operator has to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from msgspec.structs import replace

from dateline_ingest.doors.pulling_files import Entry, Look, Marks, TooMany, decide, mark, original, shown
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import MOST_BYTES, Found, Place, keep_place
from dateline_schemas.feeds import Feed

E = TypeVar("E", bound=Exception)

MOST_REFUSED = 10_000
AT_ONCE = 64
"""Files between two notes of the place, more where that is large: as many may be taken twice after a crash, and are
known then."""


class FileFault(Exception):
    """This one file cannot be read, moved or deleted. The text says why; never a secret."""


@contextmanager
def faulty(what: str, error: type[E], said: Callable[[E], object]) -> Iterator[None]:
    """Raise a library's ``error`` as a FileFault: the file cannot be ``what``, for the reason that ``said`` finds."""
    try:
        yield
    except error as one:
        raise FileFault(f"it cannot be {what}: {said(one)}") from one


class HeldBack(Exception):
    """The server does not say a word to the request for a file, and so to no other: some lock one that is written."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.name)
        self.entry = entry


class Files(Protocol):
    """The files of a folder, here or on a server. What is wrong with the folder itself is a DoorFault."""

    async def read(self, entry: Entry) -> bytes | None:
        """A file's bytes; None if it is gone, or not as it was listed. Raises FileFault, HeldBack."""

    async def unchanged(self, entry: Entry) -> bool:
        """Whether it is there as it was listed, as far as anybody can say."""

    async def rename(self, entry: Entry, to: str) -> None:
        """Give it another name in its folder, one that no file has. Raises FileFault."""

    async def move(self, entry: Entry, folder: str) -> None:
        """Move it to a folder beside it, which is made if need be, over no other file. Raises FileFault."""

    async def delete(self, entry: Entry) -> None:
        """Delete it. Raises FileFault."""


class FilesTaken(Place, frozen=True, kw_only=True):
    """What was taken of a folder and may lie there still; each door has its own kind."""

    taken: Marks = Marks()
    refused: Marks = Marks()
    """Those of them that went to quarantine, so many at most: it matters only where they are moved."""


F = TypeVar("F", bound=FilesTaken)


def decided(feed: Feed, listing: list[Entry], before: list[Entry], taken: Marks) -> Look:
    """What to take now; see ``pulling_files.decide``. Raises DoorFault."""
    seen = before if feed.arrives == "written" else listing
    try:
        leave = feed.after != "keep"
        return decide(listing, seen, taken, pattern=feed.pattern, most_bytes=MOST_BYTES, leave=leave)
    except TooMany as error:
        raise DoorFault(str(error)) from error


class Told:
    """Files that an operator has to look at, each told of once for as long as it lies there."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._marks: set[bytes] = set()
        self._lines: frozenset[str] = frozenset()

    def of(self, entry: Entry) -> bool:
        """Whether that file was told of."""
        return mark(entry) in self._marks

    def once(self, entry: Entry, why: str) -> None:
        """Tell of a file."""
        if mark(entry) not in self._marks:
            self._marks.add(mark(entry))
            self._room.log.error("file needs a look", file=shown(entry.name), reason=why)

    def unread(self, lines: tuple[str, ...]) -> None:
        """Tell of lines of a listing that nobody can read."""
        for line in lines:
            if line not in self._lines:
                self._room.log.error("listing needs a look", line=shown(line)[:200], reason="nobody can read this line")
        self._lines = frozenset(lines)

    def left(self, look: Look) -> None:
        """Tell of those that are not taken for their size or their name."""
        for entry in look.too_large:
            self.once(entry, f"{entry.size} bytes are more than {MOST_BYTES}; it stays where it is")
        for entry in look.odd:
            self.once(entry, "its name has control characters or slashes in it; have it renamed")

    def forget_others(self, listing: list[Entry]) -> None:
        """What is not listed any more is gone."""
        self._marks &= {mark(entry) for entry in listing}


async def sampled(feed: Feed, files: Files, listing: list[Entry]) -> Found:
    """What lies there, with the oldest file that can be read as a sample. Raises DoorFault."""
    look = decided(feed, listing, listing, Marks())
    note = f"{len(look.too_large)} more are too large" if look.too_large else ""
    for entry in look.take:
        try:
            data = await files.read(entry)
        except FileFault as error:
            note = f"{shown(entry.name)}: {error}"
            continue
        if data is not None:
            return Found(new=len(look.take), name=shown(entry.name), sample=data, note=note)
    return Found(new=len(look.take), note=note)


async def take_all(room: Room, files: Files, look: Look, place: F, told: Told) -> F:
    """Take them in their order; the place afterwards, with what must not be taken again. Raises DoorFault, HeldBack."""
    told.left(look)
    noted = replace(place, url=room.feed.url, taken=look.taken, refused=place.refused.within(look.taken))
    waiting = list(reversed(look.take))
    while waiting:
        done: list[tuple[Entry, bool]] = []
        try:
            for _ in range(min(len(waiting), max(AT_ONCE, len(noted.taken) // 16))):
                entry = waiting.pop()
                if (read := await _take(room, files, entry, told)) is not None:
                    done.append((entry, read))
        except (DoorFault, HeldBack):
            # A server that hangs up after so many files must not be asked for the same ones for ever.
            await _remembered(room, place, _with(noted, done))
            raise
        noted = _with(noted, done)
        place = await _remembered(room, place, noted)
    return await _remembered(room, place, noted)


async def _take(room: Room, files: Files, entry: Entry, told: Told) -> bool | None:
    """Take one in; whether it could be read as copy, None if it was not taken."""
    name = shown(original(entry).name)
    try:
        data = await files.read(entry)
    except FileFault as error:
        told.once(entry, str(error))
        return None
    if not data:
        return None  # gone, or made and not written yet
    if 0 <= entry.size != len(data) or (room.feed.arrives == "written" and not await files.unchanged(entry)):
        room.log.info("file changed while it was read", file=name, listed=entry.size, read=len(data))
        return None
    return bool((await room.take(data, name=name)).receipts)


def _with(place: F, done: list[tuple[Entry, bool]]) -> F:
    taken = place.taken.with_these(entry for entry, _ in done)
    refused = place.refused.with_these(entry for entry, read in done if not read)
    return replace(place, taken=taken, refused=refused.first(MOST_REFUSED))


async def _remembered(room: Room, before: F, place: F) -> F:
    """The place, kept if it is news."""
    if (place.taken, place.refused) != (before.taken, before.refused):
        await keep_place(room, place)
    return place
