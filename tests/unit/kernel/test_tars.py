"""Tars of senders who may mean harm."""

from __future__ import annotations

import io
import tarfile
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline_kernel.tars import LONGEST, MOST, BadTar, Entry, entries

BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
COPY = b"copy\n"
SENT = 1_550_000_000


def entry(name: str = "a.txt", data: bytes = COPY, kind: bytes = tarfile.REGTYPE, **stated: int) -> bytes:
    """An entry as it stands in a tar; what is ``stated`` may be another thing than there is."""
    info = tarfile.TarInfo(name)
    info.size, info.type, info.mtime = len(data), kind, SENT
    for member, value in stated.items():
        setattr(info, member, value)
    return info.tobuf(tarfile.GNU_FORMAT) + data + bytes(-len(data) % BLOCK)


def records(data: bytes, kind: bytes = tarfile.XHDTYPE) -> bytes:
    """Pax records about the entry behind them."""
    return entry("about", data, kind)


def pax(key: str, value: str) -> bytes:
    """One pax record. It begins with its length, the digits of which count too."""
    text = f" {key}={value}\n".encode()
    size = next(size for digits in range(1, 9) if len(str(size := len(text) + digits)) == digits)
    return str(size).encode() + text


def read(data: bytes) -> list[Entry]:
    """All entries."""
    return list(entries(io.BytesIO(data)))


def test_entries_are_told_with_where_their_data_stand() -> None:
    """Names long and short, times with fractions, and whether an entry is a file at all."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, kind in (("a.txt", tarfile.REGTYPE), ("in", tarfile.DIRTYPE), ("long/" * 90 + "é.txt", b"0")):
            info = tarfile.TarInfo(name)
            info.type, info.mtime = kind, SENT + 0.5
            info.size = len(COPY) if info.isreg() else 0
            tar.addfile(info, io.BytesIO(COPY))
    data = out.getvalue()
    first, folder, last = read(data)
    assert (first.name, first.modified, first.plain, folder.plain) == ("a.txt", SENT + 0.5, True, False)
    assert last.name == "long/" * 90 + "é.txt"
    assert data[last.place : last.place + last.size] == COPY


@pytest.mark.parametrize(
    ("form", "digits"), [(tarfile.USTAR_FORMAT, 100), (tarfile.GNU_FORMAT, 255), (tarfile.PAX_FORMAT, 255)]
)
def test_a_name_of_nothing_but_digits_is_a_name(form: int, digits: int) -> None:
    """Some systems number their files; a folder takes names of up to 255 bytes."""
    info = tarfile.TarInfo("7" * digits)
    assert [one.name for one in read(info.tobuf(form) + END)] == [info.name]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_no_files(kind: bytes) -> None:
    """Their names lead elsewhere; nothing of them is read."""
    assert [one.plain for one in read(entry("link", b"", kind, linkname="/etc/passwd") + END)] == [False]


@pytest.mark.parametrize("end", [b"", bytes(BLOCK), END, END + b"what stands behind the end"])
def test_a_tar_ends_with_its_file_or_with_zeros(end: bytes) -> None:
    """As archivers write it."""
    assert len(read(entry() + entry() + end)) == 2


HOSTILE = {
    "a size below nothing": (entry(size=-1024) + END, "a size of -1024"),
    "a size that leads back": (entry() + entry("b.txt", size=-1024) + entry() + END, "a size of -1024"),
    "a folder of a size below nothing": (entry() + entry("b", b"", b"Z", size=-1536) + END, "a size of -1536"),
    "a record longer than it may be": (records(bytes(LONGEST + 1)) + entry() + END, "a record about an entry has"),
    "a record of a size below nothing": (records(b"")[:0] + entry("x", b"", tarfile.XHDTYPE, size=-512), "-512 bytes"),
    "a name longer than it may be": (entry("x", b"n" * LONGEST * 2, tarfile.GNUTYPE_LONGNAME) + entry(), "a record"),
    "digits without end": (records(b"1" * 8000) + entry() + END, "256 digits"),
    "records about records": (records(pax("comment", "x")) * 200 + entry() + END, f"more than {MOST} bytes"),
    "records for all": (
        b"".join(records(pax(f"k{n}", "x"), tarfile.XGLTYPE) + entry() for n in range(200)) + END,
        "are to count for all",
    ),
    "a broken header among others": (entry() + b"x" * BLOCK + entry() + END, f"byte {2 * BLOCK} is no header"),
    "an end within a header": (entry() + entry()[:300], f"byte {2 * BLOCK} is no header"),
    "an end within an entry": (entry(data=b"x" * 5000)[:1000], "unexpected end"),
    "more bytes than there can be": (entry(size=2**70) + END, "."),
}


@pytest.mark.parametrize(("data", "said"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_tar_to_its_end_is_refused_with_the_reason(data: bytes, said: str) -> None:
    """And not read round and round, nor taken for ended: nothing behind a broken header is lost without a word."""
    with pytest.raises(BadTar, match=said):
        list(islice(entries(io.BytesIO(data)), 1_000))


@pytest.mark.parametrize("said", ["nan", "inf", "1e400", "-5", "soon", "9" * 90])
def test_a_time_that_is_none_is_not_known(said: str) -> None:
    """The entry counts all the same."""
    assert [one.modified for one in read(records(pax("mtime", said)) + entry() + END)] in ([0.0], [float(SENT)])


@settings(deadline=None)
@given(st.data())
def test_whatever_stands_in_it_a_tar_is_read_or_refused(data: st.DataObject) -> None:
    """With entries that stand behind one another, or BadTar."""
    whole = bytearray(
        records(pax("mtime", "1.5") + pax("path", "p")) + entry() + entry("s", b"", tarfile.GNUTYPE_SPARSE) + END
    )
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    for start in (0, 2 * BLOCK):  # so that most tries get past the checksum
        header = whole[start : start + BLOCK]
        header[148:156] = b" " * 8
        whole[start + 148 : start + 156] = b"%06o\0 " % sum(header)
    places = [0]
    try:
        for one in islice(entries(io.BytesIO(bytes(whole))), 1_000):
            places.append(one.place)
    except BadTar:
        pass
    assert places == sorted(places) and len(places) < 1_000
