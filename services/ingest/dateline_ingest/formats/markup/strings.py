"""Bodies that arrive as a string of HTML or of plain text: feeds, ninjs, inlineData."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

from dateline_ingest.formats.markup.body import Body, body_of_lines
from dateline_ingest.formats.markup.plain import plain_body
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.sizes import check_html
from dateline_ingest.formats.values.words import fold_all
from dateline_ingest.formats.xml.tree import Element

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|&(?:[a-z]+|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_ELEMENT = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|table|tr|td|blockquote|a|b|i|em|strong|span)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_PACKED = re.compile(r"&lt;(?:p|br|div|section|article|ul|ol|table|h[1-6])\b[^&]{0,200}&gt;", re.IGNORECASE)
"""A tag of a block that was escaped."""
_SECTION = ("<![CDATA[", "]]>")
_BLANK = re.compile(r"\n[ \t\u3000\r]*\n")
_INDENT = re.compile(r"\n(?=(?:[ \t]{2,}|\t|\u3000)\S)")
_NARROW, _WIDE = 50, 100
"""Least and most characters of a longest line at which lines may have been broken by hand."""
_SHORT = 0.6
"""A line shorter than this share of the measure ends its paragraph."""


def bare_of_section(text: str) -> str:
    """A text without a CDATA section that was escaped together with it; other texts as they are."""
    if _SECTION[0] in text:
        held = text.strip()
        if held.startswith(_SECTION[0]) and held.endswith(_SECTION[1]):
            return held[len(_SECTION[0]) : -len(_SECTION[1])]
    return text


def looks_marked_up(text: str) -> bool:
    """Whether a string has a tag or an entity in it."""
    return ("<" in text or "&" in text) and _TAG.search(text) is not None


def innermost(element: Element) -> Element:
    """The element that has all content: ``body.content`` if ``body`` has nothing else in it."""
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]
    return element


def markup_as_text(element: Element) -> str:
    """The HTML that an element holds as text (CDATA, or escaped), and nothing else; empty for any other."""
    text = "" if len(element) else unpacked(bare_of_section(element.text or ""))
    return text if "<" in text and _ELEMENT.search(text) else ""


def lines_as_markup(element: Element) -> Element | None:
    """An element that holds nothing but a text with blank lines between its paragraphs, with a ``p`` for each."""
    text = "" if len(element) else element.text or ""
    paragraphs = paragraphs_of(text) if _BLANK.search(text.strip()) else ()
    if len(paragraphs) < 2:
        return None
    body = etree.Element("body")
    for paragraph in paragraphs:
        etree.SubElement(body, "p").text = paragraph
    return body


def unpacked(text: str) -> str:
    """A text whose markup was escaped once too often, unescaped; other texts as they are."""
    return unescape(text) if "<" not in text and "&lt;" in text and _PACKED.search(text) else text


def html_tree(text: str) -> Element | None:
    """HTML text as a tree; None when there is nothing in it.

    Without ``huge_tree`` libxml2 leaves all out, in silence, that follows a part of 256 levels; with it, of 2,048.
    """
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def html_body(text: str, limits: Limits, *, base: str = "", headline: str = "") -> Body:
    """The body in a string of HTML. Raises Unparseable when it is nested too deep."""
    text = unpacked(text)
    plain = plain_body(text, elements=limits.elements, base=base)
    if plain is not None:
        return plain
    check_html(text, limits)
    root = html_tree(text) if text.strip() else None
    if root is None:
        return Body()
    writer = BodyWriter(depth=limits.depth, elements=limits.elements, base=base, headline=headline)
    writer.add(root)
    return writer.body()


def any_body(text: str, limits: Limits, *, base: str = "", headline: str = "") -> Body:
    """The body in a string that may be HTML or plain text, by what it looks like."""
    text = bare_of_section(text)
    if looks_marked_up(text):
        return html_body(text, limits, base=base, headline=headline)
    return body_of_lines(paragraphs_of(text))


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Paragraphs of a plain text.

    Blank lines part them, and indented lines begin one, as old wires do. Where lines are longer than any wire's
    measure, or all of them are short, every line is one; else a line that falls short of the measure ends one.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.replace("\u2029", "\n\n").replace("\u2028", "\n")
    measure = max(map(len, text.split("\n")))
    parts: list[str] = []
    for part in _BLANK.split(text):
        if "\n" in part:
            parts += _lines(part, measure)
        else:
            parts.append(part)
    return tuple(filter(None, fold_all(parts)))


def _lines(part: str, measure: int) -> list[str]:
    """The paragraphs of lines between which no blank one stands."""
    if _INDENT.search(part):
        return [found.replace("\n", " ") for found in _INDENT.split(part)]
    lines = part.split("\n")
    if not _NARROW <= measure <= _WIDE:
        return lines
    least = _SHORT * measure
    if min(map(len, lines[:-1])) >= least:
        return [part.replace("\n", " ")]
    found: list[list[str]] = [[]]
    for line in lines:
        found[-1].append(line)
        if len(line) < least:
            found.append([])
    return [" ".join(lines) for lines in found]
