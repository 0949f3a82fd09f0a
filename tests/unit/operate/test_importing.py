"""Archives as they are listed and read, and the place that an import keeps."""

from __future__ import annotations

import io
import os
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_operate.console.failure import Failure
from dateline_operate.sending.archives import Item, Unreadable, listed, open_archive
from dateline_operate.sending.importplace import Counts, Place, Progress, go_on_at, only_import, read_place, write_place

FILES = {"2019/b.xml": (b"second", 1_550_000_000), "2018/a.xml": (b"first", 1_530_000_000), "c.txt": (b"third", 0)}
"""Name: bytes and time; 0 is unknown."""


def folder(path: Path) -> Path:
    """The files in a folder."""
    for name, (data, time) in FILES.items():
        file = path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (time, time))
    (path / "in/.hidden").write_bytes(b"x")
    (path / "in/link.xml").symlink_to(path / "in/c.txt")
    (path / "in/empty.xml").write_bytes(b"")
    return path / "in"


def tar(path: Path, mode: str = "w") -> Path:
    """The files in a tar."""
    target = path / "copy.tar"
    with tarfile.open(target, mode) as out:  # type: ignore[call-overload]
        for name, (data, time) in FILES.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), time
            out.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        out.addfile(link)
    return target


def zipped(path: Path) -> Path:
    """The files in a zip; DOS times have a resolution of two seconds, and no zone."""
    times = {1_550_000_000: (2019, 2, 12, 19, 33, 20), 1_530_000_000: (2018, 6, 26, 8, 0, 0), 0: (1980, 1, 1, 0, 0, 0)}
    with zipfile.ZipFile(path / "copy.zip", "w", zipfile.ZIP_DEFLATED) as out:
        for name, (data, time) in FILES.items():
            out.writestr(zipfile.ZipInfo(name, times[time]), data)
        out.writestr("__MACOSX/2018/._a.xml", b"x")
    return path / "copy.zip"


@pytest.mark.parametrize(
    "make",
    [
        folder,
        tar,
        lambda path: tar(path, "w:gz"),
        lambda path: tar(path, "w:bz2"),
        lambda path: tar(path, "w:xz"),
        zipped,
    ],
    ids=["folder", "tar", "gz", "bz2", "xz", "zip"],
)
def test_an_archive_is_read_in_the_order_of_time(make: Callable[[Path], Path], tmp_path: Path) -> None:
    """Whatever it is: hidden and empty files and links are left out, an unknown time is none."""
    archive = open_archive(make(tmp_path), tmp_path / "spool")
    try:
        items = listed(archive)
        assert [(item.name, archive.read(item)) for item in items] == [
            ("c.txt", b"third"),
            ("2018/a.xml", b"first"),
            ("2019/b.xml", b"second"),
        ]
        assert [item.modified for item in items] == [0, 1_530_000_000, 1_550_000_000]
        assert items[0].time is None
        assert [item.name for item in listed(archive, "*.xml")] == ["2018/a.xml", "2019/b.xml"]
    finally:
        archive.close()


def test_a_file_whose_name_is_no_utf8_is_read_too(tmp_path: Path) -> None:
    """Its name is shown so that it can be written down."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / os.fsdecode(b"d\xe9p\xeache.txt")).write_bytes(b"copy")
    archive = open_archive(tmp_path / "in", tmp_path / "spool")
    [item] = listed(archive)
    assert (item.name, archive.read(item)) == ("d\\xe9p\\xeache.txt", b"copy")
    write_place(tmp_path / "place.json", Place(feed="a", source="s", last=item))


@pytest.mark.parametrize("data", [b"", b"no archive at all", b"PK\x03\x04 cut off", b"\x1f\x8b cut off"])
def test_what_is_no_archive_is_explained(data: bytes, tmp_path: Path) -> None:
    """With its name, and where a file that is a story goes."""
    (tmp_path / "odd").write_bytes(data)
    with pytest.raises(Failure, match="odd is no folder, tar or zip") as raised:
        open_archive(tmp_path / "odd", tmp_path / "spool")
    assert "`dateline push`" in raised.value.advice


def test_a_member_that_is_damaged_or_locked_does_not_stop_the_others(tmp_path: Path) -> None:
    """Its checksum says so."""
    path = zipped(tmp_path)
    data = bytearray(path.read_bytes())
    at = data.index(b"2019/b.xml") + len(b"2019/b.xml")
    data[at] ^= 0xFF
    path.write_bytes(bytes(data))
    archive = open_archive(path, tmp_path / "spool")
    try:
        items = listed(archive)
        with pytest.raises(Unreadable):
            archive.read(items[2])
        assert archive.read(items[1]) == b"first"
    finally:
        archive.close()


@pytest.mark.parametrize(("form", "said"), [("", "damaged"), ("gz", "cut off"), ("bz2", "cut off"), ("xz", "cut off")])
def test_a_tar_that_was_cut_off_is_read_up_to_there(form: str, said: str, tmp_path: Path) -> None:
    """And told of, also where it is cut so that whole entries remain: nobody would notice what is missing."""
    path = tmp_path / "copy.tar"
    with tarfile.open(path, f"w:{form}") as out:
        for name in ("a", "b"):
            info = tarfile.TarInfo(name)
            info.size = 500_000
            out.addfile(info, io.BytesIO(random.Random(name).randbytes(info.size)))
    path.write_bytes(path.read_bytes()[:950_000])
    archive = open_archive(path, tmp_path / "spool")
    try:
        whole, *cut = listed(archive)
        assert said in archive.damage
        assert len(archive.read(whole)) == 500_000
        for item in cut:
            with pytest.raises(Unreadable, match="the archive ends in the middle of it"):
                archive.read(item)
    finally:
        archive.close()


def test_a_compressed_tar_with_wrong_bytes_is_not_read_at_all(tmp_path: Path) -> None:
    """They may stand in any file, and only the checksum behind all of them tells."""
    path = tar(tmp_path, "w:gz")
    path.write_bytes(path.read_bytes()[:-8] + bytes(8))
    with pytest.raises(Failure, match="CRC"):
        open_archive(path, tmp_path / "spool")


ITEMS = [Item(float(number), f"{number}.xml", 10) for number in range(10)]


def test_an_import_goes_on_after_the_last_item_that_was_done(tmp_path: Path) -> None:
    """From the start if there is no place, or if the archive is not the same any more."""
    path = tmp_path / "place.json"
    assert go_on_at(ITEMS, read_place(path, "a", tmp_path)) == 0
    write_place(path, Place(feed="a", source="s", last=ITEMS[3], counts=Counts(messages=4)))
    assert go_on_at(ITEMS, read_place(path, "a", tmp_path)) == 4
    assert go_on_at(ITEMS[1:], read_place(path, "a", tmp_path)) is None
    assert go_on_at([Item(0.5, "new.xml", 3), *ITEMS][:4], read_place(path, "a", tmp_path)) is None


@given(st.permutations(range(8)), st.integers(0, 8))
def test_only_what_is_done_without_a_gap_counts_as_done(order: list[int], many: int) -> None:
    """Messages are done in any order; a killed import begins at the first that was not."""
    progress = Progress(0, Counts())
    for nth in order[:many]:
        progress.done(nth, Counts(messages=1))
    done = set(order[:many])
    assert progress.upto == next(nth for nth in range(9) if nth not in done)
    assert (progress.counts.messages, progress.total.messages) == (progress.upto, many)


def test_one_import_of_an_archive_at_a_time(tmp_path: Path) -> None:
    """Two would keep one place."""
    place = tmp_path / "place.json"
    with only_import(place), pytest.raises(Failure, match="under way"), only_import(place):
        pass
    with only_import(place):
        pass
