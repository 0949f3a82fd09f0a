"""An item, an entry or a channel of a feed: its children by name, and what RSS and Atom say in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin

from dateline_ingest.formats.feeds.names import (
    APP,
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
from dateline_ingest.formats.values.days import day_alone
from dateline_ingest.formats.values.statedtimes import dated
from dateline_ingest.formats.values.wiretimes import when
from dateline_ingest.formats.values.words import fold, side_by_side, unmarked
from dateline_ingest.formats.values.zonenames import in_place, is_unclear
from dateline_ingest.formats.xml.tree import XML_LANG, Element, local_of
from dateline_ingest.instants import instant, moment
from dateline_schemas.story import CreditElement, Link, Pubstatus, Subject, UsageRight

_MAIL_NAME = re.compile(r"(?:mailto:)?\S+@\S+\s*\((.+)\)")
_NAME_MAIL = re.compile(r"(.+?)\s*[<(]\S+@\S+[>)]")
_PERIOD = re.compile(r"(start|end)\s*=\s*([^;]+)", re.IGNORECASE)
_LICENCES = frozenset(
    (
        f"{TERMS}license",
        f"{MEDIA}license",
        "{http://creativecommons.org/ns#}license",
        "{http://web.resource.org/cc/}license",
        "{http://backend.userland.com/creativeCommonsRssModule}license",
    )
)
_EMBARGO = tuple(f"{prism}embargoDate" for prism in PRISM)
_EXPIRES = (*(f"{prism}expirationDate" for prism in PRISM), "expirationDate")
_USE = frozenset((*_EMBARGO, *_EXPIRES, f"{TERMS}available", f"{TERMS}valid"))
_PLACES = frozenset(f"{GEORSS}{name}" for name in ("featurename", "featureName", "point"))
_PLACES |= {f"{GEO}lat", f"{DC}coverage", f"{TERMS}spatial"}
_LINKED = frozenset((f"{THREAD}in-reply-to", *(f"{TERMS}{name}" for name in ("replaces", "isVersionOf", "references"))))
_PERSON = f"{PODCAST}person"
_SPOKEN = (f"{PODCAST}transcript", f"{PODCAST}chapters")
"""Texts of what is heard, at addresses of their own."""
_LINKED |= frozenset(_SPOKEN)
_LONGEST_DATE = 64
_STATES: dict[str, Pubstatus] = {"deleted": "canceled", "blocked": "withheld"}
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


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
        return next((found for one in self.all(*tags) if (found := _moment(in_place(text(one), self.read_in)))), None)

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
        element: Element | None = self.element
        while element is not None:
            tag: str | None = element.get(XML_LANG)
            if tag:
                return tag.strip()
            element = element.getparent()
        return ""

    def base(self, otherwise: str) -> str:
        """What relative addresses stand against: ``xml:base`` here and around it, else ``otherwise``."""
        found: list[str] = []
        element: Element | None = self.element
        while element is not None:
            if stated := element.get(_XML_BASE):
                found.append(stated.strip())
            element = element.getparent()
        base = otherwise
        for stated in reversed(found):
            base = joined(base, stated)
        return base

    def credits(self) -> list[CreditElement]:
        """Every child that states an origin, in order."""
        table = origins()
        found = []
        for child in self.element.iterchildren("*"):
            if (where := table.where(child.tag)) and (said := person(child)):
                role = child.get("role", "") if child.tag == _PERSON else ""
                found.append(CreditElement(where=where, value=said, role=role))
        return found

    def embargo(self) -> datetime | None:
        """``dcterms:available`` and the start of ``dcterms:valid`` (DCMI Period), ``prism:embargoDate``."""
        if not self.has(_USE):
            return None
        stated = self.when(*_EMBARGO, f"{TERMS}available")
        return stated or _edge(self.text(f"{TERMS}available"), "start") or _edge(self.text(f"{TERMS}valid"), "start")

    def expires(self) -> datetime | None:
        """The end of ``dcterms:valid`` or ``dcterms:available``, ``prism:expirationDate``."""
        if not self.has(_USE):
            return None
        stated = self.when(*_EXPIRES)
        return stated or _edge(self.text(f"{TERMS}valid"), "end") or _edge(self.text(f"{TERMS}available"), "end")

    @property
    def pubstatus(self) -> Pubstatus:
        """Canceled or withheld by its ``media:status`` (Media RSS 1.5.1), withheld where it is a draft, else usable."""
        found = self.first(f"{MEDIA}status") if self.has_media else None
        state = found.get("state", "").strip().lower() if found is not None else ""
        return _STATES.get(state) or ("withheld" if self.is_withheld() else "usable")

    def is_withheld(self) -> bool:
        """Whether it is a draft, or under an embargo (``prism:embargoDate``) whose moment cannot be read."""
        return self.is_draft() or (bool(self.text(*_EMBARGO)) and self.embargo() is None)

    @property
    def is_post(self) -> bool:
        """Whether it is copy: an export of WordPress has its pictures, menus and earlier versions beside the posts."""
        return self.text(f"{WORDPRESS}post_type") in ("", "post", "page")

    def is_draft(self) -> bool:
        """Whether RFC 5023 (section 13.1.1), or WordPress's status, says that it is not to be made visible."""
        if self.text(f"{WORDPRESS}status") not in ("", "publish"):
            return True
        control = self.first(f"{APP}control")
        return control is not None and (control.findtext(f"{APP}draft") or "").strip().lower() == "yes"

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
        named = [text(one) for one in self.all(f"{DC}coverage", f"{TERMS}spatial")]
        return (*found, *(Subject(code="", name=said) for said in dict.fromkeys(named) if said))

    def alt_ids(self, guid: str) -> tuple[Subject, ...]:
        """``dc:identifier`` and ``dcterms:identifier``, where they differ from the guid."""
        said = [text(one) for one in self.all(f"{DC}identifier", f"{TERMS}identifier")]
        return tuple(Subject(scheme="dc:identifier", code=one) for one in dict.fromkeys(said) if one and one != guid)

    def links(self, base: str) -> list[Link]:
        """What it answers (RFC 4685), what it replaces and is a version of (DCMI terms), a podcast's transcripts."""
        if not self.has(_LINKED):
            return []
        found = []
        for one in self.all(f"{THREAD}in-reply-to"):
            if href := one.get("href") or one.get("ref"):
                found.append(Link(href=joined(base, href), rel="in-reply-to"))
        for one in self.all(*_SPOKEN):
            if href := joined(base, one.get("url", "")):
                found.append(Link(href=href, rel=one.tag.rpartition("}")[2], title=one.get("type", "")))
        for rel, name in (("replaces", "replaces"), ("version-of", "isVersionOf"), ("related", "references")):
            found += [Link(href=said, rel=rel) for one in self.all(f"{TERMS}{name}") if (said := text(one))]
        return found

    def rights(self) -> tuple[UsageRight, ...]:
        """Licences (RFC 4946, Creative Commons, ``dcterms:license``)."""
        found = [*self.all(*sorted(_LICENCES))] if self.has(_LICENCES) else []
        for group in self.all(f"{MEDIA}group") if self.has_media else ():
            found += group.iterchildren(f"{MEDIA}license")
        said = [text(one) or _resource(one) for one in found]
        return tuple(UsageRight(type="license", limitations=one) for one in dict.fromkeys(said) if one)


def text(element: Element) -> str:
    """Text of an element that may hold escaped HTML, folded."""
    return unmarked(element.text) if element.text and not len(element) else side_by_side(element.itertext())


def _moment(said: str) -> datetime | None:
    """As a standard writes it, or in words of another language: ``jeu., 26 mars 2026 10:15:00 +0000``, a day alone."""
    if (found := moment(said)) or not 0 < len(said) <= _LONGEST_DATE:
        return found
    return when(said, sent=None).instant or instant(day_alone(said))


def person(element: Element) -> str:
    """A name: ``mail@example.org (Name)`` of RSS 2.0, a person construct of Atom, or what is written."""
    if len(element):
        name = next((child for child in element if local_of(child.tag) == "name"), None)
        return text(name) if name is not None else text(element)
    said = text(element) or _resource(element)
    named = _MAIL_NAME.fullmatch(said) or _NAME_MAIL.fullmatch(said)
    return named[1].strip() if named else said


def base_of(element: Element, otherwise: str) -> str:
    """What relative addresses in an element stand against, where ``otherwise`` counts around it."""
    stated = element.get(_XML_BASE)
    return joined(otherwise, stated) if stated else otherwise


def _resource(element: Element) -> str:
    """RSS 1.0 may give a value as ``rdf:resource``."""
    return (element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource") or element.get("href") or "").strip()


def joined(base: str, href: str) -> str:
    """The address, absolute where the base is."""
    href = href.strip()
    if not base or not href:
        return href
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def _edge(period: str, which: str) -> datetime | None:
    return next((instant(value) for name, value in _PERIOD.findall(period) if name.lower() == which), None)
