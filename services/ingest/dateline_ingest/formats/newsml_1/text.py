"""Texts in the ContentItems of NewsML 1: NITF, XHTML, escaped markup or plain (NewsML 1.2, section 5.5.7)."""

from __future__ import annotations

import base64
import binascii
from html import escape

from msgspec import Struct

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.markup.body import Block
from dateline_ingest.formats.markup.strings import (
    bare_of_section,
    html_tree,
    innermost,
    looks_marked_up,
    markup_as_text,
    paragraphs_of,
)
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.message import Limits, Message
from dateline_ingest.formats.nitf.body import Nitf
from dateline_ingest.formats.nitf.docdata import head_of
from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.sizes import check_html
from dateline_ingest.formats.xml.tree import Element, children, local_of, read_xml
from dateline_schemas.story import CreditElement


class Text(Struct, frozen=True, kw_only=True):
    """The text of one ContentItem, and what an NITF document in it says about the story."""

    blocks: tuple[Block, ...] = ()
    nitf: Nitf | None = None
    head: Head | None = None

    @property
    def title(self) -> str:
        """The headline of the NITF document."""
        return (self.nitf.title if self.nitf else "") or (self.head.title if self.head else "")

    @property
    def credits(self) -> tuple[CreditElement, ...]:
        """Its statements of origin."""
        return (*(self.head.credits if self.head else ()), *(self.nitf.credits if self.nitf else ()))

    @property
    def notes(self) -> list[str]:
        """Its notes to editors."""
        return [*(self.head.notes if self.head else ()), *(self.nitf.notes if self.nitf else ())]

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.blocks or self.title or self.credits)

    @property
    def words(self) -> int:
        """Words in all paragraphs together, as whitespace parts them."""
        return sum(len(block.text.split()) for block in self.blocks)

    @property
    def plain(self) -> str:
        """The whole text on one line."""
        return " ".join(block.text for block in self.blocks)


def text_in(data: Element, encoding: str, limits: Limits, headline: str) -> Text | None:
    """The text in a DataContent; None if there is none. Raises Unparseable when it is nested too deep.

    ``encoding`` is the Notation of an Encoding around it. ``headline`` is left out of a text that repeats it as h1.
    """
    if not len(data):
        text = data.text or ""
        return written_text(_decoded(text, encoding) if encoding else text, limits, headline)
    writer = BodyWriter(depth=limits.depth, elements=limits.elements, headline=headline)
    if pages := [_of_nitf(part, writer, limits) for part in children(data) if local_of(part.tag) == "nitf"]:
        return Text(blocks=writer.blocks(), nitf=pages[0].nitf, head=pages[0].head)
    if markup := markup_as_text(innermost(data)):
        return written_text(markup, limits, headline)
    writer.add(data)
    return Text(blocks=writer.blocks())


def written_text(text: str, limits: Limits, headline: str) -> Text | None:
    """A text that came as a string: an NITF document, HTML, or plain; None if it is empty. Raises Unparseable."""
    text = bare_of_section(text)
    if not text or text.isspace():
        return None
    writer = BodyWriter(depth=limits.depth, elements=limits.elements, headline=headline)
    if "<nitf" in text and (root := _document(text, limits)) is not None:
        return _of_nitf(root, writer, limits)
    if looks_marked_up(text):
        check_html(text, limits)
        if (tree := html_tree(text)) is not None:
            writer.add(tree)
        return Text(blocks=writer.blocks())
    return Text(blocks=tuple(Block(text=line, html=escape(line, quote=False)) for line in paragraphs_of(text)))


def _document(text: str, limits: Limits) -> Element | None:
    data = text[text.find("<nitf") :].encode("utf-8", "replace")
    try:
        return read_xml(Message(data=data, limits=limits), "newsml-1-x")
    except Unparseable:
        return None  # HTML that happens to speak of NITF, or broken NITF: read as HTML


def _of_nitf(root: Element, writer: BodyWriter, limits: Limits) -> Text:
    nitf = Nitf(root)
    head = head_of(nitf) if nitf.head is not None or nitf.identified else None
    if nitf.has_content:
        nitf.write(writer, limits, head.notes if head else ())
    else:
        writer.add(root)
    return Text(blocks=writer.blocks(), nitf=nitf, head=head)


def _decoded(text: str, notation: str) -> str:
    """A text whose encoding is undone; empty if it is no text or the encoding is unknown."""
    if "base64" not in notation.lower():
        return ""
    try:
        return base64.b64decode(text, validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
