"""Watched folder, as agencies' software or an FTP server fills it: ``folder:///srv/drop``.

A file is taken when two looks saw it with the same size and time, or at once where senders write under a temporary
name and rename it when it is whole (``arrives``). It is put away a while later (``putting_away.py``). Subfolders are
not entered and links are not followed: whoever may write into the folder must not reach other files by it.
"""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from dateline_ingest.doors.filework import FileFault, FilesTaken, Told, decided, faulty, sampled, take_all
from dateline_ingest.doors.pulling_files import Entry, mark, original
from dateline_ingest.doors.putting_away import PuttingAway
from dateline_ingest.doors.renewals import NO_STORE, TokenStore
from dateline_ingest.doors.room import DoorFault, Room
from dateline_ingest.doors.source import MOST_BYTES, Found, recall
from dateline_schemas.feeds import Feed

T = TypeVar("T")

QUIET = 5.0
"""Seconds between two looks while a file waits to be whole, unless the feed is looked at more often."""
SETTLED = 10.0
"""Seconds for which a file must not change after it was taken, before it is moved or deleted."""


class NotWhole(Exception):
    """The file is gone, or changed since it was listed: a later look decides."""


class FolderPlace(FilesTaken, frozen=True, kw_only=True):
    """What was taken and may lie there still."""


async def door(room: Room) -> None:
    """Look, take, rest, for ever. Raises DoorFault."""
    folder = LocalFolder(room.feed)
    await asyncio.to_thread(folder.check)
    place = await recall(room, FolderPlace)
    before: list[Entry] = []
    told, putting_away = Told(room), PuttingAway(room.feed, SETTLED, room.now)
    while True:
        listing = await asyncio.to_thread(folder.listing)
        await room.reached()
        look = decided(room.feed, listing, before, place.taken)
        leaving = await putting_away.go_on(folder, look, place, told)
        place = await take_all(room, folder, look, place, told)
        told.forget_others(listing)
        before = listing
        await room.rest(min(QUIET, room.feed.every) if look.waiting or leaving else None)


async def probe(feed: Feed, secret: str, _: TokenStore = NO_STORE) -> Found:
    """Look once, with the oldest file as a sample. Raises DoorFault."""
    folder = LocalFolder(feed)
    await asyncio.to_thread(folder.check)
    listing = await asyncio.to_thread(folder.listing)
    return await sampled(feed, folder, listing)


class LocalFolder:
    """The folder of a feed and the files in it: implements ``filework.Files``. What blocks is done in a thread."""

    def __init__(self, feed: Feed) -> None:
        """Raises DoorFault for an address that is no folder's."""
        parts = urlsplit(feed.url)
        path = unquote(parts.path)
        if parts.scheme != "folder" or parts.netloc or not path.startswith("/") or "\0" in path:
            raise DoorFault(f"feed {feed.name}: door folder needs a url like folder:///srv/drop, three slashes")
        self._feed = feed
        self._path = Path(path)

    def check(self) -> None:
        """See that the folder is there and can be used as the feed wants. Blocks. Raises DoorFault."""
        if not self._path.is_dir():
            what = "is no folder" if self._path.exists() else "is not there"
            raise DoorFault(f"{self._path} {what}; make it, or correct the url of feed {self._feed.name}")
        needed = os.R_OK | os.X_OK | (0 if self._feed.after == "keep" else os.W_OK)
        if not os.access(self._path, needed):
            right = "read" if self._feed.after == "keep" else f"read and written (after = {self._feed.after})"
            raise DoorFault(f"{self._path} cannot be {right} by the user that ingest runs as; give it that right")

    def listing(self) -> list[Entry]:
        """The plain files in it. Blocks. Raises DoorFault."""
        try:
            with os.scandir(self._path) as found:
                return list(_entries(found))
        except OSError as error:
            raise DoorFault(f"{self._path} cannot be read: {error.strerror}; see that it is there") from error

    async def read(self, entry: Entry) -> bytes | None:
        """See Files, here and below."""
        with suppress(NotWhole):
            return await _done("read", lambda: self._read(entry))
        return None

    def _read(self, entry: Entry) -> bytes:
        """Raises NotWhole if it is not as it was listed, OSError."""
        try:
            # Not blocked by a pipe, not led elsewhere by a link.
            handle = os.open(self._path / entry.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError as error:
            raise NotWhole from error
        with os.fdopen(handle, "rb") as file:
            _same(os.fstat(handle), entry)
            data = file.read(MOST_BYTES + 1)
            _same(os.fstat(handle), entry)
        if len(data) != entry.size:
            raise NotWhole
        return data

    async def unchanged(self, entry: Entry) -> bool:
        """Whether it is as it was listed."""
        with suppress(NotWhole, FileFault):
            _same(await _done("seen", (self._path / entry.name).lstat), entry)
            return True
        return False

    async def rename(self, entry: Entry, to: str) -> None:
        """Call it otherwise."""
        await _done("renamed", lambda: (self._path / entry.name).rename(self._path / to))

    async def move(self, entry: Entry, folder: str) -> None:
        """Under its own name, if no file has that there."""
        there = self._path / entry.name
        await _done(f"moved to {folder}", lambda: there.rename(self._room_for(original(entry), folder)))

    async def delete(self, entry: Entry) -> None:
        """For good."""
        await _done("deleted", (self._path / entry.name).unlink)

    def _room_for(self, entry: Entry, folder: str) -> Path:
        """Where it goes: never over another file, never out of the folder."""
        where = self._path / folder
        with suppress(FileExistsError):
            where.mkdir()
        if where.is_symlink() or not where.is_dir():
            raise OSError(0, f"{where} is no folder", str(where))
        there = where / entry.name
        # Only this process puts files here: it has the lease.
        return where / f"{entry.name}.{mark(entry).hex()}" if os.path.lexists(there) else there


async def _done(what: str, work: Callable[[], T]) -> T:
    """What comes of a work on a file, in a thread. Raises FileFault."""
    with faulty(what, OSError, lambda error: error.strerror):
        return await asyncio.to_thread(work)


def _entries(found: Iterable[os.DirEntry[str]]) -> Iterable[Entry]:
    for file in found:
        with suppress(OSError):  # it vanished
            if file.is_file(follow_symlinks=False):
                yield _entry(file.name, file.stat(follow_symlinks=False))


def _entry(name: str, state: os.stat_result) -> Entry:
    return Entry(name=name, size=state.st_size, modified=state.st_mtime_ns / 1e9)


def _same(state: os.stat_result, entry: Entry) -> None:
    if not stat.S_ISREG(state.st_mode) or _entry(entry.name, state) != entry:
        raise NotWhole
