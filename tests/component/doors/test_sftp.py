"""SFTP pull against a real SSH server."""

from __future__ import annotations

from pathlib import Path

import asyncssh
import pytest
from fileservers import PASSWORD, sftp_server
from stage import Stage, names, of, put, put_away

from dateline_ingest.doors import remote_folder, sftp
from dateline_ingest.doors.filework import FileFault
from dateline_ingest.doors.room import DoorFault
from dateline_kernel.testing import own_port


async def test_files_are_taken_oldest_first_once_they_are_whole(tmp_path: Path) -> None:
    """Two looks, the pattern, the order, and none twice; folders are not entered."""
    put(tmp_path, "out/b.xml", at=1_900_000_002)
    put(tmp_path, "out/a.xml", at=1_900_000_003)
    put(tmp_path, "out/été à.xml", at=1_900_000_001)
    put(tmp_path, "out/a.txt")
    put(tmp_path, "out/deep/a.xml")
    async with (
        sftp_server(tmp_path) as source,
        Stage(source.feed("/out", pattern="*.xml"), PASSWORD).playing(sftp.door) as stage,
    ):
        assert await stage.look() == remote_folder.QUIET
        assert not stage.handed
        assert await stage.look() == 60
        await stage.look()
        assert names(stage) == ["été à.xml", "b.xml", "a.xml"]


async def test_a_private_key_lets_in_as_well(tmp_path: Path) -> None:
    """The secret is the key itself; the path may be seen from the login's folder."""
    put(tmp_path, "one.xml")
    async with sftp_server(tmp_path) as source:
        found = await sftp.probe(source.feed("/~/"), source.user_key.export_private_key().decode())
        assert (found.new, found.name, found.sample) == (1, "one.xml", b"copy")


async def test_what_was_taken_is_moved_or_deleted_as_the_feed_says(tmp_path: Path) -> None:
    """``move``: into a folder beside it; ``delete``: gone."""
    async with sftp_server(tmp_path) as source:
        for after in ("move", "delete"):
            put(tmp_path, f"{after}/one.xml")
            async with Stage(source.feed(f"/{after}", after=after), PASSWORD).playing(sftp.door) as stage:
                await put_away(stage)
                assert names(stage) == ["one.xml"]
    assert [file.name[:4] for file in (tmp_path / "move" / "taken").iterdir()] == ["one."]
    assert list((tmp_path / "delete").iterdir()) == []


async def test_links_are_not_followed(tmp_path: Path) -> None:
    """Nor do they keep the files back."""
    put(tmp_path, "one.xml", at=2)
    (tmp_path / "gone.xml").symlink_to(tmp_path / "nowhere")
    async with (
        sftp_server(tmp_path) as source,
        Stage(source.feed(), PASSWORD).playing(sftp.door) as stage,
    ):
        await stage.look(3)
        assert names(stage) == ["one.xml"]


async def test_reading_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the listing said."""
    put(tmp_path, "big.xml", b"x" * 200_000)
    async with sftp_server(tmp_path) as source, sftp._connected(source.feed(), PASSWORD) as files:
        for size in (200_000, 1_000, -1):  # as listed, grown since, not listed
            assert await files.read(of("big.xml", size)) == b"x" * 200_000
        monkeypatch.setattr(remote_folder, "MOST_BYTES", 1000)
        with pytest.raises(FileFault, match="more than 1000 bytes"):
            await files.read(of("big.xml", 200_000))


async def test_a_file_is_asked_for_in_as_many_blocks_as_it_has(tmp_path: Path) -> None:
    """And whether that is all, not for as many as the largest file might have."""
    asked: list[int] = []

    class Counting(asyncssh.SFTPServer):
        def read(self, file_obj: object, offset: int, size: int) -> bytes:
            asked.append(offset)
            return super().read(file_obj, offset, size)  # type: ignore[return-value]

    put(tmp_path, "one.xml", b"x" * 1_000)
    put(tmp_path, "two.xml", b"y" * 70_000)
    async with (
        sftp_server(tmp_path, Counting) as source,
        Stage(source.feed(), PASSWORD).playing(sftp.door) as stage,
    ):
        await stage.look(2)
    assert [len(one.data) for one in stage.handed] == [1_000, 70_000]
    assert sorted(asked) == sorted([0, 1_000, 0, sftp.BLOCK, 2 * sftp.BLOCK, 70_000])


async def test_a_link_that_breaks_while_a_file_is_read_is_a_fault(tmp_path: Path) -> None:
    """Of the server and not of the file, whose turn comes again."""

    class Breaking(asyncssh.SFTPServer):
        def read(self, file_obj: object, offset: int, size: int) -> bytes:
            self.channel.get_connection().abort()
            return b""

    put(tmp_path, "one.xml", b"x" * 3_000_000)
    async with sftp_server(tmp_path, Breaking) as source, sftp._connected(source.feed(), PASSWORD) as files:
        with pytest.raises(DoorFault, match="see that the server answers there"):
            await files.read(of("one.xml", 3_000_000))


async def test_an_unknown_server_is_refused_and_its_key_shown(tmp_path: Path) -> None:
    """Without host_key nothing is sent; with another, neither."""
    async with sftp_server(tmp_path) as source:
        with pytest.raises(DoorFault, match="has no host_key") as fault:
            await sftp.probe(source.feed(host_key=""), PASSWORD)
        line = " ".join(source.host_key.export_public_key().decode().split()[:2])
        assert line in str(fault.value)
        assert (await sftp.probe(source.feed(host_key=line), PASSWORD)).new == 0
        other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
        with pytest.raises(DoorFault, match="another key than host_key"):
            await sftp.probe(source.feed(host_key=other), PASSWORD)
        with pytest.raises(DoorFault, match="host_key cannot be read"):
            await sftp.probe(source.feed(host_key="ssh-ed25519 nonsense"), PASSWORD)


async def test_the_secret_is_never_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Not in faults, logs or the place."""
    caplog.set_level("DEBUG")
    asyncssh.set_debug_level(2)
    put(tmp_path, "one.xml")
    broken = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n"
    async with sftp_server(tmp_path) as source:
        stage = Stage(source.feed(), PASSWORD)
        async with stage.playing(sftp.door):
            await stage.look(2)
        with pytest.raises(DoorFault, match="check user and secret") as refused:
            await sftp.probe(source.feed(), "wrong-word-88")
        with pytest.raises(DoorFault, match="private key cannot be read") as unread:
            await sftp.probe(source.feed(), broken)
    told = f"{refused.value!r} {unread.value!r} {stage.everything()} {caplog.text}"
    for secret in (PASSWORD, "wrong-word-88", "c2VjcmV0"):
        assert secret not in told


async def test_faults_say_what_to_do(tmp_path: Path) -> None:
    """The folder is not there; the url names no user; nobody listens."""
    async with sftp_server(tmp_path) as source:
        with pytest.raises(DoorFault, match=r"the folder /nowhere cannot be listed .*correct the path"):
            await sftp.probe(source.feed("/nowhere"), PASSWORD)
        with pytest.raises(DoorFault, match="names no user"):
            await sftp.probe(source.feed(url=f"sftp://127.0.0.1:{source.port}/"), PASSWORD)
        with own_port() as nobody, pytest.raises(DoorFault, match="see that the server answers"):
            await sftp.probe(source.feed(url=f"sftp://agency@127.0.0.1:{nobody}/"), PASSWORD)
