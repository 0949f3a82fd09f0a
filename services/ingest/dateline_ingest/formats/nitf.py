"""The parts of an NITF document that a story needs (NITF 3.x), whether it stands alone or inside NewsML-G2."""

from __future__ import annotations

from dateline_ingest.formats.bodywriter import BodyWriter
from dateline_ingest.formats.words import fold
from dateline_ingest.formats.xmltree import Element, local
from dateline_schemas.story import CreditElement

_CREDITS = {"byline": "byline", "dateline": "dateline", "distributor": "provider", "tagline": "endline"}


class Nitf:
    """Views of one ``nitf`` element."""

    __slots__ = ("_content", "_end", "_head", "credits", "subtitle", "title")

    def __init__(self, root: Element) -> None:
        """Find the parts of ``root`` in one walk over its upper levels."""
        self.title = self.subtitle = ""
        self.credits: list[CreditElement] = []
        self._content: list[Element] = []
        self._end: list[Element] = []
        self._head = ""
        for element in root.iter():
            name = local(element)
            if name == "body.content":
                self._content.append(element)
            elif name == "body.end":
                self._end.append(element)
            elif name == "hl1":
                self.title = self.title or _text(element)
            elif name == "hl2" and local(element.getparent()) == "hedline":
                self.subtitle = self.subtitle or _text(element)
            elif name == "title":
                self._head = self._head or _text(element)
            elif name == "doc.copyright" and (holder := fold(element.get("holder", ""))):
                self.credits.append(CreditElement(where="copyrightholder", value=holder))
            elif (where := _CREDITS.get(name)) and (value := _text(element)):
                self.credits.append(CreditElement(where=where, value=value))
        self.title = self.title or self._head

    def write(self, writer: BodyWriter) -> None:
        """Write body.content and body.end; a document without either is written whole."""
        for element in self._content + self._end:
            writer.add(element)

    @property
    def has_content(self) -> bool:
        """Whether there is a body.content at all."""
        return bool(self._content)


def _text(element: Element) -> str:
    """Text of an element, a space between its children, as in ``By<person>Jo Doe</person><byttl>AP</byttl>``."""
    return fold(" ".join(element.itertext()))


def is_nitf(element: Element) -> bool:
    """Whether this is the root of an NITF document."""
    return local(element) == "nitf"
