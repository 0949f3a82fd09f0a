"""Reading single properties of a NewsML-G2 item: names, codes, concepts, links (NewsML-G2 2.x, NAR namespace)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct

from dateline_ingest.formats.newsml_g2.catalog import NO_SCHEMES, Schemes
from dateline_ingest.formats.newsml_g2.catalog import split_uri as split_uri  # also ninjs' way of naming concepts
from dateline_ingest.formats.newsml_g2.table import absent
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.tongues import primary
from dateline_ingest.formats.values.words import fold, side_by_side
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local_of
from dateline_schemas.story import Link, Subject

_BUCKETS = {"person": "people", "organisation": "organisations", "organization": "organisations"}
_BUCKETS |= dict.fromkeys(("geoarea", "poi", "city", "country", "statprov", "region", "place"), "places")
_DETAILS = {"personDetails": "people", "organisationDetails": "organisations", "geoAreaDetails": "places"}
_DETAILS |= {"POIDetails": "places"}
_ADDRESS = ("locality", "area", "country")
"""Parts of an address that are places, from the smallest on."""
_LONGEST_RANK = 6
_CALLED = ("qcode", "uri", "literal")
"""Attributes that name a concept, the first that is there counts."""
Asserts: TypeAlias = Mapping[str, Element]
"""What an item asserts of concepts, by their qcode, uri or literal."""
NO_ASSERTS: Asserts = MappingProxyType({})
_FACETED = frozenset(("mainConcept", "facetConcept"))
"""What a faceted subject is made of: a concept, and concepts that narrow it down (NewsML-G2 2.28)."""
_KNOWN = frozenset(("medtop", "subj"))
"""IPTC's vocabularies of topics: a concept that is the same as one of theirs, or part of it, is given as theirs too."""
_AS_KNOWN = frozenset(("sameAs", "broader"))


def content(element: Element) -> str:
    """All text in an element, folded."""
    if len(element):
        return side_by_side(element.itertext())
    text = element.text
    return fold(text) if text else ""


def named(element: Element, asserts: Asserts = NO_ASSERTS) -> str:
    """What a concept is called: its name, here or where it is asserted, else its own text, else literal, else code."""
    name = ""
    called: Element | None = None
    for child in told_of(element, asserts):
        if local_of(child.tag) == "name":
            name, called = _better(name, called, child)
    if name:
        return name
    own = (element.text or "").strip()
    return fold(own or (element.get("literal") or element.get("qcode") or element.get("uri") or "").strip())


def _better(name: str, called: Element | None, other: Element) -> tuple[str, Element | None]:
    """What a concept is called and by which element, once another of its names was looked at."""
    if called is None or not name or _is_nearer(other, called):
        return fold(other.text or "") or content(other) or name, other
    return name, called


def _is_nearer(name: Element, other: Element) -> bool:
    """Whether a name is in the language of what it stands in, as the one before it is not."""
    said, before = primary(name.get(XML_LANG) or ""), primary(other.get(XML_LANG) or "")
    if not said or not before or said == before:
        return False
    around = (outer.get(XML_LANG) for outer in name.iterancestors())
    return said == primary(next((language for language in around if language), ""))


def code_of(element: Element, schemes: Schemes = NO_SCHEMES) -> tuple[str, str]:
    """Scheme and code of a concept: from qcode, else uri, else literal (with no scheme)."""
    if stated := (element.get("qcode") or element.get("uri") or "").strip():
        return schemes.split(stated)
    return "", (element.get("literal") or "").strip()


def rank(element: Element) -> int:
    """The rank that the message gives one of several of a kind, 1 for the first of them; 0 if it gives none."""
    said = element.get("rank", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < _LONGEST_RANK else 0


def ranked(headlines: Sequence[Element]) -> tuple[Sequence[Element], Sequence[Element]]:
    """Headlines, and those below: by their role; where no role tells, those of a lower rank than the first (rank)."""
    below = [element for element in headlines if "sub" in element.get("role", "").lower()]
    if len(headlines) < 2:
        return ((), below) if below else (headlines, ())
    above = [element for element in headlines if element not in below]
    ranks = [rank(element) for element in above]
    if not below and any(ranks):
        best = min(one for one in ranks if one)
        below = [element for element, one in zip(above, ranks, strict=True) if one > best]
        above = [element for element in above if element not in below]
    return above, below


def attribute(element: Element, name: str, schemes: Schemes) -> str:
    """A QCode in an attribute, or the URI in its sibling: ``role`` or ``roleuri``, ``rel`` or ``reluri``."""
    stated = element.get(name) or element.get(f"{name}uri")
    return schemes.qcode(stated) if stated else ""


def told_of(element: Element, asserts: Asserts) -> list[Element]:
    """Elements that tell of the concept that ``element`` names: its own, then those of its assert (assert wrapper)."""
    if asserts:
        for attribute_name in _CALLED:
            if (name := element.get(attribute_name)) and name in asserts:
                return [*children(element), *children(asserts[name])]
    return children(element) if len(element) else []


def _concept(element: Element, schemes: Schemes, asserts: Asserts) -> tuple[Subject | None, str, Sequence[Subject]]:
    """One concept, read in one walk over what tells of it; what it is by that; and what else it is known as."""
    name = details = nature = ""
    called: Element | None = None
    place: Element | None = None
    more: list[Subject] | tuple[()] = ()
    for child in told_of(element, asserts) if asserts else children(element):
        tag = local_of(child.tag)
        if tag == "name":
            name, called = _better(name, called, child)
        elif tag in _AS_KNOWN:
            more = [*more, *_same(child, schemes)]
        elif tag == "type":  # which an assert gives the concept
            nature = nature or _bucket(child.get("qcode") or child.get("uri") or "")
        elif tag in _DETAILS:
            details = details or _DETAILS[tag]
            place = child if _DETAILS[tag] == "places" else place
            if tag == "organisationDetails":
                more = [*more, *_instruments(child)]
        elif tag in _FACETED:
            more = [*more, *concepts([child], schemes, asserts)]
    if not name and place is not None:
        name = _addressed(place)
    if not name:
        name = fold(element.text or element.get("literal") or "")
    subject = None
    if stated := element.get("qcode") or element.get("uri"):
        stated = stated.strip()
        scheme, code = schemes.split(stated)
        subject = Subject(scheme=scheme, code=code, name="" if name in (stated, code) else name)
    elif (code := (element.get("literal") or "").strip()) or name:
        subject = Subject(code=code, name=name)
    return subject, details or nature, more


def _addressed(details: Element) -> str:
    """What a place that has no name is called by its address: a line of it, else its town, area or country."""
    for part in ("line", *_ADDRESS):
        for element in details.iter(f"{{*}}{part}"):
            if text := named(element):
                return text
    return ""


def _around(element: Element, place: Subject | None, schemes: Schemes, asserts: Asserts) -> Iterable[Subject]:
    """What a place says that it lies in: wider places (``broader``) and the parts of its address, but for its name."""
    found: list[Element] = []
    for child in told_of(element, asserts):
        tag = local_of(child.tag)
        if tag == "broader":
            found.append(child)
        elif _DETAILS.get(tag) == "places":
            found += [part for name in _ADDRESS for part in child.iter(f"{{*}}{name}")]
    called = place.name if place else ""
    return [one for one in concepts(found, schemes, asserts) if one.code or one.name != called] if found else ()


def _same(element: Element, schemes: Schemes) -> Iterable[Subject]:
    """IPTC's topic that a concept is said to be the same as, or part of; nothing for one of another vocabulary."""
    scheme, code = code_of(element, schemes)
    if scheme in _KNOWN:
        name = named(element)
        yield Subject(scheme=scheme, code=code, name="" if name in (element.get("qcode"), element.get("uri")) else name)


def concepts(
    elements: Sequence[Element], schemes: Schemes = NO_SCHEMES, asserts: Asserts = NO_ASSERTS
) -> tuple[Subject, ...]:
    """Every concept that says something, once; with IPTC's topics that it is said to be the same as."""
    found: list[Subject] = []
    for element in elements:
        subject, _, more = _concept(element, schemes, asserts)
        if subject:
            found.append(subject)
        found += more
    return once(found)


class Sorted(Struct, frozen=True):
    """Subjects by what they are."""

    subjects: tuple[Subject, ...]
    people: tuple[Subject, ...]
    organisations: tuple[Subject, ...]
    places: tuple[Subject, ...]


def sorted_concepts(
    subjects: Sequence[Element], located: Sequence[Element], schemes: Schemes, asserts: Asserts = NO_ASSERTS
) -> Sorted:
    """Subjects by their type or details, places after those where the story was written (``located``)."""
    kinds: dict[str, list[Subject]] = {"people": [], "organisations": [], "places": [], "subjects": []}
    for element, nature in (*((one, "places") for one in located), *((one, "") for one in subjects)):
        subject, told, more = _concept(element, schemes, asserts)
        kind = element.get("type") or element.get("typeuri")
        bucket = nature or (_bucket(kind) if kind else "") or told or "subjects"
        if bucket == "places":
            more = [*more, *_around(element, subject, schemes, asserts)]
            subject = None if subject and subject.code in absent() else subject
        if subject:
            kinds[bucket].append(subject)
        kinds[bucket] += more
    return Sorted(
        subjects=once(kinds["subjects"]),
        people=once(kinds["people"]),
        organisations=once(kinds["organisations"]),
        places=once(kinds["places"]),
    )


@lru_cache(maxsize=1024)
def _bucket(kind: str) -> str:
    """Where a concept of this nature belongs; empty for one that is a subject."""
    return _BUCKETS.get(kind.replace("/", ":").rpartition(":")[2].lower(), "")


def _instruments(details: Element) -> Iterable[Subject]:
    """Securities of an organisation (``hasInstrument``), each by its symbol; its market is the name."""
    for child in children(details):
        if local_of(child.tag) == "hasInstrument" and (symbol := fold(child.get("symbol", ""))):
            source = fold(child.get("type") or child.get("symbolsrc") or child.get("symbolsrcuri") or "ticker")
            market = fold(child.get("marketlabel") or child.get("market") or child.get("marketuri") or "")
            yield Subject(scheme=source, code=symbol, name=market)


def links(elements: Iterable[Element], schemes: Schemes = NO_SCHEMES) -> tuple[Link, ...]:
    """G2 links, whether they point by href, residref or guidref."""
    found = []
    for element in elements:
        href = element.get("href") or element.get("residref") or element.get("guidref") or ""
        if href:
            title = next((content(child) for child in children(element) if local_of(child.tag) == "title"), "")
            found.append(Link(href=href.strip(), rel=attribute(element, "rel", schemes), title=title))
    return once(found)


def alt_ids(elements: Iterable[Element], schemes: Schemes = NO_SCHEMES) -> tuple[Subject, ...]:
    """Other identifiers (``altId``), each under its type, else the environment it is used in."""
    found = []
    for element in elements:
        if code := content(element) or fold(element.get("id") or ""):  # IPTC's own examples have it there, too
            kind = attribute(element, "type", schemes) or attribute(element, "environment", schemes)
            found.append(Subject(scheme=kind or "altId", code=code))
    return once(found)
