"""Lines of FTP listings, as servers print them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.doors.listings import MOST_LINE, Unread, of_facts, of_list
from dateline_ingest.doors.pulling_files import Entry

NOW = datetime(2031, 2, 3, 12, tzinfo=UTC)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> float:
    """Seconds since 1970."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("line", "name", "size", "modified"),
    [
        (
            "-rw-r--r--    1 1000     1000           12 Jan 28 10:15 a b  c.txt",
            "a b  c.txt",
            12,
            at(2031, 1, 28, 10, 15),
        ),
        ("-rw-r--r--    1 1000     1000           12 Jan 28 10:15  lead.txt", " lead.txt", 12, at(2031, 1, 28, 10, 15)),
        ("-rw-r--r--    1 1000     1000           12 Jan  2 10:15 end.txt  ", "end.txt  ", 12, at(2031, 1, 2, 10, 15)),
        ("-rw-r--r--    1 1000     1000           12 Dec 31 23:59 eve.txt", "eve.txt", 12, at(2030, 12, 31, 23, 59)),
        ("-rw-r--r--    1 1000     1000           12 Feb  4 01:00 zone.txt", "zone.txt", 12, at(2031, 2, 4, 1)),
        ("-rw-r--r--    1 1000     1000           12 Feb 29 10:15 leap.txt", "leap.txt", 12, at(2028, 2, 29, 10, 15)),
        ("-rw-r--r--    1 1000     1000           12 Dec 31  2029 old.txt", "old.txt", 12, at(2029, 12, 31)),
        ("-rw-r--r--+   1 news desk  wire group   12 Jan 28 10:15 acl.txt", "acl.txt", 12, at(2031, 1, 28, 10, 15)),
        ("-rw-r--r--.   1 1000                    12 Jan 28 10:15 lone.txt", "lone.txt", 12, at(2031, 1, 28, 10, 15)),
        ("-rw-r--r-- 1 10 20 12 2031-01-28 10:15:09.123456789 +0100 iso.txt", "iso.txt", 12, at(2031, 1, 28, 10, 15)),
        ("-rw-r--r--    1 1000     1000           12 28 Jan 10:15 day.txt", "day.txt", 12, at(2031, 1, 28, 10, 15)),
        ("-rw-r--r--    1 1000     1000           12 févr. 3 10:15 mois.txt", "mois.txt", 12, 0.0),
        ("lrwxrwxrwx    1 1000     1000            4 Jan 28 10:15 a -> b.txt", "a", -1, at(2031, 1, 28, 10, 15)),
        ("01-28-31  10:15AM                   12 a b  c.txt", "a b  c.txt", 12, at(2031, 1, 28, 10, 15)),
        ("01-28-31  12:05PM            1,234,567  lead.txt", " lead.txt", 1_234_567, at(2031, 1, 28, 12, 5)),
        ("01-28-2031  22:15                   12 four.txt", "four.txt", 12, at(2031, 1, 28, 22, 15)),
        ("+i8388621.48594,m1927001700,r,s280,\tdjb b.html ", "djb b.html ", 280, 1_927_001_700.0),
    ],
)
def test_a_line_of_list_is_a_file(line: str, name: str, size: int, modified: float) -> None:
    """Its whole name; a time without a year is the last that was; one that cannot be read is none. EPLF has seconds."""
    assert of_list(line, NOW) == Entry(name=name, size=size, modified=modified, exact=line.startswith("+"))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "total 12",
        "insgesamt 12",
        "drwxr-xr-x    2 1000     1000         4096 Jan 28 10:15 sub",
        "srwxr-xr-x    1 1000     1000            0 Jan 28 10:15 socket",
        "crw-rw-rw-    1 root     root       1,   3 Jan 28 10:15 null",
        "lrwxrwxrwx    1 1000     1000            4 Jan 28 10:15 sub2 -> sub/",
        "01-28-31  10:15AM       <DIR>          sub",
        "+i8388621.50690,m1927001700,/,\tsub",
    ],
)
def test_what_is_no_file_is_left_out(line: str) -> None:
    """Headings, folders, devices."""
    assert of_list(line, NOW) is None


@pytest.mark.parametrize(
    "line",
    [
        "ONE.TXT;1  12/20  28-JAN-2031 10:15:00  [A,B] (RWED,RWED,RE,)",
        "-rw-r--r--    1 1000     1000           12 yesterday one.txt",
        "-rw-r--r--    1 1000     1000           12 Jan 28 10:15 " + "x" * MOST_LINE,
        "+s280,r",
        "01-28-31",
    ],
)
def test_what_nobody_can_read_is_not_passed_over(line: str) -> None:
    """It may be a story."""
    with pytest.raises(Unread):
        of_list(line, NOW)


def test_facts_are_exact() -> None:
    """RFC 3659: the name begins after the first space, whatever is in it; other things than files are left out."""
    assert of_facts("Type=file;Size=3;Modify=20310128101500.5;  a;b=c ") == Entry(
        name=" a;b=c ", size=3, modified=at(2031, 1, 28, 10, 15) + 0.5
    )
    assert of_facts("size=3; plain") == Entry(name="plain", size=3, modified=0.0, exact=False)
    assert of_facts("type=cdir;modify=20310128101500; .") is None
    assert of_facts("type=OS.unix=slink:/etc; link") is None
    with pytest.raises(Unread):
        of_facts("-rw-r--r-- 1 1 1 12 Jan 28 10:15 one.txt")
