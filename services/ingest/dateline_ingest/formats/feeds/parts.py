"""Values of single feed elements: a text, a person's name, an address. The same for every kind of feed."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from dateline_ingest.formats.values.words import side_by_side, unmarked
from dateline_ingest.formats.xml.tree import Element, local_of

XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MAIL_NAME = re.compile(r"[^\s@]+@[^\s(]+\s*\((.+)\)")
_NAME_MAIL = re.compile(r"(.*[^\s<(])\s*[<(]+[^\s<(@]+@[^\s<(]+[>)]")
"""No part takes the sign that begins the next: else each sign of a long row would be a start for all behind it."""


def text(element: Element) -> str:
    """Text of an element that may hold escaped HTML, folded."""
    return unmarked(element.text) if element.text and not len(element) else side_by_side(element.itertext())


def person(element: Element) -> str:
    """A name: ``mail@example.org (Name)`` of RSS 2.0, a person construct of Atom and the like, or what is written."""
    if len(element):
        names = [child for child in element.iterchildren("*") if local_of(child.tag).lower().endswith("name")]
        return text(min(names, key=lambda child: local_of(child.tag).lower() != "name", default=element))
    said = text(element) or resource(element)
    named = _MAIL_NAME.fullmatch(said) or _NAME_MAIL.fullmatch(said)
    return named[1].strip() if named else said


def base_of(element: Element, otherwise: str) -> str:
    """Base of relative addresses in an element; ``otherwise`` is the base around it."""
    stated = element.get(XML_BASE)
    return joined(otherwise, stated) if stated else otherwise


def resource(element: Element) -> str:
    """RSS 1.0 may give a value as ``rdf:resource``."""
    return (element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource") or element.get("href") or "").strip()


_LONGEST = 8_192
"""Characters of an address and its base together."""


def joined(base: str, href: str) -> str:
    """The address, absolute where the base is. One that is too long is left as it is: entries share a base."""
    href = href.strip()
    if not base or not href or len(base) + len(href) > _LONGEST:
        return href
    try:
        return urljoin(base, href)
    except ValueError:
        return href
