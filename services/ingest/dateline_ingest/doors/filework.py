"""What the doors that take files have in common: what to take now, what was taken, what an operator has to look at."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from dateline_ingest.doors.pulling_files import Entry, Look, Taken, TooMany, decide, mark, shown
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import MOST_BYTES, Place, keep_place
from dateline_schemas.feeds import Feed


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


async def remembered(room: Room, place: F, taken: Taken) -> F:
    """The place with what was taken, kept if that is news."""
    if taken == place.taken:
        return place
    place = replace(place, url=room.feed.url, taken=taken)
    await keep_place(room, place)
    return place


class Told:
    """Files that an operator has to look at, each told of once for as long as it lies there."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._marks: set[bytes] = set()

    def once(self, entry: Entry, why: str) -> None:
        """Tell of a file."""
        if mark(entry) not in self._marks:
            self._marks.add(mark(entry))
            self._room.log.error("file needs a look", file=shown(entry.name), reason=why)

    def too_large(self, look: Look) -> None:
        """Tell of those that are not taken for their size."""
        for entry in look.too_large:
            self.once(entry, f"{entry.size} bytes are more than {MOST_BYTES}; it stays where it is")

    def forget_others(self, listing: list[Entry]) -> None:
        """What is not listed any more is gone."""
        self._marks &= {mark(entry) for entry in listing}
