"""What a NewsML-G2 item is about: concepts with what is told of them, sorted by what they are (NewsML-G2 2.x)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.newsml_g2.catalog import NO_SCHEMES, Schemes
from dateline_ingest.formats.newsml_g2.properties import NO_ASSERTS, Asserts, better_name, code_of, named, told_of
from dateline_ingest.formats.newsml_g2.table import table
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element, children, local_of
from dateline_schemas.story import Subject

_BUCKETS = {"person": "people", "organisation": "organisations", "organization": "organisations"}
_BUCKETS |= dict.fromkeys(("geoarea", "poi", "city", "country", "statprov", "region", "place"), "places")
_DETAILS = {"personDetails": "people", "organisationDetails": "organisations", "geoAreaDetails": "places"}
_DETAILS |= {"POIDetails": "places"}
_ADDRESS = ("locality", "area", "country")
"""Parts of an address that are places, from the smallest on."""
_PLACES = tuple(f"{{*}}{name}" for name in _ADDRESS)
_FACETED = frozenset(("mainConcept", "facetConcept"))
"""What a faceted subject is made of: a concept, and concepts that narrow it down (NewsML-G2 2.28)."""
_KNOWN = frozenset(("medtop", "subj"))
"""IPTC's vocabularies of topics: a concept that is the same as one of theirs, or part of it, is given as theirs too."""


def _concept(
    element: Element, schemes: Schemes, asserts: Asserts
) -> tuple[Subject | None, str, list[Subject], list[Element]]:
    """One concept, read in one walk over what tells of it: what it is by that, what else it is known as, what is wider.

    The last are its ``broader`` and the parts of its address.
    """
    name = details = nature = ""
    called: Element | None = None
    place: Element | None = None
    more: list[Subject] = []
    wider: list[Element] = []
    for child in told_of(element, asserts) if asserts else children(element):
        tag = local_of(child.tag)
        if tag == "name":
            name, called = better_name(name, called, child, element)
        elif tag == "sameAs":
            more += _known([child], schemes)
        elif tag == "broader":
            wider.append(child)
        elif tag == "type":  # which an assert gives the concept
            nature = nature or _bucket(child.get("qcode") or child.get("uri") or "")
        elif tag in _DETAILS:
            details = details or _DETAILS[tag]
            if _DETAILS[tag] == "places":
                place = child
                wider += _address(child) if len(child) else ()
            elif tag == "organisationDetails":
                more += _instruments(child)
        elif tag in _FACETED:
            more += concepts([child], schemes, asserts)
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
    return subject, details or nature, more, wider


def _address(details: Element) -> list[Element]:
    """The places of an address, from the smallest on."""
    return sorted(details.iter(*_PLACES), key=lambda part: _ADDRESS.index(local_of(part.tag)))


def _addressed(details: Element) -> str:
    """Name of a place without a name, by its address: a line of it, else its town, area or country."""
    for part in ("line", *_ADDRESS):
        for element in details.iter(f"{{*}}{part}"):
            if text := named(element):
                return text
    return ""


def of_a_kind(told: Iterable[Element]) -> list[Element]:
    """The asserts about a person, an organisation or a place; usually few are."""
    return [one for one in told if _tells_kind(one)]


def _tells_kind(told: Element) -> bool:
    for child in children(told):
        tag = local_of(child.tag)
        if tag in _DETAILS or (tag == "type" and _bucket(child.get("qcode") or child.get("uri") or "")):
            return True
    kind = told.get("type") or told.get("typeuri")
    return bool(kind and _bucket(kind))


def _around(wider: Sequence[Element], place: Subject | None, schemes: Schemes, asserts: Asserts) -> Iterable[Subject]:
    """The places that a place lies in, without its own name."""
    called = place.name if place else ""
    found = [one for one in concepts(wider, schemes, asserts) if one.scheme not in _KNOWN] if wider else ()
    return [one for one in found if (one.code or one.name != called) and one.name not in table().absent]


def _known(elements: Iterable[Element], schemes: Schemes) -> Iterable[Subject]:
    """IPTC's topics among those that a concept is said to be the same as, or part of."""
    for element in elements:
        scheme, code = code_of(element, schemes)
        if scheme in _KNOWN:
            name = named(element)
            stated = (element.get("qcode"), element.get("uri"))
            yield Subject(scheme=scheme, code=code, name="" if name in stated else name)


def concepts(
    elements: Sequence[Element], schemes: Schemes = NO_SCHEMES, asserts: Asserts = NO_ASSERTS
) -> tuple[Subject, ...]:
    """Every concept that says something, once; with IPTC's topics that it is said to be the same as."""
    found: list[Subject] = []
    for element in elements:
        subject, _, more, _ = _concept(element, schemes, asserts)
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
    subjects: Sequence[Element],
    located: Sequence[Element],
    schemes: Schemes,
    asserts: Asserts = NO_ASSERTS,
    *,
    alone: Iterable[Element] = (),
) -> Sorted:
    """Subjects by their type or details, places after those where the story was written (``located``).

    Then people, organisations and places that are told of ``alone``: STT names places by another code.
    """
    kinds: dict[str, list[Subject]] = {"subjects": [], "people": [], "organisations": [], "places": []}
    every = (*((one, "places") for one in located), *((one, "subjects") for one in subjects))
    for element, otherwise in (*every, *((one, "") for one in alone)):
        subject, told, more, wider = _concept(element, schemes, asserts)
        kind = element.get("type") or element.get("typeuri")
        bucket = otherwise if otherwise == "places" else (_bucket(kind) if kind else "") or told or otherwise
        if not bucket:
            continue
        if bucket == "places":
            more += _around(wider, subject, schemes, asserts)
            subject = None if subject and subject.code in table().absent else subject
        elif wider and bucket == "subjects" and not (subject and subject.scheme in _KNOWN):
            more += _known(wider, schemes)  # IPTC's own lie where IPTC has them
        if subject:
            kinds[bucket].append(subject)
        kinds[bucket] += more
    return Sorted(*map(once, kinds.values()))


@lru_cache(maxsize=1024)
def _bucket(kind: str) -> str:
    """Member of Sorted for a concept of this nature; empty for a subject."""
    return _BUCKETS.get(kind.replace("/", ":").rpartition(":")[2].lower(), "")


def _instruments(details: Element) -> Iterable[Subject]:
    """Securities of an organisation (``hasInstrument``), each by its symbol; its market is the name."""
    for child in children(details):
        if local_of(child.tag) == "hasInstrument" and (symbol := fold(child.get("symbol", ""))):
            source = fold(child.get("type") or child.get("symbolsrc") or child.get("symbolsrcuri") or "ticker")
            market = fold(child.get("marketlabel") or child.get("market") or child.get("marketuri") or "")
            yield Subject(scheme=source, code=symbol, name=market)
