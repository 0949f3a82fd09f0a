"""Takes the files of a remote folder in, look by look: what FTP and SFTP have in common."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Protocol

from dateline_ingest.doors.filework import FilesTaken, Told, decided, remembered
from dateline_ingest.doors.pulling_files import REFUSED, TAKEN, Entry, Look, Taken, put_away_as, shown
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import MOST_BYTES, Found, recall
from dateline_schemas.feeds import Feed

AT_ONCE = 64
"""Files taken between two notes of the place: as many may be fetched twice after a crash."""


MOST_SECONDS = 900.0
"""For one listing or one file: a server that trickles ends there."""
SETTLE = 30.0
"""Seconds between two looks while a file waits to be whole, unless the feed is looked at more often. Long, because a
transfer that stalls looks whole, and one that is moved away while it runs is lost."""


class Gone(Exception):
    """The file is not there any more."""


class FileFault(Exception):
    """This one file cannot be read, moved or deleted. The text says why; never a secret."""


class RemoteFolder(Protocol):
    """A folder of a server, while connected. What goes wrong with the connection is the library's exception."""

    async def listing(self) -> list[Entry]:
        """The files in it, in any order."""

    async def read(self, name: str, most: int) -> bytes | None:
        """A file's bytes; None if there are more than ``most``. Raises Gone, FileFault."""

    async def unchanged(self, entry: Entry) -> bool:
        """Whether the file is there as it was listed, as far as the server can say."""

    async def move(self, name: str, folder: str, to: str) -> None:
        """Rename it to ``to`` in a folder beside it, which is made if need be. Raises FileFault."""

    async def delete(self, name: str) -> None:
        """Delete it. Raises FileFault."""


class Explained:
    """A folder whose failures are DoorFaults: those of the server alone, never those of what is done with its files."""

    def __init__(self, folder: RemoteFolder, explain: Callable[[], AbstractContextManager[None]]) -> None:
        """``explain`` turns the library's exceptions into DoorFaults."""
        self._folder = folder
        self._explain = explain

    async def listing(self) -> list[Entry]:
        """See RemoteFolder, here and below."""
        with self._explain():
            async with asyncio.timeout(MOST_SECONDS):
                return await self._folder.listing()

    async def read(self, name: str, most: int) -> bytes | None:
        """A file's bytes."""
        with self._explain():
            async with asyncio.timeout(MOST_SECONDS):
                return await self._folder.read(name, most)

    async def unchanged(self, entry: Entry) -> bool:
        """Whether it is as it was listed."""
        with self._explain():
            return await self._folder.unchanged(entry)

    async def move(self, name: str, folder: str, to: str) -> None:
        """Put it away."""
        with self._explain():
            await self._folder.move(name, folder, to)

    async def delete(self, name: str) -> None:
        """Delete it."""
        with self._explain():
            await self._folder.delete(name)


Connect = Callable[[], AbstractAsyncContextManager[RemoteFolder]]


class FilePlace(FilesTaken, frozen=True, kw_only=True):
    """What was taken from a folder."""


async def pull(room: Room, connect: Connect) -> None:
    """Look, take, rest, for ever; a connection for each look, since servers close idle ones."""
    place = await recall(room, FilePlace)
    before: list[Entry] = []
    told = Told(room)
    while True:
        async with connect() as folder:
            listing = await folder.listing()
            await room.reached()
            look = decided(room.feed, listing, before, place.taken)
            place = await _take(room, folder, look, place, told)
        told.forget_others(listing)
        before = listing
        await room.rest(min(SETTLE, room.feed.every) if look.waiting else None)


async def find(feed: Feed, connect: Connect) -> Found:
    """What lies there, with the oldest file as a sample."""
    async with connect() as folder:
        listing = await folder.listing()
        look = decided(feed, listing, listing, Taken())
        note = f"{len(look.too_large)} more are too large" if look.too_large else ""
        for entry in look.take:
            try:
                data = await folder.read(entry.name, MOST_BYTES)
            except (Gone, FileFault) as error:
                note = f"{shown(entry.name)}: {error}"
                continue
            if data is not None:
                return Found(new=len(look.take), name=shown(entry.name), sample=data, note=note)
    return Found(new=len(look.take), note=note)


async def _take(room: Room, folder: RemoteFolder, look: Look, place: FilePlace, told: Told) -> FilePlace:
    """Take them, oldest first; the place afterwards. What could not be put away is remembered as taken."""
    told.too_large(look)
    taken = look.taken
    for at in range(0, len(look.take), AT_ONCE):
        stay: list[Entry] = []
        try:
            for entry in look.take[at : at + AT_ONCE]:
                if await _take_one(room, folder, entry, told):
                    stay.append(entry)
        except DoorFault:
            # A server that hangs up after so many files must not be asked for the same ones for ever.
            await remembered(room, place, taken.with_these(stay))
            raise
        taken = taken.with_these(stay)
        place = await remembered(room, place, taken)
    return await remembered(room, place, taken)


async def _take_one(room: Room, folder: RemoteFolder, entry: Entry, told: Told) -> bool:
    """Take one in and put it away; whether it lies there still and must be remembered."""
    try:
        data = await folder.read(entry.name, MOST_BYTES)
    except Gone:
        return False
    except FileFault as error:
        told.once(entry, str(error))
        return False
    if data is None:
        told.once(entry, f"it has more than {MOST_BYTES} bytes; it stays where it is")
        return False
    if not data:
        return False  # it was made, and not written yet
    if 0 <= entry.size != len(data):
        room.log.info("file changed while it was read", file=shown(entry.name), listed=entry.size, read=len(data))
        return False
    receipts = await room.take(data, name=shown(entry.name))
    try:
        return not await _put_away(room.feed, folder, entry, TAKEN if receipts else REFUSED)
    except FileFault as error:
        told.once(entry, f"it was taken, but {error}; give the login that right")
        return True


async def _put_away(feed: Feed, folder: RemoteFolder, entry: Entry, where: str) -> bool:
    """Do what the feed says is done with a file that was taken in; whether it is away. Raises FileFault."""
    if feed.after == "keep" or not await folder.unchanged(entry):
        return False
    if feed.after == "delete":
        await folder.delete(entry.name)
    else:
        await folder.move(entry.name, where, put_away_as(entry))
    return True
