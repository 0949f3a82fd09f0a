"""The envelope and the trailer of an ANPA 1312 message, and the table of its codes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.beginnings import any_row, compiled
from dateline_ingest.formats.anpa_1312.typeset import Signs
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.values.zones import zone_of_agency
from dateline_ingest.instants import named_zone
from dateline_ingest.tables import read_table
from dateline_ingest.timewords import time_words

_ENVELOPE = re.compile(
    r"\s*(?P<service>[A-Za-z]{0,3}) ?(?P<number>\d{3,5})(?:[!-~]{0,16}(?= ?\x1f)|[A-Z]{0,8})"
    r"(?:(?: ?\x1f|(?=[a-z-]{2,8}\s*$))(?P<selector>[^\r\n]*))?"
)
_DESCRIPTION = re.compile(
    r"[\s\x11-\x14]*(?P<priority>[A-Za-z]) (?P<category>[A-Za-z]) ?(?P<format>(?:[\x11-\x14]\s?){0,2})\s?(?P<slug>.*?)"
    r"[\x0e\x0f]?(?:\s+(?P<reference>[A-Za-z]\d{4}))?(?:\s+(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:\s+(?P<words>\d{1,5}))?)?\s*$"
)
_TRAILER = re.compile(
    r"(?:(?P<sender>[A-Za-z]{2,12})(?:-(?P<desk>[A-Za-z]{2,4}))?[- ])?\s*"
    r"(?:(?P<h0>\d{2}):(?P<m0>\d{2})\s+)?(?P<month>\d{2})-(?P<day>\d{2})-(?P<year>\d{2,4})(?:\s+(?P<h>\d{2}):?(?P<m>\d{2})\s*(?P<zone>[A-Za-z]{1,4})?)?"
)
_LONGEST = 200
"""Characters of a line of the header that are looked at."""
_HALVES = re.compile(r"[ap][ecmp][sd]")
"""UPI's zones, with the half of the day before them: ``0212pes`` is 2:12 p.m. Eastern Standard Time."""
_DAY_FIRST = re.compile(
    r"(?:(?P<sender>[A-Z]{2,5})-)?(?P<h>\d{2}):(?P<m>\d{2})(?:-|(?P<zone>[A-Z]{2,4})\s+)"
    r"(?P<day>\d{2})-(?P<month>\d{2})-(?P<year>\d{2})(?!\d)"
)
"""A trailer whose parts are joined by hyphens (Kyodo), or that begins with a time and its zone (The Canadian Press).

The day comes before the month in both, and so it does in the header.
"""


class _Table(Struct, frozen=True):
    signs: str
    fractions: str
    agency: tuple[str, ...]
    pictures: tuple[str, ...]
    priority: dict[str, int]
    category: dict[str, str]
    senders: dict[str, str]


class Codes(Struct, frozen=True):
    """The table, made ready."""

    priority: dict[str, int]
    category: dict[str, str]
    signs: Signs
    agency: re.Pattern[str]
    pictures: re.Pattern[str]
    senders: dict[str, str]


class Envelope(Struct, frozen=True):
    """What the two lines before the text state."""

    service: str = ""
    number: str = ""
    selector: str = ""
    """Selector, such as ``asian``: for whom the service is; without the hyphens that fill it up."""
    priority: str = ""
    category: str = ""
    slug: str = ""
    month: int = 0
    day: int = 0


class Trailer(Struct, frozen=True):
    """The trailer after the text."""

    sender: str = ""
    sent: datetime | None = None
    text: str = ""
    day_first: bool = False
    """Whether days are written before months."""


@lru_cache(maxsize=1)
def codes() -> Codes:
    """The table, read once."""
    table = read_table("anpa1312.toml", _Table)
    agency, pictures = (compiled(any_row(rows)) for rows in (table.agency, table.pictures))
    signs = Signs(table.signs, table.fractions)
    return Codes(table.priority, table.category, signs, agency, pictures, table.senders)


def envelope_of(header: str) -> Envelope:
    """Read the header. Raises Unparseable where it has no service letter and number."""
    first, _, rest = header.strip("\x16\r\n").partition("\n")
    found = _ENVELOPE.match(first)
    described = _DESCRIPTION.match(rest.split("\n")[0][:_LONGEST].rstrip("\r")) if rest else None
    if found is None:
        raise Unparseable("the header has no service letter and number; have it corrected", format="anpa-1312")
    named = Envelope(found["service"], found["number"], (found["selector"] or "").strip("- \r"))
    if described is None:
        return named
    return replace(
        named,
        priority=described["priority"],
        category=described["category"],
        slug=" ".join(described["slug"].split()),
        month=int(described["month"] or 0),
        day=int(described["day"] or 0),
    )


def is_description(line: str) -> bool:
    """Whether a line is the second one of a header: priority, category, format, keyword."""
    found = _DESCRIPTION.match(line[:_LONGEST])
    return found is not None and bool(found["format"] or found["month"])


def without_trailer(text: str) -> tuple[str, str]:
    """(text, trailer) of a message without ETX: the trailer is the last line that has a time and looks like one."""
    end = text.rstrip("\x00\x04\x0c\x16\n\t <")
    start = end.rfind("\n") + 1
    line = end[start:].lstrip()
    found = _TRAILER.match(line)
    is_one = bool(found and (found["h"] or found["h0"])) or _DAY_FIRST.match(line) is not None
    return (text[:start], text[start:]) if is_one else (text, "")


def trailer_of(tail: str) -> Trailer:
    """Who sent the message and when: ``AP-WF-11-13-13 1509GMT``, ``Reuters 15:09 11-13-13``, ``KWS-15:09-13-11-13``."""
    day_first = _DAY_FIRST.match(tail.lstrip())
    found = day_first or _TRAILER.search(tail[:200])
    if found is None:
        return Trailer()
    said = {"h0": "", "m0": "", "zone": "", **found.groupdict(default="")}
    sender, hour, minute = said["sender"], said["h"] or said["h0"], said["m"] or said["m0"]
    if not hour:
        return Trailer(sender)
    year, zone = int(said["year"]), said["zone"].lower()
    year += 0 if year > 99 else 1900 if year >= 70 else 2000
    if _HALVES.fullmatch(zone):
        hour, zone = str(int(hour) % 12 + (12 if zone[0] == "p" else 0)), f"{zone[1:]}t"
    named = named_zone(time_words().zones.get(zone, ""))
    where = named or (zone_of_agency(codes().senders.get(sender, sender)) if said["h"] else UTC)
    try:
        sent = datetime(year, int(said["month"]), int(said["day"]), int(hour), int(minute), tzinfo=where or UTC)
        return Trailer(sender, sent.astimezone(UTC), found[0].strip(), day_first is not None)
    except (ValueError, OverflowError):
        return Trailer(sender)


def news_day(envelope: Envelope, trailer: Trailer) -> date | None:
    """The day that the header states, in the agency's own zone; its year is the one nearest to the trailer."""
    sent = trailer.sent
    if sent is None:
        return None
    month, of_month = (envelope.day, envelope.month) if trailer.day_first else (envelope.month, envelope.day)
    for year in (sent.year, sent.year - 1, sent.year + 1):
        try:
            day = date(year, month, of_month)
        except ValueError:
            continue
        if abs((day - sent.date()).days) < 180:
            return day
    return sent.date()
