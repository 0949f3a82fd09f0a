"""XML of agencies' own design, read by a table of its elements (tables/agencyxml.toml, ADR 22)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dateline_ingest.formats.agencies.agencyitem import Item
from dateline_ingest.formats.agencies.agencystory import story_of
from dateline_ingest.formats.agencies.agencytable import XmlMapping, xml_mappings
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.strings import any_body
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.message import Found, Limits, Message, check_entries
from dateline_ingest.formats.nitf import reading as nitf
from dateline_ingest.formats.values.words import unmarked
from dateline_ingest.formats.xml.tree import Element, local, read_xml

NAME = "agency-xml"
ROOTS = frozenset(xml_mappings())
_ESCAPED_TWICE = re.compile(r"&amp;(?=#\d{1,6};|[a-z]{2,8};)")


def read(message: Message) -> tuple[Found, ...]:
    """Every story of the message. Raises Unparseable."""
    root = read_xml(message, NAME)
    name = local(root)
    mapping = xml_mappings().get(name)
    items = [] if mapping is None else [XmlItem(one, root, mapping) for one in root.iter(f"{{*}}{mapping.item}")]
    stories = [item for item in items if item.is_one]
    if not stories and nitf.NAME in message.hint:  # what NITF is wrapped in may have any name
        return nitf.read(message)
    if mapping is None or not stories:
        reason = f"XML with the root element <{name}> is read where it holds an agency's story, which this one does not"
        raise Unparseable(f"{reason}; leave it out of this feed", format=NAME, path=f"/{name}")
    check_entries(len(stories), message.limits, NAME)
    return each_read(stories, lambda item: story_of(item, message.limits, NAME))


class XmlItem(Item):
    """The element of a story, asked by the names of fields."""

    __slots__ = ("_element", "_root")

    def __init__(self, element: Element, root: Element, mapping: XmlMapping) -> None:
        """``root`` is that of the message, for paths that begin there."""
        super().__init__(mapping)
        self._element, self._root = element, root

    def body(self, limits: Limits, headline: str) -> Body:
        """The first text that has words: markup, markup written as text, or plain text. Raises Unparseable."""
        for element in self._places("body"):
            if isinstance(element, str):
                continue
            body = _body(element, limits, headline)
            if body.paragraphs:
                return body
        return Body()

    def value(self, found: Any, name: str = "") -> str:
        """The text of an element, or of its attribute; without markup, empty if it stands for none."""
        text = found if isinstance(found, str) else found.get(name, "") if name else "".join(found.itertext())
        value = unmarked(_ESCAPED_TWICE.sub("&", text))
        return "" if value in self._mapping.absent else value

    def beside(self, found: Any, name: str) -> str:
        """The text of an element beside another one; empty if it is not there."""
        around = None if isinstance(found, str) or not name else found.getparent()
        return next((self.value(one) for one in around if local(one) == name), "") if around is not None else ""

    def _start(self, path: str) -> Element:
        return self._root if path.startswith("/") else self._element

    def _step(self, found: Any, name: str) -> Iterator[Any]:
        if isinstance(found, str):
            return
        if name.startswith("@"):
            if value := found.get(name[1:]):
                yield value
            return
        yield from (child for child in found if local(child) == name)


def _body(element: Element, limits: Limits, headline: str) -> Body:
    if not len(element):
        return any_body(_ESCAPED_TWICE.sub("&", element.text or ""), limits, headline=headline)
    writer = BodyWriter(depth=limits.depth, elements=limits.elements, headline=headline)
    writer.add(element)
    return writer.body()
