"""Bundles: archives of messages are opened within bounds, and what would be a bomb is refused."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from examples import tries
from hypothesis import given, settings
from hypothesis import strategies as st
from slowness import in_time

from dateline_ingest.formats import DEFAULT_LIMITS, Limits, Part, Unparseable, open_bundle, parse
from dateline_ingest.formats.bundle import MOST_PARTS

Archive = Callable[[dict[str, bytes]], bytes]


def story(name: str) -> bytes:
    """A ninjs story."""
    return json.dumps({"uri": f"urn:x:{name}", "headline": f"Story {name}"}).encode()


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(entries: dict[str, bytes]) -> bytes:
    """A tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in entries.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tar_gz(entries: dict[str, bytes]) -> bytes:
    """A tar archive within gzip."""
    return gzip.compress(tarred(entries))


def opened(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[Part, ...]:
    """The messages of a bundle."""
    parts = open_bundle(data, limits)
    assert parts is not None
    return parts


@pytest.mark.parametrize("archive", [zipped, tarred, tar_gz])
def test_the_messages_in_their_order(archive: Archive) -> None:
    """Each message with its name; pictures, checksums and a file system's own files are left out."""
    data = archive(
        {
            "b.json": story("b"),
            "pics/1.jpg": b"not even a picture",
            "noext": b"\xff\xd8\xff\xe0 a picture without its ending",
            "__MACOSX/._b.json": b"x",
            "day/.DS_Store": b"x",
            "b.json.md5": b"x",
            "empty.xml": b" \n",
            "day/a.html": b"<html>",
            "day/": b"",
        }
        if archive is zipped
        else {"b.json": story("b"), "pics/1.jpg": b"x", "day/.DS_Store": b"x", "day/a.html": b"<html>"}
    )
    assert opened(data) == (Part("b.json", story("b")), Part("day/a.html", b"<html>", "text/html"))


def test_gzip_of_one_message() -> None:
    """One message, however many gzip members it is written in."""
    data = gzip.compress(story("a")[:10]) + gzip.compress(story("a")[10:])
    assert [part.data for part in opened(data)] == [story("a")]
    assert parse(data).stories[0].guid == "urn:x:a"


def test_bundles_within_a_bundle() -> None:
    """Two levels are opened, and names go through them; three are too many."""
    inner = zipped({"a.json": story("a")})
    assert [part.name for part in opened(tar_gz({"day.zip": inner}))] == ["day.zip/a.json"]
    with pytest.raises(Unparseable, match="more than 2 deep"):
        open_bundle(zipped({"2.zip": zipped({"3.zip": inner})}), DEFAULT_LIMITS)


def test_what_is_no_bundle() -> None:
    """Other bytes are left to the formats."""
    assert open_bundle(story("a"), DEFAULT_LIMITS) is None
    assert open_bundle(b"", DEFAULT_LIMITS) is None
    assert open_bundle(b"x" * 257 + b"ustaram " * 90, DEFAULT_LIMITS) is None


def test_parse_reads_all_and_says_what_it_cannot_read() -> None:
    """Stories of the readable messages in order; the reason for each other one, with its name."""
    found = parse(zipped({"a.json": story("a"), "b.xml": b"<x", "c.txt": b"SLUG\n\nA line of text that is long.\n"}))
    assert (found.format, [one.guid for one in found.stories][:1]) == ("bundle", ["urn:x:a"])
    assert len(found.stories) == 2
    assert [fault.path.partition(":")[0] for fault in found.refused] == ["b.xml"]
    assert parse(zipped({"a": story("a"), "b": story("b")})).format == "ninjs"


def test_a_bundle_of_nothing_readable_is_refused_for_its_first() -> None:
    """The reason names the message."""
    with pytest.raises(Unparseable, match=r"b\.xml"):
        parse(zipped({"b.xml": b"<x", "c.xml": b"<y"}))
    with pytest.raises(Unparseable, match="no message in the bundle"):
        parse(zipped({"1.jpg": b"x"}))


def test_bombs_are_refused() -> None:
    """By ratio, by declared size in all, and by what really comes out."""
    with pytest.raises(Unparseable, match="250 times its size"):
        parse(zipped({"bomb.txt": b" " * 3_000_000}))
    with pytest.raises(Unparseable, match="250 times its size"):
        parse(gzip.compress(b"a" * 3_000_000))
    small = Limits(bytes=10_000)
    rows = {f"{n}.txt": bytes(range(256)) * 100 for n in range(4)}
    for archive in (zipped, tar_gz):
        with pytest.raises(Unparseable, match="unpacks to more than 40000 bytes"):
            open_bundle(archive(rows), small)


def test_a_tar_with_a_broken_header_is_no_shorter_tar() -> None:
    """What stands behind it would be lost without a word."""
    whole = tarred({"a.txt": b"copy", "b.txt": b"copy", "c.txt": b"copy"})
    with pytest.raises(Unparseable, match="the archive is broken: what stands at byte 1024 is no header"):
        open_bundle(whole[:1024] + b"x" * 512 + whole[1536:], Limits())


def test_records_about_an_entry_that_no_file_needs_are_refused_at_once() -> None:
    """Python's own reading of these takes hours for megabytes, in releases before 3.11.10 and 3.12.6."""
    record = tarfile.TarInfo("about")
    record.type = tarfile.XHDTYPE
    for said in (b"1" * 200_000, b"4 aa" * 50_000, b"1" * 8_000):
        record.size = len(said)
        about = record.tobuf(tarfile.USTAR_FORMAT) + said + bytes(-len(said) % tarfile.BLOCKSIZE)
        bundle = about + tarred({"a.txt": b"copy"})
        with pytest.raises(Unparseable, match="a record about an entry"):
            in_time(1.0, lambda bundle=bundle: opened(bundle))  # type: ignore[misc]


def test_a_zip_that_lies_about_its_sizes_is_broken() -> None:
    """More is never unpacked than was declared, and the checksum then fails."""
    data = bytearray(zipped({"a.txt": b"text of a story " * 500}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Unparseable, match="broken"):
        open_bundle(bytes(data), DEFAULT_LIMITS)


def test_encrypted_archives_are_refused() -> None:
    """With what to do about it."""
    data = bytearray(zipped({"a.txt": b"text"}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unparseable, match="encrypted; send it without a password") as caught:
        open_bundle(bytes(data), DEFAULT_LIMITS)
    assert caught.value.path == "a.txt"


@pytest.mark.parametrize("archive", [zipped, tarred])
@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:\\a.txt", "a\x07b.txt", "x" * 1200])
def test_names_that_lead_elsewhere_are_refused(archive: Archive, name: str) -> None:
    """Nothing is written to disk, yet such an archive is not to be believed."""
    with pytest.raises(Unparseable, match="no plain relative path"):
        open_bundle(archive({name: story("a")}), DEFAULT_LIMITS)


@pytest.mark.parametrize("archive", [zipped, tar_gz])
def test_too_many_entries(archive: Archive) -> None:
    """Entries are counted whether they are messages or not."""
    with pytest.raises(Unparseable, match="more than 2000 entries"):
        open_bundle(archive({f"{n}.md5": b"x" for n in range(MOST_PARTS + 1)}), DEFAULT_LIMITS)


def test_other_ways_of_packing_are_named() -> None:
    """Only stored and deflated entries are read."""
    assert opened(zipped({"a": story("a")}, zipfile.ZIP_STORED))[0].data == story("a")
    with pytest.raises(Unparseable, match="packed by method 14"):
        open_bundle(zipped({"a": story("a")}, zipfile.ZIP_LZMA), DEFAULT_LIMITS)


def test_links_in_a_tar_are_left_out() -> None:
    """Only plain files count."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    with pytest.raises(Unparseable, match="no message"):
        open_bundle(out.getvalue(), DEFAULT_LIMITS)


WHOLE = [archive({"a.json": story("a"), "b.json": story("b")}) for archive in (zipped, tarred, tar_gz)]


@settings(max_examples=tries(150), deadline=None)
@given(st.sampled_from(WHOLE), st.data())
def test_damaged_archives_are_read_or_refused(whole: bytes, data: st.DataObject) -> None:
    """Bytes changed or cut off anywhere give parts or Unparseable, nothing else."""
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(damaged[: data.draw(st.integers(1, len(damaged)))])
    try:
        open_bundle(cut, DEFAULT_LIMITS)
    except Unparseable as fault:
        assert fault.reason


def test_every_truncation_of_gzip_is_refused() -> None:
    """A cut file is never taken for a whole one."""
    whole = gzip.compress(story("a"))
    for at in range(4, len(whole)):
        with pytest.raises(Unparseable, match=r"cut off|broken"):
            open_bundle(whole[:at], DEFAULT_LIMITS)
