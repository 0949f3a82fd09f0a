"""Writes the body of a story from a tree of XHTML, NITF, HTML or a provider's own tags.

The HTML is written anew, never passed on: only the tags listed here, only href as an attribute, every text
escaped. So nothing that a browser would run can get through, whatever the input holds.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from html import unescape
from itertools import islice
from typing import TypeAlias

from lxml import etree

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.markup.body import Block, Body, Kind, body_of, escaped
from dateline_ingest.formats.markup.hrefs import link_tag, safe_href
from dateline_ingest.formats.markup.tables import TableWriter
from dateline_ingest.formats.markup.tags import DROP, INLINE, LEAF, THROUGH, tag_name
from dateline_ingest.formats.message import DEFAULT_LIMITS
from dateline_ingest.formats.remembering import ByTag
from dateline_ingest.formats.values.words import bare, fold, fold_xml
from dateline_ingest.formats.xml.tree import Element, children


class BodyWriter(TableWriter):
    """Writes the body of one story. Give it elements, then ask for the body."""

    def __init__(
        self,
        *,
        depth: int = DEFAULT_LIMITS.depth,
        elements: int = DEFAULT_LIMITS.elements,
        base: str = "",
        headline: str = "",
        subheadline: str = "",
        skip: Container[Element] = (),
    ) -> None:
        """``base`` resolves relative links. ``skip`` is left out.

        So are a h1 that says ``headline`` again, and a h2 that says ``subheadline``.
        """
        super().__init__()
        self._left = elements
        self._depth, self._base, self._skip = depth, base, skip
        self._headings = {"h1": headline, "h2": subheadline}
        self._list: Kind = "ul"

    def add(self, element: Element, level: int = 0) -> None:
        """Write an element and everything in it. Raises Unparseable when it lies too deep or there are too many."""
        self._allow(1, level)
        if element not in self._skip:
            write, name = _WAY_BY_TAG[element.tag]
            write(self, element, name, level)

    def body(self) -> Body:
        """The finished body."""
        return body_of(self.blocks())

    def _allow(self, count: int, level: int) -> None:
        """Count elements, all of one level. Raises Unparseable."""
        if level > self._depth:
            raise Unparseable(f"the body's markup lies more than {self._depth} levels deep; no story needs that")
        self._left -= count
        if self._left < 0:
            raise Unparseable("the body's markup has more elements than are allowed; have it sent without its markup")

    def _inside(self, element: Element, name: str, level: int) -> None:
        """The text in an element and all elements in it.

        A piece that is only the space before a paragraph, as most line breaks between elements are, counts for nothing.
        """
        text = element.text
        if text and (not text.isspace() or self._text or self._inline or "\x85" in text):
            self._say(text)
        if not len(element):
            return
        level += 1
        self._allow(len(element), level)
        skip = self._skip
        for child in children(element):
            if child not in skip:
                write, inner = _WAY_BY_TAG[child.tag]
                write(self, child, inner, level)
            elif not self._in_leaf and _WAY_BY_TAG[child.tag][0] in _PARTING:
                self._end()
            tail = child.tail
            if tail and (not tail.isspace() or self._text or self._inline or "\x85" in tail):
                self._say(tail)

    def _block(self, element: Element, name: str, level: int) -> None:
        """An element that stands for itself, unless it lies in a paragraph."""
        if self._in_leaf:
            self._inside(element, name, level)
            return
        self._end()
        self._inside(element, name, level)
        self._end()

    def _paragraph(self, element: Element, name: str, level: int, folded: Callable[[str], str] = fold) -> None:
        """A ``p`` as most are: text and nothing else, after the end of another block."""
        if len(element) or self._line or self._hrefs or self._soft or self._kind != "p":
            self._leaf(element, name, level)
            return
        if (said := element.text) and (text := folded(said)):
            self._blocks.append(Block(text=text, html=escaped(text)))
        self._in_leaf = False

    def _xml_paragraph(self, element: Element, name: str, level: int) -> None:
        self._paragraph(element, name, level, fold_xml)

    def _leaf(self, element: Element, name: str, level: int) -> None:
        if self._text:
            self._end()
        if name in self._headings and self._says(element, self._headings[name]):
            return
        if self._soft or self._kind != "p":
            self._inside(element, name, level)
            self._end()
            return
        self._kind, self._in_leaf = LEAF[name], True
        self._inside(element, name, level)
        self._end()
        self._kind, self._in_leaf = "p", False

    def _says(self, element: Element, headline: str) -> bool:
        said = bare(headline) if headline else ""
        return bool(said) and bare("".join(element.itertext())) == said

    def _mark(self, element: Element, name: str, level: int) -> None:
        opening, closing = f"<{name}>", f"</{name}>"
        self._inline.append((opening, closing))
        self._line.append(opening)
        self._inside(element, name, level)
        self._inline.pop()
        self._unmark(opening, closing)

    def _link(self, element: Element, name: str, level: int) -> None:
        href = "" if self._in_link else safe_href(element.get("href") or "", self._base)
        if not href:
            self._inside(element, name, level)
            return
        self._hrefs.append(href)
        opening = link_tag(href)
        self._inline.append((opening, "</a>"))
        self._line.append(opening)
        self._in_link = True
        self._inside(element, name, level)
        self._in_link = False
        self._inline.pop()
        self._unmark(opening, "</a>")

    def _break(self, element: Element, name: str, level: int) -> None:
        at = self._break_at[0]
        if at >= 0 and not self._soft and not "".join(self._text[at + 1 :]).strip():
            self._end()
            return
        self._break_at = (len(self._text), len(self._line))
        self._text.append(" ")
        self._line.append("<br>")

    def _reference(self, element: Element, name: str, level: int) -> None:
        """An entity that only a DTD would explain: a named character is HTML's of that name."""
        self._say(unescape(element.text or ""))

    def _rule(self, element: Element, name: str, level: int) -> None:
        self._end()

    def _listed(self, element: Element, name: str, level: int) -> None:
        self._end()
        outer = self._list, self._group
        self._groups += 1
        self._list, self._group = ("ol" if name == "ol" else "ul"), self._groups
        self._inside(element, name, level)
        self._flush()
        self._list, self._group = outer

    def _item(self, element: Element, name: str, level: int) -> None:
        if self._cells is None and len(element) and _is_entry(element):
            self._end()
            self._inside(element, name, level)
            self._end()
            return
        if self._cells is None:
            self._flush()
        outer = self._kind, self._soft, self._in_leaf
        self._kind, self._soft, self._in_leaf = self._list, True, True
        self._inside(element, name, level)
        if self._cells is None:
            self._flush()
        else:
            self._end()
        self._kind, self._soft, self._in_leaf = outer

    def _figure(self, element: Element, name: str, level: int) -> None:
        """Of a figure the table or the quotation in it, if there is one, as WordPress has it; pictures are no text."""
        table = next(element.iterdescendants("{*}table", "{*}blockquote"), None)
        if table is not None:
            self.add(table, level)

    def _quote(self, element: Element, name: str, level: int) -> None:
        if self._soft:
            self._inside(element, name, level)
            return
        self._end()
        outer = self._kind, self._group
        self._groups += 1
        self._kind, self._group = "bq", self._groups
        self._inside(element, name, level)
        self._end()
        self._kind, self._group = outer


def _is_entry(item: Element) -> bool:
    """Whether a list's item is no line but a text of its own, as an entry of a live page is."""
    paragraphs = sum(1 for _ in islice(item.iter("p"), 3))
    return paragraphs > 2 or (paragraphs > 0 and next(item.iter("h2", "h3", "h4"), None) is not None)


_Way: TypeAlias = Callable[[BodyWriter, Element, str, int], None]


def _drop(writer: BodyWriter, element: Element, name: str, level: int) -> None:
    """Leave the element out."""


_WAYS: dict[str, _Way] = dict.fromkeys(THROUGH, BodyWriter._inside)
_WAYS |= {"ul": BodyWriter._listed, "ol": BodyWriter._listed, "dl": BodyWriter._listed, "li": BodyWriter._item}
_WAYS |= {"blockquote": BodyWriter._quote, "bq": BodyWriter._quote, "table": BodyWriter._table}
_WAYS |= {"figure": BodyWriter._figure, "hr": BodyWriter._rule, "br": BodyWriter._break}
_WAYS |= dict.fromkeys(INLINE, BodyWriter._mark) | {"a": BodyWriter._link}
_WAYS |= dict.fromkeys(LEAF, BodyWriter._leaf) | {"p": BodyWriter._paragraph} | dict.fromkeys(DROP, _drop)


def _way(tag: object) -> tuple[_Way, str]:
    """How an element is written, and its name."""
    if not isinstance(tag, str):
        return (BodyWriter._reference if tag is etree.Entity else _drop), ""
    name = tag_name(tag)
    if name == "p" and tag.startswith("{"):  # HTML's parser knows no namespaces
        return BodyWriter._xml_paragraph, name
    return _WAYS.get(name, BodyWriter._block), name


_PARTING = frozenset((BodyWriter._block, BodyWriter._table, BodyWriter._listed))
"""Ways of elements that separate the text before and after them, even if they are left out."""
_WAY_BY_TAG = ByTag(_way)
