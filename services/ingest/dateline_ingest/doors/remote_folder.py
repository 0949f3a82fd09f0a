"""Takes the files of a remote folder in, look by look: what FTP and SFTP have in common."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.doors.filework import FileFault, FilesTaken, HeldBack, Told, decided, sampled, take_all
from dateline_ingest.doors.pulling_files import Entry, Look, original, put_away_as, shown
from dateline_ingest.doors.putting_away import PuttingAway
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import MOST_BYTES, Found, recall
from dateline_schemas.feeds import Feed

MOST_SECONDS = 900.0
"""For one listing or one file: a server that trickles ends there."""
QUIET = 30.0
"""Seconds between two looks while a file waits to be whole, unless the feed is looked at more often. Long, because a
transfer that stalls looks whole, and what was half a file is no news."""
SETTLED = 60.0
"""Seconds for which a file must not change after it was taken, before it is moved or deleted: senders that lost their
connection come back within that to write the rest."""


class Gone(Exception):
    """The file is not there any more."""


class Listing(Struct, frozen=True, kw_only=True):
    """What a server says is in a folder."""

    entries: list[Entry]
    """The files, in any order."""
    unread: tuple[str, ...] = ()
    """Lines that nobody can read, of a server whose listings have no standard."""


class RemoteFolder(Protocol):
    """A folder of a server, while connected. What goes wrong with the connection is the library's exception."""

    async def listing(self) -> Listing:
        """What is in it."""

    async def read(self, entry: Entry, most: int) -> bytes | None:
        """A file's bytes; None if there are more than ``most``. Raises Gone, FileFault, HeldBack."""

    async def unchanged(self, entry: Entry) -> bool:
        """Whether the file is there as it was listed, as far as the server can say."""

    async def rename(self, name: str, to: str) -> None:
        """Give it another name in its folder. Raises FileFault."""

    async def move(self, name: str, folder: str, to: str) -> None:
        """Rename it to ``to`` in a folder beside it, which is made if need be. Raises FileFault."""

    async def delete(self, name: str) -> None:
        """Delete it. Raises FileFault."""


class RemoteFiles:
    """The files of a server's folder, while connected: implements ``filework.Files``.

    Failures of the server are DoorFaults; those of what is done with its files are not.
    """

    def __init__(self, folder: RemoteFolder, explain: Callable[[], AbstractContextManager[None]]) -> None:
        """``explain`` turns the library's exceptions into DoorFaults."""
        self._folder = folder
        self._explain = explain

    async def listing(self) -> Listing:
        """What is in it."""
        with self._explain():
            async with asyncio.timeout(MOST_SECONDS):
                return await self._folder.listing()

    async def read(self, entry: Entry) -> bytes | None:
        """See Files, here and below."""
        try:
            with self._explain():
                async with asyncio.timeout(MOST_SECONDS):
                    data = await self._folder.read(entry, MOST_BYTES)
        except Gone:
            return None
        if data is None:
            raise FileFault(f"it has more than {MOST_BYTES} bytes; it stays where it is")
        return data

    async def unchanged(self, entry: Entry) -> bool:
        """Whether it is as it was listed."""
        with self._explain():
            return await self._folder.unchanged(entry)

    async def rename(self, entry: Entry, to: str) -> None:
        """Call it otherwise."""
        with self._explain():
            await self._folder.rename(entry.name, to)

    async def move(self, entry: Entry, folder: str) -> None:
        """By a name that no other state of it has."""
        with self._explain():
            await self._folder.move(entry.name, folder, put_away_as(original(entry)))

    async def delete(self, entry: Entry) -> None:
        """For good."""
        with self._explain():
            await self._folder.delete(entry.name)


Connect = Callable[[], AbstractAsyncContextManager[RemoteFiles]]


class FilePlace(FilesTaken, frozen=True, kw_only=True):
    """What was taken from a folder."""


async def pull(room: Room, connect: Connect) -> None:
    """Look, take, rest, for ever; a connection for each look, since servers close idle ones."""
    place = await recall(room, FilePlace)
    before: list[Entry] = []
    told, putting_away, patience = Told(room), PuttingAway(room.feed, SETTLED, room.now), Patience()
    while True:
        held: HeldBack | None = None
        try:
            async with connect() as files:
                listed = await files.listing()
                listing = _readable(listed)
                await room.reached()
                told.unread(listed.unread)
                look = patience.last(decided(room.feed, listing, before, place.taken))
                leaving = await putting_away.go_on(files, look, place, told)
                place = await take_all(room, files, look, place, told)
        except HeldBack as one:
            held = one
            place = await recall(room, FilePlace)
            patience.with_one(held.entry)
            told.once(held.entry, "the server does not hand it out, as if it were still written; others go first")
        told.forget_others(listing)
        before = listing
        await room.rest(min(QUIET, room.feed.every) if look.waiting or leaving or held else None)


class Patience:
    """With files that a server holds back: others go first, until it holds two back, and then it is the server."""

    def __init__(self) -> None:
        self._held: frozenset[str] = frozenset()

    def last(self, look: Look) -> Look:
        """What was seen of the folder, with the files that are held back at the end."""
        self._held &= {entry.name for entry in look.take}
        return replace(look, take=tuple(sorted(look.take, key=lambda entry: entry.name in self._held)))

    def with_one(self, entry: Entry) -> None:
        """One more is held back. Raises DoorFault."""
        self._held |= {entry.name}
        if len(self._held) > 1:
            names = ", ".join(shown(name) for name in sorted(self._held))
            raise DoorFault(
                f"the server does not hand out {names}; see that the login may read them, or ask the provider"
            )


async def find(feed: Feed, connect: Connect) -> Found:
    """What lies there, with the oldest file as a sample."""
    async with connect() as files:
        listed = await files.listing()
        found = await sampled(feed, files, _readable(listed))
        if not listed.unread:
            return found
        note = f"{len(listed.unread)} lines of the listing cannot be read, such as {shown(listed.unread[0])[:200]!r}"
        return replace(found, note=f"{found.note}; {note}" if found.note else note)


def _readable(listed: Listing) -> list[Entry]:
    """The files. Raises DoorFault if there are only lines that nobody can read: nothing would ever come, in silence."""
    if listed.unread and not listed.entries:
        line = shown(listed.unread[0])[:200]
        raise DoorFault(
            f"its listing cannot be read, such as {line!r}; ask for MLSD, or for listings as ls prints them"
        )
    return listed.entries
