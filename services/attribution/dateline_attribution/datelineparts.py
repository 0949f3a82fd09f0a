"""A line taken apart as a dateline: place, region, day and the agencies that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.datelineshapes import DatelineShape, DatelineShapes
from dateline_attribution.mentions import NAME, WORD, Mention, finder_of, mask, signs_at
from dateline_attribution.spelling import spelled
from dateline_attribution.triggers import blind
from dateline_schemas.credit import Dateline

_WORD = re.compile(r"[^\s/–—-]+")
TRIM = " \t\u3000,.;:/–—-−=·"
_SIGN = re.compile(r"[-–—―−_=:](?:\s|$)|(?:電|电|讯|訊|】|\])\W*$")
"""What closes a dateline; without it a sentence that goes on in lower case is one sentence."""
_MOST_WORDS = 7
_MOST_ALONE = 3
"""Words of a place with which a paragraph ends: more of them are a sentence, and the agency behind it an end mark."""
_IN_BRACKETS = re.compile(r"\(\s?[^()\s]{0,5}\s?\)|\[[^\[\]]{0,20}\]")
"""Where nothing but an agency stood, or the letters of one that is not known."""


@lru_cache(maxsize=512)
def stated_in(text: str, book: AgencyBook, shapes: DatelineShapes) -> Dateline:
    """A dateline that the message calls so: whatever has no known shape is place and date around the agencies.

    Kept: a desk dates story after story alike.
    """
    if (found := read_named(f"{text} ", book, shapes, False)) is not None:
        return replace(found, text=text.strip(), where="dateline", cut=0)
    mentions = finder_of(book).find([spelled(text)]).get(0, [])
    head = "".join(char for char in mask(text, mentions) if not NAME <= char <= WORD)
    place, region, date = _parts(_IN_BRACKETS.sub(" ", head), shapes)
    names = (place, *filter(None, region.split(", ")))
    if not all(_named(name, shapes) for name in names) or any(char.isdigit() for char in place):
        place, region = "", ""
    agencies = tuple(dict.fromkeys(mention.agency.id for mention in mentions))
    return Dateline(
        text=text.strip(),
        where="dateline",
        place=place,
        region=region,
        date=date,
        agencies=agencies,
        rule="datelines.stated",
        confidence=shapes.stated,
    )


@lru_cache(maxsize=512)
def read_named(head: str, book: AgencyBook, shapes: DatelineShapes, credited: bool) -> Dateline | None:
    """What the beginning of a paragraph has of a dateline. Kept: the same paragraph is often asked for again.

    ``credited``: the text is credited to an agency.
    """
    text = spelled(head)
    mentions = finder_of(book).find([text]).get(0, [])
    masked = mask(text, mentions)
    seen = blind(masked)
    listed = shapes.may_be_listed(text)
    for shape in shapes.western if head.isascii() else shapes.shapes:
        if (shape.names and not mentions) or (shape.listed and not listed) or (shape.credited and not credited):
            continue
        if not shape.may_match(seen):
            continue
        if (match := shape.pattern.match(masked)) and (found := _taken(head, masked, match, mentions, shape, shapes)):
            return found
    return None


def read_nameless(head: str, shapes: DatelineShapes, credited: bool) -> Dateline | None:
    """The same of a beginning that names no agency."""
    text = spelled(head)
    seen = blind(text)
    listed = shapes.may_be_listed(text)
    for shape in shapes.nameless_western if head.isascii() else shapes.nameless:
        if (shape.listed and not listed) or (shape.credited and not credited) or not shape.may_match(seen):
            continue
        match = shape.pattern.match(text)
        if match and (found := _taken(head, text, match, (), shape, shapes)):
            return found
    return None


def _taken(
    head: str,
    masked: str,
    match: re.Match[str],
    mentions: Sequence[Mention],
    shape: DatelineShape,
    shapes: DatelineShapes,
) -> Dateline | None:
    groups = match.groupdict()
    place, region, date = _parts(groups.get("head") or "", shapes)
    if groups.get("head") and not _believed(place, date, shape, shapes):
        return None
    if shapes.goes_on.match(masked, match.end()):
        return None
    if not date and masked[match.end() :][:1].islower() and not _SIGN.search(match[0]):
        return None
    if not date and match.end() == len(masked) and len(_WORD.findall(place)) > _MOST_ALONE:
        return None
    start, end = match.span("a") if "a" in groups else (0, 0)
    signs = signs_at(mentions)
    named = [mentions[nth].agency.id for nth, at in enumerate(signs) if start <= at < end]
    longer = sum(mentions[nth].end - mentions[nth].start - 1 for nth, at in enumerate(signs) if at < match.end())
    cut = match.end() + longer
    return Dateline(
        text=head[:cut].strip(),
        where="",
        cut=cut,
        place=place,
        region=region,
        date=date,
        agencies=tuple(dict.fromkeys(named)),
        rule=shape.id,
        confidence=shape.confidence,
    )


def _parts(head: str, shapes: DatelineShapes) -> tuple[str, str, str]:
    """Place, region and date of what stands before the agency; a place has no comma in it."""
    date = ""
    if match := shapes.date.search(head):
        date = match[match.lastgroup or 0].strip(TRIM)
        head = f"{head[: match.start()]},{head[match.end() :]}"
    names = [name.strip(TRIM) for name in re.split(r"[,،、，()\[\]]|(?<!St)(?<!ST)\.\s|\s[–—-]\s", head)]
    names = [name for name in names if name]
    return (names[0] if names else ""), ", ".join(names[1:3]), date


def _named(place: str, shapes: DatelineShapes) -> bool:
    words = _WORD.findall(place)
    if not words or len(words) > _MOST_WORDS or place.casefold() in shapes.no_place:
        return False
    return all(word.casefold() in shapes.small or not word[0].islower() for word in words)


def _believed(place: str, date: str, shape: DatelineShape, shapes: DatelineShapes) -> bool:
    """Whether what stands before the agency is a place: words written as names are, in few words; or a date alone.

    Before a colon it is one of the places that are listed.

    Without brackets it has to be in capitals or with a date, but in scripts that have no capitals.
    """
    if shape.listed:
        known = shapes.listed
        return place.casefold() in known or all(name.strip().casefold() in known for name in place.split("/"))
    if date and not place:
        return shape.names
    if not _named(place, shapes):
        return False
    cased = [char for char in place if char.isupper() or char.islower()]
    if not shape.plain or (shape.names and not cased):
        return True
    shouted = len(cased) >= 3 and sum(char.islower() for char in cased) <= len(cased) // 5
    return shouted or bool(date)
