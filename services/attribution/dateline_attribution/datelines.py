"""The dateline: found at the beginning of the text, taken apart, and cut out of the sentence that follows it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.datelineparts import TRIM, read_named, read_nameless, stated_in
from dateline_attribution.datelineshapes import DatelineShapes
from dateline_attribution.days import day_of
from dateline_attribution.mentions import NAME, finder_of
from dateline_attribution.namesakes import settled
from dateline_attribution.spelling import spelled
from dateline_attribution.takings import Finding
from dateline_attribution.textends import is_twice, lead_of
from dateline_schemas.credit import Dateline
from dateline_schemas.story import Story

_REACH = 200
"""Characters at the beginning of a paragraph that are looked at."""
_OPENING = 3
"""Paragraphs that may begin with it: a summary or a byline may stand above."""
_HEAD = 8
"""Paragraphs among which the text begins."""
_BRACKET = re.compile(r"[(\[/{（【〔]")


def cut_dateline(
    story: Story,
    book: AgencyBook,
    shapes: DatelineShapes,
    credited: Sequence[str] = (),
    nameless: Collection[str] = (),
) -> tuple[Dateline | None, str]:
    """The dateline and the paragraph it stands in without it; the first paragraph as it is where there is none.

    A dateline that is a paragraph of its own leaves an empty one. Below a first paragraph, which may sum the text up,
    a place in capitals is believed without an agency if it is listed or has a day or a region: ``NATO -`` is a
    subject. One that only the message states, in a field of its own, or that opens the line under the headline, has
    ``cut`` 0 and leaves the first paragraph alone. The first letter of what is left keeps its case. ``credited`` are
    the agencies whose copy it is, the leading one first. ``nameless`` are paragraphs that are known not to hold the
    letters of any agency's name.
    """
    own, lead = bool(credited), _lead(story)
    for index, paragraph in enumerate(story.paragraphs[: max(_OPENING, lead + 1)]):
        if len(paragraph) <= _REACH and is_twice(story.paragraphs, index):
            continue  # a caption
        begins = index in (0, lead)
        if not begins and paragraph in nameless and not (index == 1 and paragraph[:3].isupper()):
            continue  # elsewhere than where the text begins only what names an agency is a dateline
        head = paragraph[:_REACH]
        found = read_nameless(head, shapes, own) if paragraph in nameless else read_named(head, book, shapes, own)
        if found is None and index == 0 and story.dateline:
            found = _stated_before(paragraph, story.dateline, book, shapes)
        if found is not None and (found.agencies or begins or _is_told(found, head, shapes)):
            where = f"paragraphs[{index}]"
            return _completed(found, where, story, book, shapes, credited), paragraph[found.cut :].lstrip()
    if own and (further := _further(story, max(_OPENING, lead + 1), book, shapes)):
        index, found = further
        completed = _completed(found, f"paragraphs[{index}]", story, book, shapes, credited)
        return completed, story.paragraphs[index][found.cut :].lstrip()
    first = story.paragraphs[0] if story.paragraphs else ""
    if not story.dateline:
        under = read_named(story.subheadline[:_REACH], book, shapes, own) if story.subheadline else None
        return under and _completed(replace(under, cut=0), "subheadline", story, book, shapes, credited), first
    stated = stated_in(story.dateline[:_REACH], book, shapes)
    return _completed(stated, stated.where, story, book, shapes, credited), first


def _is_told(found: Dateline, head: str, shapes: DatelineShapes) -> bool:
    """Whether a dateline without an agency is one wherever it stands."""
    return found.place.isupper() and bool(found.date or found.region or shapes.may_be_listed(head))


def _further(story: Story, first: int, book: AgencyBook, shapes: DatelineShapes) -> tuple[int, Dateline] | None:
    """A dateline below what a page has above its text, however long its lines are: none of them has agencies in
    brackets after a place.
    """
    if story.dateline:
        return None
    for index, paragraph in enumerate(story.paragraphs[first:_HEAD], first):
        if (bracket := _BRACKET.search(paragraph, 0, _REACH // 2)) and len(paragraph) > _REACH // 2:
            found = read_named(paragraph[:_REACH], book, shapes, False)
            if found is not None and found.place and found.agencies and bracket.start() < found.cut:
                return index, found
    return None


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
        found = None if paragraph in passed else read_named(paragraph[:_REACH], book, shapes, False)
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
    stated = stated_in(dateline[:_REACH], book, shapes)
    if not stated.place:
        return None
    rest = paragraph[len(dateline) :]
    cut = len(dateline) + len(rest) - len(rest.lstrip(TRIM))
    return replace(stated, text=dateline, cut=cut)
