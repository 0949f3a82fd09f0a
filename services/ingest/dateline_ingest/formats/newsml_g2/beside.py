"""Concepts in a NewsML-G2 item that are not its subject, such as who made it."""

from __future__ import annotations

from lxml import etree

from dateline_ingest.formats.newsml_g2.credits import CREDITS
from dateline_ingest.formats.newsml_g2.properties import CALLED, SECTIONS, Asserts
from dateline_ingest.formats.xml.tree import Element, children, local_of

_PROPERTIES = frozenset((*CREDITS, "link"))
_PARTS = frozenset(("partMeta", "hopHistory", "pubHistory", "groupSet"))
"""These and the properties say who made the item, its metadata or a part of it, and what other items are about."""
_makers_of_properties = etree.XPath("*/*/@creator | */*/@creatoruri", smart_strings=False)


def names_of(element: Element) -> list[str]:
    """The codes by which an element names a concept."""
    return [code for name in CALLED if (code := element.get(name))]


def named_beside(item: Element, asserts: Asserts) -> set[str]:
    """The codes of these concepts, and of all that an assert tells of one of them: an author's employer, its owner."""
    known = set(_makers_of_properties(item))
    waiting = [*_told_beside(item), *(asserts[code] for code in known if code in asserts)]
    while waiting:
        told = waiting.pop().iter("*")
        inner = {code for one in told for name in CALLED if (code := one.get(name)) and code not in known}
        known |= inner
        waiting += [asserts[code] for code in inner if code in asserts]
    return known


def _told_beside(item: Element) -> list[Element]:
    found: list[Element] = []
    for part in children(item):
        name = local_of(part.tag)
        if name in SECTIONS:
            found += [one for one in children(part) if local_of(one.tag) in _PROPERTIES]
        elif name in _PARTS:
            found.append(part)
    return found
