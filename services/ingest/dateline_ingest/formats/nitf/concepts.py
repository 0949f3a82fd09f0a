"""Subjects, places, people and organisations that an NITF document names (tobject, evloc, identified-content)."""

from __future__ import annotations

from collections.abc import Iterator

from dateline_ingest.formats.values.places import country
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.text import running
from dateline_ingest.formats.xml.tree import Element, children, local
from dateline_schemas.story import Subject

_LEVELS = ("tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type")
_PLACE = ("city", "county-dist", "state-prov", "iso-cc")
_PARTS = ("sublocation", "city", "state", "region", "country")
_CODE = {"location": ("code-source", "location-code")}


def tobject_subject(element: Element) -> Subject | None:
    """A ``tobject.subject``: its reference number, named by the lowest level that has a name. None if it says nothing.

    Eight digits are IPTC's, whatever ``ipr`` says: media topics from 20000000 on, else Subject Codes.
    """
    name = next((fold(text) for level in _LEVELS if (text := element.get(level, "").strip())), "")
    code = element.get("tobject.subject.refnum", "").strip()
    if len(code) == 8 and code.isdigit():
        return Subject(scheme="medtop" if code[0] == "2" else "subj", code=code, name=name)
    code = code or element.get("tobject.subject.code", "").strip()
    if not code and not name:
        return None
    owner = element.get("tobject.subject.ipr", "").strip().lower()
    return Subject(scheme=owner if owner != "iptc" else "", code=code or name, name=name if code else "")


def event_places(element: Element) -> Iterator[Subject]:
    """An ``evloc``: where the event took place, from the city up to the country; then the country by its ISO code."""
    *parts, land = [fold(element.get(part, "")) for part in _PLACE]
    if said := list(filter(None, parts)):
        code = ", ".join(dict.fromkeys([*said, land] if land else said))
        yield Subject(scheme="evloc", code=code, name=said[0])
    if land:
        yield country(land)


def named_things(element: Element) -> Iterator[Subject]:
    """A person, org, location, event, object.title or classifier, by ``idsrc`` and ``value`` where it has them.

    A location in parts alone is named from the smallest up, ``Port, Upper Shire, Utopia``; its country is one more.
    """
    parts = {local(part): part for part in children(element)} if not fold(element.text or "") else {}
    said = {name: text for name in _PARTS if name in parts and (text := fold(parts[name].text or ""))}
    name = ", ".join(said.values()) or running(element)
    source, code = _CODE.get(local(element), ("idsrc", "value"))
    value = fold(element.get(code, ""))
    if value or name:
        scheme = fold((value and element.get(source, "")) or element.get("type", ""))
        yield Subject(scheme=scheme, code=value or name, name=name if value else "")
    if len(said) > 1 and (land := said.get("country")):
        iso = fold(parts["country"].get("iso-cc", ""))
        yield country(iso or land, land if iso else "")
