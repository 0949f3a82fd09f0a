"""A remote folder whose server gives up in the middle."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

import pytest
from stage import Stage, names

from dateline_ingest.doors.pulling_files import Entry
from dateline_ingest.doors.remote_folder import Listing, RemoteFiles, pull
from dateline_ingest.doors.room import DoorFault
from dateline_schemas.feeds import Feed


class Tired:
    """A server that hangs up after three files of a session."""

    def __init__(self, count: int) -> None:
        self.files = [Entry(name=f"{nth:02}.xml", size=1, modified=float(nth)) for nth in range(count)]
        self.served = 0

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[RemoteFiles]:
        """Begin a session."""
        self.served = 0
        yield RemoteFiles(self, nullcontext)

    async def listing(self) -> Listing:
        """All of them."""
        return Listing(entries=self.files)

    async def read(self, entry: Entry, most: int) -> bytes | None:
        """The first three."""
        self.served += 1
        if self.served > 3:
            raise DoorFault("421 too many files")
        return b"x"

    async def unchanged(self, entry: Entry) -> bool:
        """Always."""
        return True

    async def rename(self, name: str, to: str) -> None:
        """Never asked for."""
        raise AssertionError

    async def move(self, name: str, folder: str, to: str) -> None:
        """Never asked for."""
        raise AssertionError

    async def delete(self, name: str) -> None:
        """Never asked for."""
        raise AssertionError


async def test_a_server_that_hangs_up_after_so_many_files_is_read_to_the_end() -> None:
    """What was taken before is remembered, so each session gets further."""
    server = Tired(8)
    stage = Stage(Feed(name="tired", door="ftp", url="ftp://example.org/"))
    for _ in range(2):
        async with stage.playing(lambda room: pull(room, server.connect)):
            await stage.look()
            with pytest.raises(DoorFault, match="421"):
                await stage.look()
    async with stage.playing(lambda room: pull(room, server.connect)):
        await stage.look(2)
    assert names(stage) == [entry.name for entry in server.files]
