"""An item, an entry or a channel of a feed: its children by name, and what RSS and Atom say in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice

from dateline_ingest.formats.feeds.names import (
    DC,
    GEO,
    GEORSS,
    MEDIA,
    PODCAST,
    PRISM,
    TERMS,
    THREAD,
    WORDPRESS,
    origins,
)
from dateline_ingest.formats.feeds.parts import XML_BASE, joined, person, resource, text
from dateline_ingest.formats.feeds.portals import related
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.clocktimes import dated
from dateline_ingest.formats.values.days import day_alone, worded
from dateline_ingest.formats.values.wiretimes import when
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.values.zones import in_place, is_unclear, zone_in
from dateline_ingest.formats.xml.tree import Element, spoken_in
from dateline_ingest.instants import instant, moment
from dateline_schemas.story import CreditElement, Link, Subject

_PLACES = frozenset(f"{GEORSS}{name}" for name in ("featurename", "featureName", "point"))
_NAMED_PLACES = (f"{DC}coverage", f"{TERMS}spatial", *(f"{prism}location" for prism in PRISM))
_PLACES |= {f"{GEO}lat", *_NAMED_PLACES}
_POINTS = {
    f"{TERMS}replaces": "replaces",
    f"{TERMS}isVersionOf": "version-of",
    f"{TERMS}references": "related",
    f"{TERMS}relation": "related",
    f"{DC}relation": "related",
    f"{TERMS}isReplacedBy": "replaced-by",
    f"{TERMS}hasVersion": "has-version",
    **{f"{prism}isCorrectionOf": "corrects" for prism in PRISM},
    **{f"{prism}hasCorrection": "corrected-by" for prism in PRISM},
}
"""What an element's text points to, as ``Link.rel``."""
_LINKED = frozenset((f"{THREAD}in-reply-to", *_POINTS))
_PERSON = f"{PODCAST}person"
_SPOKEN = (f"{PODCAST}transcript", f"{PODCAST}chapters")
"""Texts of what is heard, at addresses of their own."""
_LINKED |= frozenset(_SPOKEN)
_LONGEST_DATE = 64
_MOST_DATES = 100
"""Elements that are read for one date."""


class FeedItem:
    """Read-only view of an element with its children by tag."""

    __slots__ = ("_children", "element", "has_media", "read_in")

    def __init__(self, element: Element) -> None:
        """Look at the children once."""
        self.element = element
        self._children: dict[str, list[Element]] = {}
        for child in element.iterchildren("*"):
            self._children.setdefault(child.tag, []).append(child)
        self.has_media = any(tag.startswith(MEDIA) for tag in self._children)
        """Whether any child is of Media RSS."""
        self.read_in = ""
        """The language of the feed's readers, which tells the zones of dates."""

    def has(self, tags: frozenset[str]) -> bool:
        """Whether there is a child with one of these tags."""
        return not self._children.keys().isdisjoint(tags)

    def all(self, *tags: str) -> Iterator[Element]:
        """Children with these tags, tag by tag."""
        children = self._children
        if len(tags) == 1:
            return iter(children.get(tags[0], ()))
        return (one for tag in tags if tag in children for one in children[tag])

    def first(self, *tags: str) -> Element | None:
        """The first child with one of these tags."""
        return next(self.all(*tags), None)

    def text(self, *tags: str) -> str:
        """Text of the first child with one of these tags that has any."""
        children = self._children
        for tag in tags:
            if tag in children:
                for found in children[tag]:
                    if said := text(found):
                        return said
        return ""

    def when(self, *tags: str) -> datetime | None:
        """The first moment that one of these children states, in the words of a standard or of another language."""
        texts = map(text, islice(self.all(*tags), _MOST_DATES))
        return next((found for said in texts if (found := _moment(in_place(said, self.read_in)))), None)

    def dated(self, tags: frozenset[str]) -> str:
        """The line for editors about those of these children that state a date without a day; empty if none does."""
        return dated(*[text(one) for one in self.all(*sorted(tags))]) if self.has(tags) else ""

    def zone_unclear(self, *tags: str) -> str:
        """The same about the first of these that states a date in a zone of which nobody can tell which it is."""
        stated = self.text(*tags)
        return f"Dated: {stated}" if is_unclear(stated, self.read_in) else ""

    @property
    def language(self) -> str:
        """``xml:lang`` of the element itself or the nearest one around it."""
        return spoken_in(self.element)

    def base(self, otherwise: str) -> str:
        """What relative addresses stand against: ``xml:base`` here and around it, else ``otherwise``."""
        found: list[str] = []
        element: Element | None = self.element
        while element is not None:
            if stated := element.get(XML_BASE):
                found.append(stated.strip())
            element = element.getparent()
        base = otherwise
        for stated in reversed(found):
            base = joined(base, stated)
        return base

    def credits(self) -> list[CreditElement]:
        """Every child that states an origin, in order."""
        table = origins()
        wheres = {tag: where for tag in self._children if (where := table.where(tag))}
        found = []
        for child in self.element.iterchildren("*") if wheres else ():
            if (stated := wheres.get(child.tag)) and (said := person(child)):
                role = child.get("role", "") if child.tag == _PERSON else ""
                found.append(CreditElement(where=stated, value=said, role=role))
        return found

    @property
    def is_post(self) -> bool:
        """Whether it is copy: an export of WordPress has its pictures, menus and earlier versions beside the posts."""
        return self.text(f"{WORDPRESS}post_type") in ("", "post", "page")

    def places(self) -> tuple[Subject, ...]:
        """GeoRSS and W3C points, ``dc:coverage`` and ``dcterms:spatial``."""
        if not self.has(_PLACES):
            return ()
        name = self.text(f"{GEORSS}featurename", f"{GEORSS}featureName")
        points = [fold((one.text or "").replace(",", " ")) for one in self.all(f"{GEORSS}point")]
        if (latitude := self.text(f"{GEO}lat")) and (longitude := self.text(f"{GEO}long")):
            points.append(f"{latitude} {longitude}")
        found = [Subject(scheme="georss", code=point, name=name) for point in dict.fromkeys(points) if point]
        if name and not found:
            found.append(Subject(code="", name=name))
        return (*found, *self.named(*_NAMED_PLACES))

    def named(self, *tags: str) -> tuple[Subject, ...]:
        """What children with these tags name, each once."""
        return once([Subject(code="", name=said) for one in self.all(*tags) if (said := text(one))])

    def alt_ids(self, guid: str) -> tuple[Subject, ...]:
        """``dc:identifier`` and ``dcterms:identifier``, where they differ from the guid."""
        said = [text(one) for one in self.all(f"{DC}identifier", f"{TERMS}identifier")]
        return tuple(Subject(scheme="dc:identifier", code=one) for one in dict.fromkeys(said) if one and one != guid)

    def links(self, base: str) -> list[Link]:
        """What it answers (RFC 4685), replaces, is a version of (DCMI), a podcast's transcripts, other stories."""
        others = related(self.element.iterchildren("*"))
        found = [Link(href=joined(base, address), rel="related", title=title) for address, title in others]
        if not self.has(_LINKED):
            return found
        for one in self.all(f"{THREAD}in-reply-to"):
            if href := one.get("href") or one.get("ref"):
                found.append(Link(href=joined(base, href), rel="in-reply-to"))
        for one in self.all(*_SPOKEN):
            if href := joined(base, one.get("url", "")):
                found.append(Link(href=href, rel=one.tag.rpartition("}")[2], title=one.get("type", "")))
        found += [
            Link(href=joined(base, said), rel=_POINTS[one.tag])
            for one in self.all(*_POINTS)
            if (said := text(one) or resource(one))
        ]
        return found


def _moment(said: str) -> datetime | None:
    """As a standard writes it, or in words of another language: ``jeu., 26 mars 2026 10:15:00 +0000``, a day alone."""
    if (found := moment(said)) or not 0 < len(said) <= _LONGEST_DATE:
        return found
    return _in_words(said)


@lru_cache(maxsize=1024)
def _in_words(said: str) -> datetime | None:
    if ":" not in said.rstrip(":") and (day := day_alone(said)):
        return instant(day)
    # To look for a zone costs a tenth of what it costs to find out what else a text says, which is nothing without one.
    return when(said, sent=None).instant if zone_in(worded(said), "", "")[0] else None
