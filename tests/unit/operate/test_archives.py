"""What of an archive is copy to import, and when it was written; order and damage stand in test_importing."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline_operate.console.failure import Failure
from dateline_operate.sending.archives import Archive, Item, Unreadable, _zip_time, listed, open_archive

SENT = 1_550_000_000
"""2019-02-12, 19:33:20 UTC: seconds that a DOS time can say."""
COPY = ("a.txt", "in/b.txt", "./c.txt", "in/./d.txt")
NO_COPY = (".hidden", ".git/config", "in/.DS_Store", "__MACOSX/a.txt", "in/__MACOSX/b.txt")


def tar(path: Path, *members: tarfile.TarInfo) -> Path:
    """A tar with these members, five bytes in each plain file."""
    with tarfile.open(path, "w") as out:
        for member in members:
            member.size = 5 if member.isreg() else 0
            out.addfile(member, io.BytesIO(b"copy\n"))
    return path


def zipped(path: Path, *members: zipfile.ZipInfo) -> Path:
    """A zip with these members, five bytes in each."""
    with zipfile.ZipFile(path, "w") as out:
        for member in members:
            out.writestr(member, b"" if member.is_dir() else b"copy\n")
    return path


def opened(path: Path) -> Archive:
    """It, to read from."""
    return open_archive(path, path.with_suffix(".spool"))


def names(path: Path) -> list[str]:
    """What of it would be imported."""
    archive = opened(path)
    try:
        return sorted(item.name for item in listed(archive))
    finally:
        archive.close()


def times(path: Path) -> list[datetime | None]:
    """When its files were written."""
    archive = opened(path)
    try:
        return [item.time for item in listed(archive)]
    finally:
        archive.close()


def test_what_archivers_and_desks_hide_is_no_copy(tmp_path: Path) -> None:
    """Names that begin with a dot, at any depth, and what a Mac puts beside each file; `.` alone is no name."""
    packed = tar(tmp_path / "copy.tar", *map(tarfile.TarInfo, (*COPY, *NO_COPY)))
    assert names(packed) == sorted(COPY)
    packed = zipped(tmp_path / "copy.zip", *map(zipfile.ZipInfo, (*COPY, *NO_COPY, "in/")))
    assert names(packed) == sorted(COPY)
    folder = tmp_path / "folder"
    for name in ("a.txt", "in/b.txt", ".hidden", ".git/config", "in/.DS_Store"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("copy\n")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    os.mkfifo(folder / "pipe.txt")
    assert names(folder) == ["a.txt", "in/b.txt"]


@pytest.mark.parametrize("kind", [tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.SYMTYPE, tarfile.GNUTYPE_SPARSE])
def test_only_plain_files_of_a_tar_are_copy(kind: bytes, tmp_path: Path) -> None:
    """No folders, pipes or links; the bytes of a sparse file do not stand together."""
    other = tarfile.TarInfo("other.txt")
    other.type = kind
    assert names(tar(tmp_path / "copy.tar", other, tarfile.TarInfo("a.txt"))) == ["a.txt"]


def test_a_file_without_bytes_is_no_copy(tmp_path: Path) -> None:
    """There is nothing to read in it."""
    (tmp_path / "empty.txt").touch()
    assert names(tmp_path) == []


def test_what_stands_in_a_tar_twice_was_sent_twice(tmp_path: Path) -> None:
    """Both are imported."""
    assert names(tar(tmp_path / "copy.tar", tarfile.TarInfo("a.txt"), tarfile.TarInfo("a.txt"))) == ["a.txt", "a.txt"]


@pytest.mark.parametrize("size", [-1024, 5])
def test_a_tar_that_is_broken_in_its_middle_is_read_up_to_there(size: int, tmp_path: Path) -> None:
    """And told to be: neither taken for ended there, nor gone through round and round."""
    path = tar(tmp_path / "copy.tar", tarfile.TarInfo("a.txt"), tarfile.TarInfo("b.txt"))
    broken = tarfile.TarInfo("c.txt")
    broken.size = size
    header = broken.tobuf(tarfile.GNU_FORMAT)
    data = path.read_bytes()
    path.write_bytes(data[:1024] + (b"x" * 512 if size > 0 else header) + data[1536:])
    archive = opened(path)
    assert [item.name for item in listed(archive)] == ["a.txt"]
    assert archive.damage.startswith("it is damaged after 1 entries: ")
    archive.close()


def test_what_does_not_fit_unpacked_is_refused_before_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be the disk that has the log."""
    monkeypatch.setattr("dateline_operate.sending.archives.ROOM", 2**62)
    path = tmp_path / "copy.tar.gz"
    path.write_bytes(gzip.compress(tar(tmp_path / "copy.tar", tarfile.TarInfo("a.txt")).read_bytes()))
    with pytest.raises(Failure, match="does not fit unpacked") as said:
        opened(path)
    assert "Unpack it" in said.value.advice


def extra(kind: int, data: bytes) -> bytes:
    """An extra field of a zip member (APPNOTE.TXT, 4.5)."""
    return struct.pack("<HH", kind, len(data)) + data


UT = extra(0x5455, struct.pack("<Bi", 1, SENT + 1))


@pytest.mark.parametrize(
    ("fields", "moment"),
    [
        (b"", SENT),
        (UT, SENT + 1),
        (extra(0x7875, b"\x01\x04\x00\x00\x00\x00") + UT, SENT + 1),
        (extra(0x5455, struct.pack("<Bii", 3, SENT + 1, 7)), SENT + 1),
        (extra(0x5455, struct.pack("<Bi", 2, SENT + 1)), SENT),
        (extra(0x5455, b"\x01\x00"), SENT),
        (extra(0x5456, struct.pack("<Bi", 1, SENT + 1)), SENT),
        (UT[:6], SENT),
        (UT[:3], SENT),
    ],
    ids=["none", "ut", "behind another", "with more times", "no time of writing", "short", "other", "cut", "no field"],
)
def test_a_zip_that_knows_the_time_in_utc_is_believed(fields: bytes, moment: int) -> None:
    """Info-ZIP's field says it to the second; else the DOS time is taken as UTC, whose seconds are even."""
    member = zipfile.ZipInfo("a.txt", datetime.fromtimestamp(SENT, UTC).timetuple()[:6])
    member.extra = fields
    assert _zip_time(member) == moment


def test_a_time_that_cannot_be_is_not_known(tmp_path: Path) -> None:
    """No 31 February, and nothing from before archivers knew the time; 3 January 1980 is the first that counts."""
    wrong = zipfile.ZipInfo("a.txt", (2019, 2, 31, 0, 0, 0))
    assert times(zipped(tmp_path / "copy.zip", wrong)) == [None]
    edge = int(datetime(1980, 1, 3, tzinfo=UTC).timestamp())
    members = [tarfile.TarInfo(name) for name in "abc"]
    for member, moment in zip(members, (0, edge - 1, edge), strict=True):
        member.mtime = moment
    assert times(tar(tmp_path / "copy.tar", *members)) == [None, None, datetime(1980, 1, 3, tzinfo=UTC)]
    assert Item(1e300, "a.txt", 5).time is None


def test_a_zip_whose_index_lies_is_read_no_further_than_that(tmp_path: Path) -> None:
    """More bytes than it says are not unpacked, fewer are no file."""
    archive = opened(zipped(tmp_path / "copy.zip", zipfile.ZipInfo("a.txt")))
    [item] = listed(archive)
    assert archive.read(item) == b"copy\n"
    for size in (4, 6):
        with pytest.raises(Unreadable, match=f"has not the {size} bytes"):
            archive.read(Item(item.modified, item.name, size, item.place))
    archive.close()


def test_what_goes_away_while_an_archive_is_read_is_told_of(tmp_path: Path) -> None:
    """A file of a folder, or the end of a tar."""
    (tmp_path / "a.txt").write_text("copy")
    folder = opened(tmp_path)
    [item] = listed(folder)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(Unreadable, match=r"^cannot be read: No such file"):
        folder.read(item)
    packed = tar(tmp_path / "copy.tar", tarfile.TarInfo("a.txt"))
    archive = opened(packed)
    [item] = listed(archive)
    os.truncate(packed, item.place + 2)
    with pytest.raises(Unreadable, match="the archive ends in the middle of it"):
        archive.read(item)
    archive.close()
