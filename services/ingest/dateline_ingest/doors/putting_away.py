"""What becomes of files that were taken: moved or deleted as their feed says, and never one that was not taken whole.

A sender may pause for longer than two looks are apart, write a file anew under its name, or put another one in its
place just when the first is to go. So a file stays where it is for a while after it was taken; then it gets a name of
its own, under which nobody writes; and only if a later look shows that it is still what was taken does it go. What
changed is taken again, under whichever name it lies. None of it keeps a file waiting to be taken.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from dateline_ingest.doors.filework import FileFault, Files, FilesTaken, Told
from dateline_ingest.doors.pulling_files import MOST_FILES, REFUSED, TAKEN, Entry, Look, aside_name, mark, where_to
from dateline_ingest.doors.room import DoorFault
from dateline_schemas.feeds import Feed


class PuttingAway:
    """The files of one feed that were taken and lie there still."""

    def __init__(self, feed: Feed, settled: float, now: Callable[[], datetime]) -> None:
        """``settled``: seconds for which a file must not change after it was taken; none where senders rename."""
        self._feed = feed
        self._settled = timedelta(seconds=settled if feed.arrives == "written" else 0.0)
        self._now = now
        self._since: dict[bytes, datetime] = {}
        """When a file was first seen to be as it was taken."""

    async def go_on(self, files: Files, look: Look, place: FilesTaken, told: Told) -> bool:
        """A step for each of them; whether there are any that another look can bring further. Raises DoorFault."""
        if self._feed.after == "keep":
            return False
        where, now = _Where(place), self._now()
        for entry in look.aside:
            if not told.of(entry):
                await self._finish(files, entry, where.to(entry), told)
        stay = [entry for entry in look.stay if not told.of(entry)]
        self._since = {mark(entry): self._since.get(mark(entry), now) for entry in stay}
        for entry in stay:
            if now - self._since[mark(entry)] >= self._settled:
                await self._aside(files, entry, where.to(entry), told)
        if sum(told.of(entry) for entry in (*look.stay, *look.aside)) >= MOST_FILES:
            raise DoorFault(f"{MOST_FILES} files were taken and cannot be put away; give the feed's user that right")
        return bool(stay)

    async def _aside(self, files: Files, entry: Entry, where: str, told: Told) -> None:
        try:
            await files.rename(entry, aside_name(entry, where))
        except FileFault:
            # Not every login may rename: what is left is to look right before it goes.
            if await files.unchanged(entry):
                await self._finish(files, entry, where, told)

    async def _finish(self, files: Files, entry: Entry, where: str, told: Told) -> None:
        try:
            if self._feed.after == "delete":
                await files.delete(entry)
            else:
                await files.move(entry, where)
        except FileFault as fault:
            told.once(entry, f"it was taken, but {fault}; the feed's user needs that right")


class _Where:
    """Whether files were read as copy: as they were read last, which may have been under another name."""

    def __init__(self, place: FilesTaken) -> None:
        self._taken = place.taken.all()
        self._refused = place.refused.all()

    def to(self, entry: Entry) -> str:
        """The folder for it."""
        if mark(entry) in self._taken:
            return REFUSED if mark(entry) in self._refused else TAKEN
        return where_to(entry)
