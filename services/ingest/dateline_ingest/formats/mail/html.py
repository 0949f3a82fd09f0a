"""The HTML of a mail: as lines, with quoted mail marked as in plain text, and as a body with markup. Pure."""

from __future__ import annotations

import re

from lxml import etree
from msgspec import Struct

from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.strings import html_tree
from dateline_ingest.formats.markup.tags import DROP, INLINE, LEAF, THROUGH
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.sizes import check_html
from dateline_ingest.formats.xml.tree import Element

_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADING = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTED = frozenset((*LEAF, "blockquote", "ul", "ol", "table", "hr", "pre"))
"""Blocks with a blank line above and below."""
_CITES = frozenset(("gmail_quote", "protonmail_quote", "tutanota_quote", "zmail_extra", "yahoo_quoted"))
"""Classes of quoted mail; other quotations may be the story's own."""
_CELLS = ("td", "th")
_TABLE = frozenset(("table", "thead", "tbody", "tfoot", "tr", "caption", *_CELLS))


class MarkedText(Struct, frozen=True):
    """The text of a mail that is written in HTML."""

    text: str
    """Lines as in a plain text: ``> `` before those of a quoted mail."""
    body: Body | None = None
    """The body with markup, if it was written in HTML."""


def marked_text(pages: tuple[str, ...], limits: Limits, headline: str) -> MarkedText:
    """The text of a mail's HTML parts. Raises Unparseable for too much of it."""
    text = "\n".join(pages)
    check_html(text, limits)
    root = html_tree(text) if text.strip() else None
    if root is None:
        return MarkedText("")
    _without_layout(root)
    writer = BodyWriter(depth=limits.depth, elements=limits.elements, headline=headline)
    writer.add(root)
    return MarkedText(_lines_of(root), writer.body())


def _without_layout(root: Element) -> None:
    """Tables that place things become divisions: mail programs know no other way to do it."""
    for table in list(root.iter("table")):
        if _places(table):
            for element in _own(table):
                element.tag = "div"


def _places(table: Element) -> bool:
    """Whether a table only places things: it holds tables or blocks of text, or never has two cells side by side."""
    if (
        table.get("role") == "presentation"
        or next(table.iterdescendants("table", "p", "ul", "ol", *_HEADING), None) is not None
    ):
        return True
    rows = [sum(1 for cell in row if cell.tag in _CELLS) for row in table.iter("tr")]
    return max(rows, default=0) < 2 or any(len(cell.findall("br")) > 2 for cell in table.iter(*_CELLS))


def _own(table: Element) -> list[Element]:
    """A table's own rows and cells, without those of tables in it."""
    found, waiting = [], [table]
    while waiting:
        element = waiting.pop()
        found.append(element)
        if element is table or element.tag not in ("table", *_CELLS):
            waiting += [child for child in element if child.tag in _TABLE and child.tag != "table"]
    return found


class _Lines:
    """Lines as a reader sees them, put together from the pieces of a tree."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.quoted = 0
        """Number of open quotations of mail."""
        self._pieces: list[str] = []

    def text(self, text: str | None) -> None:
        """Running text."""
        if text:
            self._pieces.append(_SPACE.sub(" ", text))

    def end(self) -> bool:
        """A block begins or ends; whether anything stood in the line."""
        said = "".join(self._pieces).replace("\xa0", " ").strip()
        self._pieces.clear()
        if said:
            self.lines.append(f"> {said}" if self.quoted else said)
        return bool(said)

    def part(self) -> None:
        """The same, with a blank line."""
        self.end()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def line_break(self) -> None:
        """A break ends a line; in an empty one it is a blank line."""
        if not self.end():
            self.part()


def _lines_of(root: Element) -> str:
    lines = _Lines()
    dropped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else "script"
        begins = event == "start"
        if name in DROP:
            dropped += 1 if begins else -1
        elif not dropped:
            _edge(lines, name, element, begins=begins)
        if not dropped:
            lines.text(element.text if begins else element.tail)
    lines.end()
    return "\n".join(lines.lines)


def _edge(lines: _Lines, name: str, element: Element, *, begins: bool) -> None:
    """Apply the beginning or the end of an element to the lines."""
    if name == "br":
        if begins:
            lines.line_break()
    elif name in _CELLS:
        lines.text(None if begins else "\t")
    elif name in _PARTED:
        lines.part()
        called = element.get("class", "").split()
        if name == "blockquote" and (element.get("type") == "cite" or not _CITES.isdisjoint(called)):
            lines.quoted += 1 if begins else -1
    elif name not in INLINE and name not in THROUGH:
        lines.end()
