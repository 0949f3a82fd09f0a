"""Identity and order of messages that carry no identifier of their story: by service, keyword and day. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.textwire.slugs import is_keyword, slug_key, slug_of
from dateline_ingest.formats.textwire.table import kinds_alone
from dateline_ingest.instants import rfc3339
from dateline_ingest.tables import read_table
from dateline_kernel.remembering import remembered_word

_LONGEST = 120
_LABEL = re.compile(r"([^:–—]{3,40}?)(?:\s*[:–—]|\s+-)\s+")


class _Table(Struct, frozen=True):
    places: dict[str, str]
    subjects: dict[str, str]


@lru_cache(maxsize=1)
def _shared_words() -> frozenset[str]:
    """Words that many stories of a day share: places, desks, subjects."""
    table = read_table("slugwords.toml", _Table)
    return frozenset(word for rows in (table.places, table.subjects) for row in rows.values() for word in row.split())


@remembered_word
def _own_words(keyword: str) -> int:
    shared = _shared_words()
    words = slug_key(keyword).split("-")
    return len([word for word in words if len(word) > 2 and word not in shared and not word.isdecimal()])


def names_one_story(keyword: str) -> bool:
    """Whether a keyword can be only one story's of a day.

    It has two words that are neither a place, a desk nor a subject, or one such word among three. In doubt it cannot:
    two stories under one identifier would replace each other, one story under two is merely there twice.
    """
    own = _own_words(keyword)
    return own >= 2 or (own == 1 and slug_key(keyword).count("-") >= 2)


def story_name(keyword: str, headline: str, names: str = "", *, titled: bool = False, by_headline: bool = False) -> str:
    """What a story is called among those of its service and day; empty where nothing tells it from the others.

    The keyword, if it names one story, else the keyword with the headline. ``names`` is what a kill or correction
    calls the story that it is about: its keyword, or, ``titled``, its headline, and then the keyword is that of both.
    ``by_headline`` says that this service's keywords never name a story.
    """
    if titled and keyword:
        return story_name(keyword, names, by_headline=by_headline)
    if names:
        if is_keyword(names) and names_one_story(names):
            return names
        if keyword and "/" not in names and (by_headline or not _own_words(keyword)):
            return f"{keyword} {names}"
        return names if names_one_story(names) else ""
    if not by_headline and names_one_story(keyword):
        return keyword
    label = _LABEL.match(headline)
    told = slug_of(headline[label.end() if label and kinds_alone(label[1]) else 0 :].replace(",", " ")).name
    return f"{keyword} {told}" if keyword and told else ""


def wire_guid(source: str, name: str, day: date | str | None) -> str:
    """One identifier for all versions, corrections, kills and takes of a story; empty without name or day.

    ``day`` may be a text too, where the year is not known. Agencies give a story one keyword for a day (AP Stylebook,
    keyword slug line; IPTC 7901 section 4.12), and tell its leads and takes by what stands beside the keyword.
    """
    key = slug_key(name)[:_LONGEST].strip("-")
    if not key or not day:
        return ""
    return f"urn:dateline:wire:{slug_key(source) or 'unknown'}:{day if isinstance(day, str) else day.isoformat()}:{key}"


def wire_version(
    sent: datetime | None, *, lead: int = 0, take: int = 0, correction: bool = False, kill: bool = False
) -> str:
    """A version that orders the messages of a story.

    The time of the message, to which what it says of itself adds less than a second: times are of the minute, and a
    second lead, a correction or a kill of the same minute comes after what it replaces. Without a time the number of
    the lead, the first version being 1; empty where there is neither, then the order of arrival counts.
    """
    if sent is None:
        return str(lead + 1) if lead and not kill and not correction else ""
    after = kill * 900_000 + correction * 100_000 + min(lead, 99) * 1_000 + min(take, 99)
    if sent.microsecond:
        sent = sent.replace(microsecond=0)
    return rfc3339(sent + timedelta(microseconds=after) if after else sent)
