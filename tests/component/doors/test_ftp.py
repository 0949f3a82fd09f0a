"""FTP pull against a real FTP server."""

from __future__ import annotations

import asyncio
import os
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aioftp
import msgspec
import pytest
import trustme
from fileservers import PASSWORD, ftp_feed, ftp_server
from stage import Stage, names, newsfeed, of, put, put_away

from dateline_ingest.app import build
from dateline_ingest.doors import ftp, remote_folder
from dateline_ingest.doors.filework import FileFault
from dateline_ingest.doors.pulling_files import Marks
from dateline_ingest.doors.remote_folder import FilePlace
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.intake import Intake
from dateline_ingest.settings import IngestSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.testing import own_port, provisioned
from dateline_schemas.feeds import Feed
from dateline_schemas.identity import story_id


def tls(authority: trustme.CA) -> ssl.SSLContext:
    """A server's context with a certificate for localhost."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


async def test_a_file_is_taken_when_two_looks_saw_it_the_same(tmp_path: Path) -> None:
    """At first it waits; the second look takes it, the third does not take it again."""
    put(tmp_path, "one.xml", b"<a/>")
    async with ftp_server(tmp_path) as server, Stage(ftp_feed(server), PASSWORD).playing(ftp.door) as stage:
        assert await stage.look() == remote_folder.QUIET
        assert not stage.handed
        assert await stage.look() == 60
        assert [(one.name, one.data) for one in stage.handed] == [("one.xml", b"<a/>")]
        await stage.look()
        assert len(stage.handed) == 1
        assert stage.reaches == 3


async def test_data_comes_from_the_server_that_was_logged_in_to(tmp_path: Path) -> None:
    """Whatever address it names: one inside our own network, or its own behind a router that it does not know."""
    put(tmp_path, "one.xml", b"<a/>")
    async with ftp_server(tmp_path, ipv4_pasv_forced_response_address="192.0.2.1") as server:
        del server.commands_mapping["epsv"]
        found = await ftp.probe(ftp_feed(server), PASSWORD)
    assert (found.name, found.sample) == ("one.xml", b"<a/>")


async def test_files_come_oldest_first_and_growing_ones_wait(tmp_path: Path) -> None:
    """The order is that of their times; a file that changed between two looks is taken by a later one."""
    put(tmp_path, "b.xml", at=1_900_000_300)
    put(tmp_path, "a.xml", at=1_900_000_400)
    put(tmp_path, "c.xml", at=1_900_000_100)
    async with ftp_server(tmp_path) as server, Stage(ftp_feed(server), PASSWORD).playing(ftp.door) as stage:
        await stage.look()
        put(tmp_path, "b.xml", b"copy that grows", at=1_900_000_500)
        await stage.look()
        assert names(stage) == ["c.xml", "a.xml"]
        await stage.look()
        assert names(stage) == ["c.xml", "a.xml", "b.xml"]


async def test_only_names_that_fit_are_taken(tmp_path: Path) -> None:
    """Pattern, temporary ends, dots and folders decide; names with spaces and accents are ordinary."""
    for name in ("Überblick à.xml", "draft.xml.tmp", ".hidden.xml", "note.txt", "sub/deep.xml"):
        put(tmp_path / "out", name)
    async with (
        ftp_server(tmp_path) as server,
        Stage(ftp_feed(server, "/out", pattern="*.xml"), PASSWORD).playing(ftp.door) as stage,
    ):
        await stage.look(2)
        assert names(stage) == ["Überblick à.xml"]


@pytest.mark.parametrize("mlsd", [True, False])
@pytest.mark.parametrize("name", ["a b.xml", " first.xml", "semi;colon=1.xml", "-l.xml"])
async def test_a_listed_name_is_asked_for_as_it_is(tmp_path: Path, name: str, mlsd: bool) -> None:
    """With its spaces, by MLSD and by LIST."""
    put(tmp_path, name)
    async with (
        ftp_server(tmp_path, mlsd=mlsd) as server,
        Stage(ftp_feed(server, after="delete"), PASSWORD).playing(ftp.door) as stage,
    ):
        await put_away(stage)
        if not mlsd:
            await put_away(stage)
    assert set(names(stage)) == {name}
    assert not stage.capture.entries
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes there only")
async def test_a_name_that_is_not_utf_8_is_taken_all_the_same(tmp_path: Path) -> None:
    """Its bytes are kept for the server; people are shown it as Latin-1."""
    put(tmp_path, os.fsdecode("été.xml".encode("latin-1")))
    async with (
        ftp_server(tmp_path, encoding=ftp.NAMES) as server,
        Stage(ftp_feed(server), PASSWORD).playing(ftp.door) as stage,
    ):
        await stage.look(2)
        assert names(stage) == ["été.xml"]


async def test_the_place_outlives_the_door(tmp_path: Path) -> None:
    """A door that starts again takes nothing twice; a file with new content is new."""
    put(tmp_path, "one.xml")
    async with ftp_server(tmp_path) as server:
        stage = Stage(ftp_feed(server), PASSWORD)
        async with stage.playing(ftp.door):
            await stage.look(2)
        put(tmp_path, "one.xml", b"corrected", at=1_900_000_900)
        stage._resting = asyncio.Queue()
        async with stage.playing(ftp.door):
            await stage.look(2)
        assert [one.data for one in stage.handed] == [b"copy", b"corrected"]


async def test_what_was_taken_is_moved_or_deleted_as_the_feed_says(tmp_path: Path) -> None:
    """``move``: into a folder beside it, with a mark; ``delete``: gone. Nothing of it is remembered then."""
    async with ftp_server(tmp_path) as server:
        for after in ("move", "delete"):
            put(tmp_path / after, "one.xml", b"x")
            async with Stage(ftp_feed(server, f"/{after}", after=after), PASSWORD).playing(ftp.door) as stage:
                await put_away(stage)
                assert names(stage) == ["one.xml"]
                assert not (tmp_path / after / "one.xml").exists()
                assert msgspec.msgpack.decode(stage.place, type=FilePlace) == FilePlace(url=stage.feed.url)
        moved = [file.name for file in (tmp_path / "move" / "taken").iterdir()]
        assert [(name[:4], name[-4:]) for name in moved] == [("one.", ".xml")]
        assert [file.name for file in (tmp_path / "delete").iterdir()] == []


async def test_a_login_that_may_not_delete_is_told_once_and_goes_on(tmp_path: Path) -> None:
    """The file counts as taken; the log says which right is missing."""
    put(tmp_path, "one.xml")
    async with ftp_server(tmp_path) as server:
        del server.commands_mapping["dele"]
        async with Stage(ftp_feed(server, after="delete"), PASSWORD).playing(ftp.door) as stage:
            for _ in range(2):
                await put_away(stage)
            assert len(stage.handed) == 1
            assert len(stage.said("file needs a look")) == 1


async def test_a_login_that_may_not_rename_deletes_what_did_not_change(tmp_path: Path) -> None:
    """It looks right before it does."""
    put(tmp_path, "one.xml")
    async with ftp_server(tmp_path) as server:
        del server.commands_mapping["rnfr"]
        async with Stage(ftp_feed(server, after="delete"), PASSWORD).playing(ftp.door) as stage:
            await put_away(stage)
            assert not stage.said("file needs a look")
    assert not list(tmp_path.iterdir())


async def test_a_server_without_mlsd_is_read_by_list(tmp_path: Path) -> None:
    """LIST has the times in minutes, which is enough to see that a file is whole."""
    put(tmp_path, "one.xml", b"<a/>", at=1_700_000_000)
    async with (
        ftp_server(tmp_path, mlsd=False) as server,
        Stage(ftp_feed(server, after="delete"), PASSWORD).playing(ftp.door) as stage,
    ):
        await stage.look(2)
        assert names(stage) == ["one.xml"]


async def test_a_folder_that_a_server_calls_empty_though_it_is_not_there_is_a_fault(tmp_path: Path) -> None:
    """As vsftpd does, whose LIST answers 226 to any name: it is asked to go there first."""
    async with ftp_server(tmp_path, mlsd=False) as server:

        async def nothing(connection: aioftp.Connection, rest: object) -> bool:
            connection.response("150", "here it comes")
            (await connection.future.data_connection).close()
            del connection.data_connection
            connection.response("226", "transfer done (but failed to open directory)")
            return True

        server.commands_mapping["list"] = nothing
        assert (await ftp.probe(ftp_feed(server), PASSWORD)).new == 0
        with pytest.raises(DoorFault, match=r"has no folder nowhere"):
            await ftp.probe(ftp_feed(server, "/nowhere"), PASSWORD)


async def test_a_listing_that_nobody_can_read_is_told_of(tmp_path: Path) -> None:
    """A fault if there is nothing else, since nothing would ever come; else each line once in the log."""
    put(tmp_path, "one.xml")
    async with ftp_server(tmp_path, mlsd=False) as server:
        usual = server.build_list_string
        beside = False

        async def odd(connection: aioftp.Connection, path: Path) -> str:
            line = "ONE.XML;1  2/4  1-JAN-2031 10:00  [WIRE]"
            return f"{line}\r\n{await usual(connection, path)}" if beside else line

        server.build_list_string = odd  # type: ignore[method-assign]
        with pytest.raises(DoorFault, match=r"listing cannot be read, such as 'ONE.XML;1.*ask for MLSD"):
            await ftp.probe(ftp_feed(server), PASSWORD)
        beside = True
        assert "1 lines of the listing cannot be read" in (await ftp.probe(ftp_feed(server), PASSWORD)).note
        async with Stage(ftp_feed(server), PASSWORD).playing(ftp.door) as stage:
            await stage.look(3)
        assert names(stage) == ["one.xml"]
        assert [entry["line"][:7] for entry in stage.said("listing needs a look")] == ["ONE.XML"]


async def test_a_file_that_is_too_large_stays_and_is_told_of_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are taken."""
    monkeypatch.setattr(remote_folder, "MOST_BYTES", 1000)
    put(tmp_path, "big.xml", b"x" * 1001, at=1)
    put(tmp_path, "small.xml")
    async with (
        ftp_server(tmp_path) as server,
        Stage(ftp_feed(server, after="delete"), PASSWORD).playing(ftp.door) as stage,
    ):
        await stage.look(3)
        assert names(stage) == ["small.xml"]
        assert len(stage.said("file needs a look")) == 1
        assert (tmp_path / "big.xml").exists()


async def test_reading_stops_at_the_limit_and_the_connection_stays_usable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the listing said."""
    monkeypatch.setattr(remote_folder, "MOST_BYTES", 1000)
    put(tmp_path, "big.xml", b"x" * 400_000)
    put(tmp_path, "small.xml")
    async with ftp_server(tmp_path) as server, ftp._connected(ftp_feed(server), PASSWORD, datetime.now(UTC)) as files:
        with pytest.raises(FileFault, match="more than 1000 bytes"):
            await files.read(of("big.xml", 400_000))
        assert await files.read(of("small.xml", 4)) == b"copy"


@pytest.mark.parametrize("scheme", ["ftps", "ftpes"])
async def test_tls_is_spoken_with_servers_whose_certificate_is_right(
    tmp_path: Path, authority: trustme.CA, scheme: str
) -> None:
    """From the first byte, or asked for before the login; listing and files too."""
    put(tmp_path, "one.xml")
    context = tls(authority)
    options: dict[str, Any] = {"ssl": context} if scheme == "ftps" else {"explicit": context}
    async with ftp_server(tmp_path, **options) as server:
        async with Stage(ftp_feed(server, scheme=scheme, host="localhost"), PASSWORD).playing(ftp.door) as stage:
            await stage.look(2)
            assert names(stage) == ["one.xml"]
        with pytest.raises(DoorFault, match="have its certificate put right"):
            await ftp.probe(ftp_feed(server, scheme=scheme, host="127.0.0.1"), PASSWORD)


async def test_a_server_without_tls_is_not_told_the_password(tmp_path: Path) -> None:
    """ftpes means TLS, or nothing."""
    async with ftp_server(tmp_path) as server:
        with pytest.raises(DoorFault, match="offers no TLS"):
            await ftp.probe(ftp_feed(server, scheme="ftpes"), PASSWORD)


async def test_what_a_server_says_in_latin_1_can_be_written_down() -> None:
    """It goes into the log and into the event that the feed fails, which are UTF-8."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write("530 Accès refusé\r\n".encode("latin-1"))
        await reader.read()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(DoorFault, match="530 Accès refusé") as fault:
            await ftp.probe(Feed(name="harbour", door="ftp", url=f"ftp://agency@127.0.0.1:{port}/"), PASSWORD)
    assert str(fault.value).encode()


async def test_a_reply_that_does_not_end_is_not_heard_out() -> None:
    """Any number of lines may belong to one, says RFC 959; a memory has an end."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while not writer.is_closing():
                writer.write(b"220-welcome\r\n" * 1_000)
                await writer.drain()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(DoorFault, match="more than 65536 characters at once"):
            await ftp.probe(Feed(name="harbour", door="ftp", url=f"ftp://agency@127.0.0.1:{port}/"), PASSWORD)


async def test_the_password_is_never_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Not in faults, logs or the place, though the server refuses it."""
    caplog.set_level("DEBUG")
    put(tmp_path, "one.xml")
    async with ftp_server(tmp_path) as server:
        stage = Stage(ftp_feed(server), PASSWORD)
        async with stage.playing(ftp.door):
            await stage.look(2)
        wrong = "wröng-word-99"
        with pytest.raises(DoorFault, match="check user and secret") as fault:
            await ftp.probe(ftp_feed(server), wrong)
        client_lines = " ".join(record.getMessage() for record in caplog.records if "server" not in record.name)
        for secret in (PASSWORD, wrong):
            assert secret not in f"{fault.value!r} {stage.everything()} {client_lines}"


async def test_a_probe_counts_and_brings_a_sample(tmp_path: Path) -> None:
    """Nothing is taken or moved."""
    put(tmp_path, "two.xml", b"2", at=1_900_000_001)
    put(tmp_path, "one.xml", b"1")
    async with ftp_server(tmp_path) as server:
        found = await ftp.probe(ftp_feed(server, after="delete"), PASSWORD)
    assert (found.new, found.name, found.sample) == (2, "one.xml", b"1")
    assert (tmp_path / "one.xml").exists()


async def test_faults_say_what_to_do(tmp_path: Path) -> None:
    """Nobody listens; the folder is not there; the url has a password."""
    with own_port() as nobody, pytest.raises(DoorFault, match=f"127.0.0.1:{nobody}: .*see that the server answers"):
        await ftp.probe(Feed(name="f", door="ftp", url=f"ftp://a@127.0.0.1:{nobody}/x"), "")
    async with ftp_server(tmp_path) as server:
        with pytest.raises(DoorFault, match=r"has no folder nowhere .*correct the path"):
            await ftp.probe(ftp_feed(server, "/nowhere"), PASSWORD)
    with pytest.raises(DoorFault, match="holds a password") as fault:
        await ftp.probe(Feed(name="f", door="ftp", url="ftp://a:hush@localhost/x"), "")
    assert "hush" not in str(fault.value)


async def test_stories_reach_the_log(tmp_path: Path, server: EmbeddedServer) -> None:
    """By a real intake: the story is there, credited to the feed and its door."""
    put(tmp_path, "wire.xml", newsfeed("Ferry adrift"))
    async with (
        provisioned(server) as client,
        build(IngestSettings(nats_url=server.url)).running() as running,
        ftp_server(tmp_path) as source,
    ):
        assert running.runtime is not None
        stage = Stage(ftp_feed(source), PASSWORD, intake=Intake(running.runtime))
        async with stage.playing(ftp.door):
            await stage.look(2)
        [recorded] = await Journal(client, "ingest").load(story_id("harbour", "urn:example:Ferry-adrift"))
        assert (recorded.event.door, recorded.event.story.headline) == ("ftp", "Ferry adrift")  # type: ignore[union-attr]


def test_a_place_of_fifty_thousand_files_fits() -> None:
    """Eight bytes a file."""
    assert len(Marks(bytes(8 * 50_000)).marks) < 512 * 1024
