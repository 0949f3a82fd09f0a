"""Turns of phrase by which a page tells who wrote a story, whose a picture is and which site it is."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_ingest.formats.page.dates import is_weekday
from dateline_ingest.formats.page.names import phrases
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import letters
from dateline_ingest.formats.xml.tree import Element

LABELS = (":", "：")
"""What a label ends with whose statement stands beside it."""
_EDGES = " ,;"
_GAPS = 3
_WIDE = "\u2e80"
_TITLE = 30
"""Letters of a story's title without gaps: the names of sources and places have fewer."""


@lru_cache(maxsize=1)
def by_name() -> re.Pattern[str]:
    """A line such as "By Jane Roe": a word for authors, then a name of several words; or as its language has it."""
    head = phrases()
    return re.compile(f"(?:{head.word}){head.name}|{head.own}")


@lru_cache(maxsize=1)
def site_sign() -> re.Pattern[str]:
    """What parts a site's name from a headline: a sign between spaces or, in East Asia, a tight one where nothing else
    can be meant.
    """
    tight = rf"_(?=[\u2e80-\uffef])|-{{1,2}}(?=[\u2e80-\uffef]{{1,9}}(?:{phrases().sites})$)"
    return re.compile(rf"\s+(?:[|–—»‹›·•]|-|::)\s+|{tight}")


@lru_cache(maxsize=1)
def account() -> re.Pattern[str]:
    """The name of an account of a publishing system, which is nobody's."""
    return re.compile(phrases().account)


@lru_cache(maxsize=1)
def by_word() -> re.Pattern[str]:
    """A word for authors right before a name, such as "by", "Von:" or "Eine Analyse von"."""
    return re.compile(rf"(?:^|.*\s)(?:{phrases().word})\s?[:：]?\s*$")


@lru_cache(maxsize=1)
def by_author() -> re.Pattern[str]:
    """A byline with its author's agency, place or newsroom behind the name: "By Jane Roe and agencies"."""
    return re.compile(f"(?:{by_name().pattern})(?:{phrases().beside})?")


@lru_cache(maxsize=1)
def _by_start() -> re.Pattern[str]:
    return re.compile(rf"(?:{phrases().word}|{phrases().newsroom})(?:\s?[:：])?\s+")


def is_byline(line: str) -> bool:
    """Whether a line is nothing but a word for authors before a name of several words, or that or a newsroom before an
    agency's; behind the name an agency, a place or a newsroom may stand.
    """
    start = _by_start().match(line)
    return by_author().fullmatch(line) is not None or (start is not None and is_plain_credit(line[start.end() :]))


def is_source_line(line: str) -> bool:
    """Whether a line names an agency behind a label, as ``Por: EFE`` does: it says where the copy is from."""
    return is_plain_credit(line) and any(sign in line for sign in LABELS)


@lru_cache(maxsize=1)
def _to_date() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w|\))[,;]?\s(?:{phrases().dated})$")


def before_date(text: str) -> str:
    """What stands before a date, without what leads there: ``By Jane Roe on Friday,``. Empty where the day may be the
    last of several names, ``By Lena H. Sun,``; in ``By Lena Sun,`` it is.
    """
    said = text.strip(_EDGES)
    before, _, last = said.rpartition(" ")
    if is_weekday(last):
        if not (before.endswith(",") or _to_date().search(before)):
            return said if by_author().fullmatch(said) and not by_author().fullmatch(before) else ""
        said = before
    return _to_date().sub("", said).strip(_EDGES)


@lru_cache(maxsize=1)
def no_deck() -> re.Pattern[str]:
    """A line under a headline that files the story or says who wrote it: "Jane Roe, our harbour correspondent"."""
    return re.compile("|".join(phrases().no_deck))


@lru_cache(maxsize=1)
def whose_picture() -> re.Pattern[str]:
    """The part of a line under a picture that says whose it is: ``... / fot. Jan Roe``."""
    return re.compile(phrases().whose, re.IGNORECASE)


@lru_cache(maxsize=1)
def _author_address() -> re.Pattern[str]:
    """The part of an address under which a page lists an author's stories."""
    return re.compile(phrases().author, re.IGNORECASE)


def is_by_author(part: Element) -> bool:
    """Whether a part is a link to what somebody wrote."""
    return part.tag == "a" and _author_address().search(part.get("href") or "") is not None


@lru_cache(maxsize=1)
def biography() -> re.Pattern[str]:
    """A verb of what is told about an author."""
    return re.compile(phrases().biography)


def said_once(text: str) -> str:
    """A text without its second half where that says the first once more."""
    half = len(text) // 2
    return text[:half] if len(text) % 2 and text[half] == " " and text[:half] == text[half + 1 :] else text


def is_phrase(text: str) -> bool:
    """Whether a text is more than a name: it has three gaps between words, or is in a script that has none."""
    return text.count(" ") >= _GAPS or any(char >= _WIDE for char in text)


def is_title(text: str) -> bool:
    """Whether a text may be the title of a story: a phrase, and no source, person or section."""
    return text.count(" ") >= _GAPS or letters(text) >= _TITLE
