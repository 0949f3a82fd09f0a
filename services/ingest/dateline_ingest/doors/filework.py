"""What the doors that take files have in common: what to take now, what was taken, what an operator has to look at."""

from __future__ import annotations

from typing import Protocol, TypeVar

from msgspec.structs import replace

from dateline_ingest.doors.pulling_files import REFUSED, TAKEN, Entry, Look, Taken, TooMany, decide, mark, shown
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import MOST_BYTES, Found, Place, keep_place
from dateline_schemas.feeds import Feed

AT_ONCE = 64
"""Files between two notes of the place: as many may be taken twice after a crash, and are known then."""


class FileFault(Exception):
    """This one file cannot be read, moved or deleted. The text says why; never a secret."""


class Files(Protocol):
    """The files of a folder, here or on a server. What is wrong with the folder itself is a DoorFault."""

    async def read(self, entry: Entry) -> bytes | None:
        """A file's bytes; None if it is gone, or not as it was listed. Raises FileFault."""

    async def put_away(self, entry: Entry, where: str) -> bool:
        """Do what the feed says is done with a file that was taken in, in the folder ``where`` if it is moved.

        Whether it is away. One that is not as it was listed stays. Raises FileFault.
        """


class FilesTaken(Place, frozen=True, kw_only=True):
    """What was taken of a folder and may lie there still; each door has its own kind."""

    taken: Taken = Taken()


F = TypeVar("F", bound=FilesTaken)


def decided(feed: Feed, listing: list[Entry], before: list[Entry], taken: Taken) -> Look:
    """What to take now; see ``pulling_files.decide``. Raises DoorFault."""
    try:
        return decide(listing, before, taken, pattern=feed.pattern, most_bytes=MOST_BYTES)
    except TooMany as error:
        raise DoorFault(f"{error}; let them be moved or deleted (after), or take fewer (pattern)") from error


class Told:
    """Files that an operator has to look at, each told of once for as long as it lies there."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._marks: set[bytes] = set()
        self._lines: frozenset[str] = frozenset()

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
    look = decided(feed, listing, listing, Taken())
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
    """Take them, oldest first; the place afterwards. What could not be put away is remembered as taken."""
    told.left(look)
    taken = look.taken
    for at in range(0, len(look.take), AT_ONCE):
        stay: list[Entry] = []
        try:
            for entry in look.take[at : at + AT_ONCE]:
                if await _take(room, files, entry, told):
                    stay.append(entry)
        except DoorFault:
            # A server that hangs up after so many files must not be asked for the same ones for ever.
            await _remembered(room, place, taken.with_these(stay))
            raise
        taken = taken.with_these(stay)
        place = await _remembered(room, place, taken)
    return await _remembered(room, place, taken)


async def _take(room: Room, files: Files, entry: Entry, told: Told) -> bool:
    """Take one in and put it away; whether it lies there still and must be remembered."""
    try:
        data = await files.read(entry)
    except FileFault as error:
        told.once(entry, str(error))
        return False
    if not data:
        return False  # gone, or made and not written yet
    if 0 <= entry.size != len(data):
        room.log.info("file changed while it was read", file=shown(entry.name), listed=entry.size, read=len(data))
        return False
    receipts = await room.take(data, name=shown(entry.name))
    try:
        return not await files.put_away(entry, TAKEN if receipts else REFUSED)
    except FileFault as error:
        told.once(entry, f"it was taken, but {error}; the feed's user needs that right")
        return True


async def _remembered(room: Room, place: F, taken: Taken) -> F:
    """The place with what was taken, kept if that is news."""
    if taken == place.taken:
        return place
    place = replace(place, url=room.feed.url, taken=taken)
    await keep_place(room, place)
    return place
