"""The dateline: found at the beginning of the text, taken apart, and cut out of the sentence that follows it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.datelineshapes import DatelineShape, DatelineShapes
from dateline_attribution.days import day_of
from dateline_attribution.findings import Finding
from dateline_attribution.mentions import NAME, WORD, Mention, finder_of, mask, signs_at
from dateline_attribution.namesakes import settled
from dateline_attribution.spelling import spelled
from dateline_attribution.texts import lead_of
from dateline_attribution.triggers import blind
from dateline_schemas.credit import Dateline
from dateline_schemas.story import Story

_REACH = 200
"""Characters at the beginning of a paragraph that are looked at."""
_OPENING = 3
"""Paragraphs that may begin with it: a summary or a byline may stand above."""
_HEAD = 8
"""Paragraphs among which the text begins."""
_WORD = re.compile(r"[^\s/–—-]+")
_TRIM = " \t\u3000,.;:/–—-−=·"
_SIGN = re.compile(r"[-–—―−_=:](?:\s|$)|(?:電|电|讯|訊|】|\])\W*$")
"""What closes a dateline; without it a sentence that goes on in lower case is one sentence."""
_MOST_WORDS = 7
_MOST_ALONE = 3
"""Words of a place with which a paragraph ends: more of them are a sentence, and the agency behind it an end mark."""
_BRACKET = re.compile(r"[(\[/{（【〔]")
_IN_BRACKETS = re.compile(r"\(\s?[^()\s]{0,5}\s?\)|\[[^\[\]]{0,20}\]")
"""Where nothing but an agency stood, or the letters of one that is not known."""


def cut_dateline(
    story: Story,
    book: AgencyBook,
    shapes: DatelineShapes,
    credited: Sequence[str] = (),
    nameless: Collection[str] = (),
) -> tuple[Dateline | None, str]:
    """The dateline and the paragraph it stands in without it; the first paragraph as it is where there is none.

    A dateline that is a paragraph of its own leaves an empty one. One that only the message states, in a field of its
    own, or that opens the line under the headline, has ``cut`` 0 and leaves the first paragraph alone. The first letter
    of what is left keeps its case. ``credited`` are the agencies whose copy it is, the leading one first. ``nameless``
    are paragraphs that are known not to hold the letters of any agency's name.
    """
    own, lead = bool(credited), _lead(story)
    for index, paragraph in enumerate(story.paragraphs[: max(_OPENING, lead + 1)]):
        if index and index != lead and paragraph in nameless:
            continue  # elsewhere than where the text begins only what names an agency is a dateline
        head = paragraph[:_REACH]
        found = _read_nameless(head, shapes, own) if paragraph in nameless else _read(head, book, shapes, own)
        if found is None and index == 0 and story.dateline:
            found = _stated_before(paragraph, story.dateline, book, shapes)
        if found is not None and (found.agencies or index in (0, lead)):
            where = f"paragraphs[{index}]"
            return _completed(found, where, story, book, shapes, credited), paragraph[found.cut :].lstrip()
    first = story.paragraphs[0] if story.paragraphs else ""
    if not story.dateline:
        under = _read(story.subheadline[:_REACH], book, shapes, own) if story.subheadline else None
        return under and _completed(replace(under, cut=0), "subheadline", story, book, shapes, credited), first
    stated = _field(story.dateline[:_REACH], book, shapes)
    return _completed(stated, stated.where, story, book, shapes, credited), first


def _lead(story: Story) -> int:
    """Where the text begins, if not with the first paragraph: with the stated dateline, else with a long one."""
    lead = lead_of(story.paragraphs)
    if lead and story.dateline:
        opened = (at for at, text in enumerate(story.paragraphs[:_HEAD]) if text.startswith(story.dateline))
        return next(opened, lead)
    return lead


def in_dateline(story: Story, book: AgencyBook, shapes: DatelineShapes, passed: Collection[str]) -> Iterator[Finding]:
    """The agencies that the dateline before a text names: a credit, if no rule has found any.

    ``passed`` are paragraphs that name no agency, or in which a rule says what it is: a picture's, cited.

    Letters that mean other things too (``PITTSBURGH, PA -``) are an agency's with a day or in brackets only.
    """
    for index, paragraph in enumerate(story.paragraphs[: max(_OPENING, _lead(story) + 1)]):
        found = None if paragraph in passed else _read(paragraph[:_REACH], book, shapes, False)
        if found is None or not found.agencies or not (found.date or paragraph[found.cut :].strip()):
            continue
        sure = bool(found.date) or _BRACKET.search(found.text) is not None
        for mention in finder_of(book).find([spelled(found.text)]).get(0, ()):
            named = mention.agency.id in found.agencies and mention.agency.kind in ("agency", "release")
            if named and (sure or mention.sign == NAME):
                yield Finding(
                    where=f"paragraphs[{index}]",
                    place="dateline",
                    agency=mention.agency.id,
                    rule=found.rule,
                    means="copy",
                    role="sole",
                    confidence=found.confidence,
                    text=found.text,
                    namesakes=mention.namesakes,
                )
        return


def _completed(
    found: Dateline, where: str, story: Story, book: AgencyBook, shapes: DatelineShapes, credited: Sequence[str]
) -> Dateline:
    """With what its words alone do not say: where they stand, its day, and where its agency is at home."""
    told = story.version_created or story.first_created
    day = _day(found.date, told.date() if told else None, shapes) if found.date else None
    agencies = settled(found.agencies, credited, book)
    country = _country((*agencies, *credited), book)
    return replace(found, where=where, day=day, agencies=agencies, country=country)


def _country(agencies: Sequence[str], book: AgencyBook) -> str:
    """Where the first of the agencies that is at home somewhere is."""
    for agency in agencies:
        if agency in book and (country := book[agency].country):
            return country
    return ""


@lru_cache(maxsize=512)
def _day(written: str, near: datetime.date | None, shapes: DatelineShapes) -> datetime.date | None:
    """The day that is meant. Kept: the stories of a day are dated alike."""
    return day_of(written, near, shapes.months)


def _stated_before(paragraph: str, dateline: str, book: AgencyBook, shapes: DatelineShapes) -> Dateline | None:
    """The dateline of the field, where the paragraph begins with the same characters and they have a place in them."""
    if not paragraph.startswith(dateline):
        return None
    stated = _field(dateline[:_REACH], book, shapes)
    if not stated.place:
        return None
    rest = paragraph[len(dateline) :]
    cut = len(dateline) + len(rest) - len(rest.lstrip(_TRIM))
    return replace(stated, text=dateline, cut=cut)


@lru_cache(maxsize=512)
def _field(text: str, book: AgencyBook, shapes: DatelineShapes) -> Dateline:
    """A dateline that the message calls so: whatever has no known shape is place and date around the agencies.

    Kept: a desk dates story after story alike.
    """
    if (found := _read(f"{text} ", book, shapes, False)) is not None:
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
def _read(head: str, book: AgencyBook, shapes: DatelineShapes, credited: bool) -> Dateline | None:
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


def _read_nameless(head: str, shapes: DatelineShapes, credited: bool) -> Dateline | None:
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
        date = match[match.lastgroup or 0].strip(_TRIM)
        head = f"{head[: match.start()]},{head[match.end() :]}"
    names = [name.strip(_TRIM) for name in re.split(r"[,،、，()\[\]]|(?<!St)(?<!ST)\.\s|\s[–—-]\s", head)]
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
