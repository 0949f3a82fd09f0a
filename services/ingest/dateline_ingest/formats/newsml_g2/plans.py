"""Events and plans of coverage in NewsML-G2, told as news items, so that a desk gets them with its copy.

An event is a ``conceptItem`` whose concept is one, or a ``knowledgeItem`` of such concepts (EventsML-G2); plans are a
``planningItem``. Terms of a vocabulary are neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from dateline_ingest.formats.newsml_g2.table import table
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local, local_of

KINDS = frozenset(("conceptItem", "knowledgeItem", "planningItem"))
_NAMED = frozenset(("conceptId", "type", "name", "sameAs", "broader", "narrower", "related"))
"""What of a concept is no text."""
_INVOLVED = {"participant": "cpnat:person", "organiser": "cpnat:organisation", "location": "cpnat:poi", "subject": ""}
"""What has to do with an event -> what it is, unless it says more."""
_CALLED = ("qcode", "uri", "literal", "type", "role", XML_LANG)
_MACHINE = ("{*}g2contentType", "{*}position", "{*}rRule")
"""What of events and plans is for programs only."""


def tells_of_plans(item: Element) -> bool:
    """Whether an item is plans of coverage, or about events and nothing else."""
    if local(item) == "planningItem":
        return next(item.iter("{*}newsCoverageSet"), None) is not None
    concepts = list(concepts_of(item)) if local(item) in KINDS else []
    return bool(concepts) and all(map(_is_event, concepts))


def as_news(item: Element) -> None:
    """Put what the item says of events and plans where a news item has it: metadata, groups and content. In place.

    What is put there has no namespace: readers ask for names alone, and one that is no address could not be written.
    """
    meta = next(item.iterchildren("{*}contentMeta"), None)
    meta = etree.SubElement(item, "contentMeta") if meta is None else meta
    text = etree.SubElement(etree.SubElement(item, "contentSet"), "inlineXML")
    concepts = list(concepts_of(item))
    for concept in concepts:
        _tell_event(concept, meta, text, alone=len(concepts) == 1)
    _list_deliveries(item)
    text.extend(list(item.iterchildren("{*}newsCoverageSet")))
    for element in list(text.iter(*_MACHINE)):
        element.clear()
    for dates in list(text.iter("{*}dates")):
        _on_one_line(dates)
    etree.SubElement(meta, "signal").set("qcode", table().plans.signal)


def concepts_of(item: Element) -> Iterator[Element]:
    """The concepts of a ``conceptItem`` or ``knowledgeItem``."""
    yield from item.iterchildren("{*}concept")
    for held in item.iterchildren("{*}conceptSet"):
        yield from held.iterchildren("{*}concept")


def _is_event(concept: Element) -> bool:
    types = (child for child in children(concept) if local_of(child.tag) == "type")
    stated = ((one.get("qcode") or one.get("uri") or "").replace("/", ":").rpartition(":")[2] for one in types)
    return "event" in stated or next(concept.iterchildren("{*}eventDetails"), None) is not None


def _tell_event(concept: Element, meta: Element, text: Element, *, alone: bool) -> None:
    """An event's name is the headline if there is one event, and the first line about it among several."""
    told = etree.SubElement(text, "event")
    for part in list(children(concept)):
        name = local_of(part.tag)
        if name == "name":
            _put(part, "headline", meta) if alone else told.append(part)
        elif name == "conceptId" and (code := part.get("qcode") or part.get("uri")):
            etree.SubElement(meta, "altId", type="conceptId").text = code
        elif name == "definition" and any(role in part.get("role", "").lower() for role in table().plans.short):
            _put(part, "description", meta).set("role", "drol:summary")
        elif name not in _NAMED:
            for involved in part.iterchildren(*(f"{{*}}{one}" for one in _INVOLVED)):
                _involve(involved, meta)
            told.append(part)


def _involve(element: Element, meta: Element) -> None:
    """A person, a body or a place that has to do with an event, as a subject too."""
    kind = _INVOLVED[local(element)]
    subject = _copied(element, "subject", meta)
    for child in children(element):
        _copied(child, local(child), subject).text = child.text
    if kind and not subject.get("type"):
        subject.set("type", kind)


def _copied(element: Element, name: str, where: Element) -> Element:
    """An element of this name that says the same of which concept it is and in which language."""
    copy = etree.SubElement(where, name)
    for attribute in _CALLED:
        if value := element.get(attribute):
            copy.set(attribute, value)
    return copy


def _on_one_line(dates: Element) -> None:
    """From when until when, or how long, as it is stated."""
    said = [spaced(child) for child in children(dates)]
    dates.clear()
    dates.text = " – ".join(filter(None, said))


def _put(element: Element, tag: str, where: Element) -> Element:
    element.tag = tag
    where.append(element)
    return element


def _list_deliveries(item: Element) -> None:
    """Items that were delivered for a plan are members, as those of a package are."""
    delivered = list(item.iter("{*}deliveredItemRef"))
    if delivered:
        groups = etree.SubElement(item, "groupSet", root="delivered")
        group = etree.SubElement(groups, "group", id="delivered")
        for reference in delivered:
            _put(reference, "itemRef", group)
