"""Senders that take their time, on real servers, with feeds that delete what was taken: nothing is lost or half."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import aioftp
import asyncssh
import pytest
from fileservers import PASSWORD, ftp_feed, ftp_server, sftp_server
from msgspec import Struct
from stage import Stage, names, put, put_away

from dateline_ingest.doors import ftp, sftp
from dateline_ingest.doors.remote_folder import QUIET
from dateline_ingest.doors.room import DoorFault
from dateline_kernel.testing import PATIENCE, eventually
from dateline_schemas.feeds import Feed

HALF, REST = b"The harbour is closed. " * 20_000, b"It will be until noon.\n"


class Peer(Struct, frozen=True):
    """A server, and somebody who is logged in there to send."""

    feed: Feed
    door: Callable[[Any], Coroutine[Any, Any, None]]
    sending: Callable[[str, int], AbstractAsyncContextManager[Callable[[bytes], Awaitable[object]]]]
    """Opens a file for writing, from an offset on."""
    rename: Callable[[str, str], Awaitable[object]]


@asynccontextmanager
async def ftp_peer(folder: Path, mlsd: bool, **members: Any) -> AsyncIterator[Peer]:
    """aioftp on both sides."""
    async with (
        ftp_server(folder, mlsd=mlsd) as server,
        aioftp.Client.context("127.0.0.1", server.server_port, "agency", PASSWORD) as client,
    ):

        @asynccontextmanager
        async def sending(name: str, offset: int) -> AsyncIterator[Callable[[bytes], Awaitable[object]]]:
            async with client.upload_stream(name, offset=offset) as stream:
                yield stream.write

        yield Peer(ftp_feed(server, **members), ftp.door, sending, client.rename)


@asynccontextmanager
async def sftp_peer(folder: Path, **members: Any) -> AsyncIterator[Peer]:
    """asyncssh on both sides."""
    async with (
        sftp_server(folder) as source,
        asyncssh.connect(
            "127.0.0.1", source.port, username="agency", password=PASSWORD, known_hosts=None, config=None
        ) as connection,
        connection.start_sftp_client() as client,
    ):

        @asynccontextmanager
        async def sending(name: str, offset: int) -> AsyncIterator[Callable[[bytes], Awaitable[object]]]:
            async with client.open(name, "r+b" if offset else "wb") as file:
                if offset:
                    await file.seek(offset)
                yield file.write

        yield Peer(source.feed(**members), sftp.door, sending, client.rename)


PEERS: dict[str, Callable[..., AbstractAsyncContextManager[Peer]]] = {
    "ftp": lambda folder, **members: ftp_peer(folder, True, **members),
    "ftp-list": lambda folder, **members: ftp_peer(folder, False, **members),
    "sftp": sftp_peer,
}
everywhere = pytest.mark.parametrize("peer", PEERS.values(), ids=PEERS)


@everywhere
async def test_a_sender_that_stalls_is_waited_for(tmp_path: Path, peer: Any) -> None:
    """Half of its file looks whole and is taken; it is not deleted, and taken again once the sender has gone on."""
    file = tmp_path / "slow.xml"
    async with peer(tmp_path, after="delete") as at, Stage(at.feed, PASSWORD).playing(at.door) as stage:
        async with at.sending("slow.xml", 0) as write:
            await write(HALF)
            await eventually(lambda: file.stat().st_size > len(HALF) / 2)  # servers keep up to 128 KiB of it back
            await stage.look(3)
            [half] = [one.data for one in stage.handed]
            assert HALF.startswith(half)
            await write(REST)
        await eventually(lambda: file.stat().st_size == len(HALF + REST))
        await put_away(stage)
        await put_away(stage)
    # Where listings have no seconds it is looked at once more.
    assert {one.data for one in stage.handed[1:]} == {HALF + REST}
    assert not list(tmp_path.iterdir())


@everywhere
async def test_a_sender_that_comes_back_goes_on_where_it_was(tmp_path: Path, peer: Any) -> None:
    """Its connection broke in the middle: it asks how much is there, and sends the rest (REST, or an offset)."""
    async with peer(tmp_path, after="delete") as at, Stage(at.feed, PASSWORD).playing(at.door) as stage:
        async with at.sending("slow.xml", 0) as write:
            await write(HALF)
        await stage.look(3)
        async with at.sending("slow.xml", len(HALF)) as write:
            await write(REST)
        await put_away(stage)
        await put_away(stage)
    assert [one.data for one in stage.handed][:2] == [HALF, HALF + REST]
    assert not list(tmp_path.iterdir())


@everywhere
async def test_a_file_that_is_written_anew_after_it_was_taken_is_taken_anew(tmp_path: Path, peer: Any) -> None:
    """At the same length, and in the same minute: where listings have no seconds nobody sees it before it is read."""
    async with peer(tmp_path, after="delete") as at, Stage(at.feed, PASSWORD).playing(at.door) as stage:
        put(tmp_path, "front.xml", b"first", at=1_900_000_000)
        await stage.look(2)
        put(tmp_path, "front.xml", b"other", at=1_900_000_010)
        await put_away(stage)
        await put_away(stage)
    assert [one.data for one in stage.handed][:2] == [b"first", b"other"]
    assert set(names(stage)) == {"front.xml"}
    assert not list(tmp_path.iterdir())


@everywhere
async def test_a_file_under_a_temporary_name_is_taken_as_soon_as_it_is_renamed(tmp_path: Path, peer: Any) -> None:
    """Where the feed says that its senders do so: no second look is waited for."""
    async with (
        peer(tmp_path, after="delete", arrives="renamed") as at,
        Stage(at.feed, PASSWORD).playing(at.door) as stage,
    ):
        async with at.sending("slow.xml.part", 0) as write:
            await write(HALF + REST)
        await stage.look()
        assert not stage.handed
        await at.rename("slow.xml.part", "slow.xml")
        await stage.look()
        assert [one.data for one in stage.handed] == [HALF + REST]
        await put_away(stage)
    assert {one.data for one in stage.handed} == {HALF + REST}
    assert not list(tmp_path.iterdir())


async def test_a_file_that_is_written_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    """Though it keeps its length: what was read may be half of one and half of the other."""

    class Busy(asyncssh.SFTPServer):
        def close(self, file_obj: object) -> None:
            super().close(file_obj)
            if (tmp_path / "busy.xml").read_bytes() == b"first":
                put(tmp_path, "busy.xml", b"other", at=1_900_000_100)

    put(tmp_path, "busy.xml", b"first")
    async with (
        sftp_server(tmp_path, Busy) as source,
        Stage(source.feed(after="delete"), PASSWORD).playing(sftp.door) as stage,
    ):
        await stage.look(2)
        assert [entry["file"] for entry in stage.said("file changed while it was read")] == ["busy.xml"]
        await put_away(stage)
    assert [one.data for one in stage.handed] == [b"other"]
    assert not list(tmp_path.iterdir())


async def test_an_empty_file_is_left_to_its_sender(tmp_path: Path) -> None:
    """Servers show no bytes until the file is closed: it is not taken, and not deleted, however long that takes."""
    (tmp_path / "slow.xml").touch()
    async with ftp_peer(tmp_path, True, after="delete") as at, Stage(at.feed, PASSWORD).playing(at.door) as on:
        await put_away(on)
        assert [os.fspath(file.name) for file in tmp_path.iterdir()] == ["slow.xml"]
        (tmp_path / "slow.xml").write_bytes(HALF)
        await put_away(on)
    assert [one.data for one in on.handed] == [HALF]


async def test_a_server_that_holds_a_file_back_until_it_is_written_keeps_no_other_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As vsftpd does, which locks what is uploaded: the others are taken, and that one when the server lets go."""
    monkeypatch.setattr(ftp, "ANSWER_SECONDS", 0.5)
    put(tmp_path, "slow.xml", HALF, at=1)
    put(tmp_path, "other.xml", at=2)
    async with ftp_server(tmp_path) as server, Stage(ftp_feed(server), PASSWORD).playing(ftp.door) as stage:
        usual, locked = server.commands_mapping["retr"], asyncio.Event()

        async def retr(connection: aioftp.Connection, rest: str) -> bool:
            if rest == "slow.xml":
                await locked.wait()
            return bool(await usual(connection, rest))

        server.commands_mapping["retr"] = retr
        await stage.look()
        assert await stage.look() == QUIET
        assert (names(stage), [told["file"] for told in stage.said("file needs a look")]) == ([], ["slow.xml"])
        await stage.look()
        assert names(stage) == ["other.xml"]
        locked.set()
        await stage.look()
        assert names(stage) == ["other.xml", "slow.xml"]
        locked.clear()
        put(tmp_path, "slow.xml", REST, at=3)
        await stage.look(2)
        server.commands_mapping["retr"] = lambda *_: asyncio.sleep(PATIENCE)
        put(tmp_path, "other.xml", REST, at=4)
        await stage.look()
        with pytest.raises(DoorFault, match=r"does not hand out other.xml, slow.xml; see that"):
            await stage.look()
