"""Lines of FTP listings: facts (RFC 3659, 7.2), and what servers without them print for LIST. Pure.

No standard says how LIST looks. Three ways are read: that of ls, which most servers imitate; that of Microsoft's DIR;
and EPLF (D. J. Bernstein, "Easily Parsed LIST Format"). Times are taken for UTC, since none says its zone.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from dateline_ingest.doors.pulling_files import Entry

MOST_LINE = 4_096
"""Letters of a line; a name has at most 255 bytes nearly everywhere."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AHEAD = timedelta(days=1)
"""What a time without a year may be ahead of our clock: zones, and clocks that differ."""

_HEADING = re.compile(r"[^\W\d]+:?\s+\d+\s*")  # "total 12", in any language
_LS_KIND = re.compile(r"([-dlbcpsD])[-rwxsStTlL]{9}[+.@]?\s")
_LS = re.compile(
    r"\s(?P<size>\d+)\s+"
    r"(?:(?P<month>[^\W\d]{3,9})\.?\s+(?P<day>\d{1,2})\s+(?:(?P<clock>\d{1,2}:\d\d)|(?P<year>\d{4}))"
    r"|(?P<day2>\d{1,2})\.?\s+(?P<month2>[^\W\d]{3,9})\.?\s+(?:(?P<clock2>\d{1,2}:\d\d)|(?P<year2>\d{4}))"
    r"|(?P<iso>\d{4}-\d\d-\d\d\s+\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:\s[+-]\d{4})?)"
    r"\s(?P<name>.+)"
)
_DIR = re.compile(
    r"(?P<month>\d\d)[-/](?P<day>\d\d)[-/](?P<year>\d{4}|\d\d)\s+(?P<hour>\d{1,2}):(?P<minute>\d\d)\s?(?P<half>[AP]M)?"
    r"\s+(?:<(?P<kind>\w+)>\s+|(?P<size>[\d,.]+)\s)(?P<name>.+)"
)


class Unread(ValueError):
    """A line that nobody can read."""


def of_facts(line: str) -> Entry | None:
    """The file of a line of MLSD or MLST; None for what is none. Raises Unread."""
    facts, space, path = line.partition(" ")
    if not space or not facts.endswith(";"):
        raise Unread(line)
    stated = dict(fact.lower().partition("=")[::2] for fact in facts[:-1].split(";"))
    if stated.get("type", "file") != "file":
        return None
    size = stated.get("size", "")
    return _entry(path.rpartition("/")[2], size, _stamp(stated.get("modify", "")), exact=True)


def of_list(line: str, now: datetime) -> Entry | None:
    """The file of a line of LIST; None for what is none: a folder, a device, a heading. Raises Unread.

    ``now`` (UTC) tells the year of a time that has none: ls leaves it out for files of the last months.
    """
    if len(line) > MOST_LINE:
        raise Unread(line)
    if not line.strip() or _HEADING.fullmatch(line):
        return None
    if line.startswith("+"):
        return _eplf(line)
    if kind := _LS_KIND.match(line):
        return _ls(line, kind, now)
    if found := _DIR.fullmatch(line):
        return _dir(found)
    raise Unread(line)


def _ls(line: str, kind: re.Match[str], now: datetime) -> Entry | None:
    if kind[1] not in "-l":
        return None
    # From the end of the mode on: links, owner and group may be missing, or have spaces in them.
    found = _LS.search(line, kind.end() - 1)
    if found is None:
        raise Unread(line)
    name, size = found["name"], found["size"]
    if kind[1] == "l":  # its size is that of the link
        name, _, target = name.rpartition(" -> ")
        return None if target.endswith("/") or not name else _entry(name, "", _ls_time(found, now))
    return _entry(name, size, _ls_time(found, now))


def _ls_time(found: re.Match[str], now: datetime) -> float:
    if found["iso"]:
        return _time(*(int(digits) for digits in re.findall(r"\d+", found["iso"])))
    word = (found["month"] or found["month2"])[:3].lower()
    if word not in _MONTHS:
        return 0.0
    month, day = _MONTHS.index(word) + 1, int(found["day"] or found["day2"])
    year, clock = found["year"] or found["year2"], found["clock"] or found["clock2"]
    if year:
        return _time(int(year), month, day)
    hour, minute = (int(digits) for digits in clock.split(":"))
    latest = (now + _AHEAD).timestamp()
    # The newest year that fits; eight, since a 29 February may be so long ago.
    times = (_time(now.year + 1 - back, month, day, hour, minute) for back in range(10))
    return next((time for time in times if 0.0 < time <= latest), 0.0)


def _dir(found: re.Match[str]) -> Entry | None:
    if found["kind"]:
        return None
    year, hour = int(found["year"]), int(found["hour"])
    if len(found["year"]) == 2:
        year += 1900 if year >= 70 else 2000
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "PM" else 0)
    time = _time(year, int(found["month"]), int(found["day"]), hour, int(found["minute"]))
    return _entry(found["name"], found["size"].replace(",", "").replace(".", ""), time)


def _eplf(line: str) -> Entry | None:
    stated, tab, name = line[1:].partition("\t")
    facts = stated.split(",")
    if not tab:
        raise Unread(line)
    if "r" not in facts:  # it cannot be retrieved: a folder
        return None
    of = {fact[0]: fact[1:] for fact in facts if fact}
    time = of.get("m", "")
    return _entry(name, of.get("s", ""), float(time) if time.isdecimal() else 0.0, exact=True)


def _entry(name: str, size: str, modified: float, *, exact: bool = False) -> Entry | None:
    """``exact``: of a listing that has seconds."""
    if not name:
        return None
    length = int(size[:18]) if size.isascii() and size.isdecimal() else -1
    return Entry(name=name, size=length, modified=modified, exact=exact and length >= 0 and modified > 0)


def _time(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> float:
    """Seconds since 1970; 0.0 for what is no time."""
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0


def _stamp(stamp: str) -> float:
    """Seconds of an RFC 3659 time value, ``YYYYMMDDHHMMSS[.sss]``, UTC; 0.0 if there is none."""
    try:
        whole = datetime.strptime(stamp[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return whole.timestamp() + float("0" + stamp[14:])
    except ValueError:
        return 0.0
