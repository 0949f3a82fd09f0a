"""The header and the date of an IPTC 7901 message, and the table of how agencies fill them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.values.days import month_of
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.values.zones import zone_of_agency
from dateline_ingest.instants import named_zone
from dateline_ingest.tables import read_table
from dateline_ingest.timewords import time_words

HEADER = (
    r"(?P<source>[A-Za-z]{2,6})[ -]?(?P<number>\d{2,5})[ \t]+(?P<priority>[1-9])[ \t]+(?P<category>[A-Za-z]{1,4})"
    r"[ \t]+(?P<words>\d{1,5})(?:[ \t]+(?P<optional>[^\r\n]{0,120}?))?[ \t]*"
)
"""Section 4: source and message number, priority, category, words, optional information."""
LINE = re.compile(rf"{HEADER}(?=\r?\n|$)")
TIME = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})\s*(?:([A-Z]{1,4})\s+)?([^\W\d_]{3,9})\.?\s+(\d{4}|\d{2})(?!\d)")
"""Section 6.2: day, hour, minute, zone if any, month, year."""
_DASHED = re.compile(r"(?<!\d)(\d{2})-([A-Z]{3})-(\d{2}) (\d{2}):(\d{2})(?=\s*$)")
"""The same as it is written for readers, with which some end: ``04-FEB-09 08:15``."""
_MESSAGE_ID = re.compile(
    r"(?P<agency>[A-Za-z][A-Za-z./-]*?)[ -](?P<id>\d[\d-]*(?:#\d+)?|\.{2,}|(?<=^/AFP-)[A-Z]{2}\d{2,3})(?!\S)"
)
_TIME_ENDS = 40
"""Characters among which such a time stands."""
_DAY = re.compile(r"(?:[A-Za-z]{2}\.?,\s?)?\b\d{1,2}\.\s?[^\W\d_]{3,9}\.?\s(?:19|20)\d\d\b")
"""A day in the optional information, as APA has it: ``Mi, 12.Apr 2000``."""
_COR = re.compile(r"\bCOR\s+(\d+)\b")


class _Agency(Struct, frozen=True):
    languages: dict[str, str]
    headline_names: bool


class _Source(Struct, frozen=True):
    agency: str
    language: str


class _Table(Struct, frozen=True):
    setting: str
    notebook: str
    private: str
    makers: str
    notices: frozenset[str]
    signs: dict[str, frozenset[str]]
    sources: dict[str, _Source]
    agencies: dict[str, _Agency]


class Header(Struct, frozen=True):
    """What the header says; empty texts where it does not."""

    source: str
    number: str
    priority: int
    category: str
    agency: str = ""
    sign: str = ""
    """How the agency signs; a service of its own for many."""
    id: str = ""
    language: str = ""
    corrects: str = ""
    headline_names: bool = False


class Patterns(Struct, frozen=True):
    """The table, made ready."""

    setting: re.Pattern[str]
    notes: re.Pattern[str]
    makers: re.Pattern[str]
    notices: frozenset[str]
    signs: dict[str, str]
    """Of each sign the agency."""
    sources: dict[str, _Source]
    agencies: dict[str, _Agency]


@lru_cache(maxsize=1)
def table() -> Patterns:
    """The table, read once."""
    rows = read_table("iptc7901.toml", _Table)
    return Patterns(
        re.compile(rows.setting),
        re.compile(rf"^(?:{rows.notebook}|{rows.private})\s*$", re.MULTILINE),
        re.compile(rows.makers, re.IGNORECASE),
        rows.notices,
        {sign: agency for agency, signs in rows.signs.items() for sign in signs},
        rows.sources,
        rows.agencies,
    )


def header_of(head: str) -> tuple[Header, str, list[str]]:
    """The header, the keyword line under it (section 4.12), and notes in brackets under that."""
    text = head.lstrip()
    found = LINE.match(text)
    if found is None:
        raise Unparseable("the header cannot be read; have it corrected", format="iptc-7901")
    under = list(filter(None, map(fold, text[found.end() :].splitlines())))
    notes = [line for line in under[1:] if line[0] == "(" and line[-1] == ")" and " " in line]
    keyword = " ".join(line for line in under if line not in notes)
    header = Header(found["source"], found["number"], int(found["priority"]), found["category"])
    return _with_optional(header, found["optional"] or ""), keyword, notes


def _with_optional(header: Header, optional: str) -> Header:
    """The optional information (section 4.10): agency and its number, language, what is corrected."""
    words_left = " ".join(word for word in optional.split() if not table().setting.fullmatch(word))
    cor = _COR.search(words_left)
    words_left = _DAY.sub("", _COR.sub("", words_left))
    found = _MESSAGE_ID.search(words_left)
    source = table().sources.get(header.source.lower(), _Source("", ""))
    header = replace(header, agency=source.agency, language=source.language, corrects=cor[1] if cor else "")
    if found is None:
        return header
    sign = found["agency"]
    agency = source.agency or table().signs.get(sign.lower(), sign)
    row = table().agencies.get(agency.lower(), _Agency({}, headline_names=False))
    return replace(
        header,
        agency=sign if agency == sign.lower() else agency,
        sign=sign,
        id=found["id"],
        language=source.language or row.languages.get(words_left[: found.start()].strip(), ""),
        headline_names=row.headline_names,
    )


def with_time(text: str) -> str:
    """The text with the time at its end as the standard has it."""
    return text[:-_TIME_ENDS] + _DASHED.sub(r"\1\4\5 \2 \3", text[-_TIME_ENDS:])


def sent_at(tail: str, agency: str) -> datetime | None:
    """When the message was sent (section 6.2), from the text after ETX."""
    for day, hour, minute, zone, month, year in TIME.findall(tail):
        number = month_of(month)
        if number is None:
            continue
        full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 70 else 2000)
        named = time_words().zones.get(zone.lower())
        where = named_zone(named) if named else zone_of_agency(agency)
        try:
            return datetime(full, number, int(day), int(hour), int(minute), tzinfo=where or UTC).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None
