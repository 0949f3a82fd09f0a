"""The body of an NITF document (NITF 3.x), whether it stands alone or inside NewsML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dateline_ingest.formats.markup.strings import html_tree, innermost, lines_as_markup, markup_as_text
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.nitf.media import image, media_credits, media_of
from dateline_ingest.formats.nitf.table import names
from dateline_ingest.formats.nitf.text import only_links, paragraphs_in
from dateline_ingest.formats.sizes import check_html
from dateline_ingest.formats.values.words import fold, side_by_side
from dateline_ingest.formats.xml.text import running, spaced
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local, local_of, tagged
from dateline_schemas.story import Association, CreditElement

_MACHINE_DATE = re.compile(r"[\dTZ:+.\- ]{8,40}")
_HEADLINES = ("hedline", "headline")
_WITHIN = ("{*}byline", "{*}dateline", "{*}copyrite", "{*}datasource", "{*}media", "{*}img")
_NAMES = frozenset(("person", "org", "location"))
_READ = (*_WITHIN, *(f"{{*}}{name}" for name in _NAMES))
"""What is read of elements within the text."""


class Nitf:
    """What the body of one ``nitf`` element says, and its text for a writer."""

    __slots__ = (
        "_content", "_end", "body", "bylines", "credits", "datelines", "head", "identified", "language", "media",
        "notes", "notices", "rights", "subtitle", "summary", "title", "usage", "written",
    )  # fmt: skip

    def __init__(self, root: Element) -> None:
        """Find the parts of ``root`` in one walk over its upper levels."""
        self.title = self.subtitle = self.summary = self.usage = self.language = ""
        self.written = ""
        """When the story was written (story.date), as it stands there."""
        self.bylines: list[str] = []
        self.datelines: list[str] = []
        self.notes: list[str] = []
        self.notices: list[str] = []
        self.rights: list[Element] = []
        self.credits: list[CreditElement] = []
        self.media: list[Association] = []
        self.identified: list[Element] = []
        """Persons, organisations and places in the text that have a code; a name alone is what the text says anyway."""
        self.head: Element | None = None
        self.body: Element | None = None
        self._content: list[Element] = []
        self._end: list[Element] = []
        for part in children(root):
            name = local_of(part.tag)
            if name == "head":
                self.head = part
            elif name == "body":
                self.body = part
                self._body(part)
        self.language = self.language or _language(root)

    def write(self, writer: BodyWriter, limits: Limits, notes: Sequence[str] = ()) -> None:
        """Write body.content and body.end, but for what the end has of links alone, or of the ``notes`` to editors.

        A body.content whose markup is text is read as HTML, one of text alone by its blank lines, also where another
        element holds all of it. Raises Unparseable where that is too much.
        """
        for content in self._content:
            held = innermost(content)
            element = content if local(held) == "p" else held  # a paragraph says that its text is one
            if text := markup_as_text(element):
                check_html(text, limits)
                tree = html_tree(text)
                writer.add(content if tree is None else tree)
            else:
                lines = lines_as_markup(element)
                writer.add(content if lines is None else lines)
        said = frozenset(notes)
        for element in self._end:
            if said and spaced(element) in said:
                continue
            others = [part for part in children(element) if not only_links(part)]
            for part in others if len(others) < len(element) else (element,):
                writer.add(part)

    def repeated(self) -> frozenset[Element]:
        """Blocks of the content that the next block begins with again: a lead that also stands in the full text."""
        found = set()
        for content in self._content:
            for lead, full in pairwise(content.iterchildren("{*}block")):
                # Most blocks begin otherwise, and reading all of a table to see that takes its time.
                if len(lead) and len(full) and lead[0].text == full[0].text and (text := spaced(lead)):
                    found |= {lead} if spaced(full).startswith(text) else set()
        return frozenset(found)

    @property
    def has_content(self) -> bool:
        """Whether there is a body.content at all."""
        return bool(self._content)

    def _body(self, body: Element) -> None:
        self.language = _language(body)
        for part in children(body):
            name = local_of(part.tag)
            if name == "body.head":
                for element in children(part):
                    self._stated(element)
            elif name == "body.content":
                self._content.append(part)
                self.language = self.language or _language(part) or _language_element(part)
                for element in part.iter(*_READ):
                    self._stated(element)
            elif name == "body.end":
                self._end.append(part)
                for element in children(part):
                    self._stated(element)
            else:
                self._stated(part)

    def _stated(self, element: Element) -> None:
        name = local(element)
        if name in _HEADLINES:
            self._headlines(element)
        elif name == "byline":
            self._byline(element)
        elif name == "dateline":
            self._dateline(element)
        elif name == "abstract":
            self.summary = self.summary or paragraphs_in(element)
            self._media(element)
        elif name == "note":
            self._note(element)
        elif name == "rights":
            self._rights(element)
        elif name in ("media", "img"):
            self._media(element)
        elif name in _NAMES and (element.get("value") or element.get("location-code")):
            self.identified.append(element)
        elif name in _CREDITS and (text := spaced(element)):
            where, role = _CREDITS[name]
            self.credits.append(CreditElement(where=where, value=text, role=role))
            if where == "copyrightnotice":
                self.notices.append(text)

    def _headlines(self, element: Element) -> None:
        lines = tagged(element)
        for name, line in lines:
            text = running(line)
            if name == "hl1":
                self.title = self.title or text
            elif name == "hl2":
                self.subtitle = self.subtitle or text
        if not lines:
            self.title = self.title or fold(element.text or "")

    def _byline(self, element: Element) -> None:
        text = spaced(element)
        if not text:
            return
        if element.get("class", "") not in names().indexed:
            self.bylines.append(text)
        self.credits.append(CreditElement(where="byline", value=text))
        parts = tagged(element)
        title = next((spaced(child) for name, child in parts if name == "byttl"), "")
        for name, child in parts:
            if name == "person" and (person := spaced(child)):
                self.credits.append(CreditElement(where="author", value=person, role=title))

    def _dateline(self, element: Element) -> None:
        for dated in element.iterchildren("{*}story.date"):
            self.written = self.written or dated.get("norm", "").strip()
        if text := _dateline_text(element):
            self.datelines.append(text)
            self.credits.append(CreditElement(where="dateline", value=text))

    def _note(self, element: Element) -> None:
        if not (text := paragraphs_in(element)):
            return
        if element.get("noteclass", "") == "cpyrt":
            self.notices.append(text)
            self.credits.append(CreditElement(where="copyrightnotice", value=text))
        else:
            self.notes.append(text)

    def _rights(self, element: Element) -> None:
        parts = [(name, child) for name, child in tagged(element) if name.startswith("rights.")]
        if parts:
            self.rights.append(element)
        own = fold(" ".join([element.text or "", *(child.tail or "" for child in children(element))]))
        self.usage = self.usage or own
        for name, child in parts:
            if name in ("rights.owner", "rights.agent") and (text := spaced(child)):
                self.credits.append(CreditElement(where="copyrightholder", value=text, role=name))

    def _media(self, element: Element) -> None:
        if local(element) == "img":
            found = image(element)
            self.media += [found] if found else []
            return
        for media in [element] if local(element) == "media" else element.iter("{*}media"):
            self.media += media_of(media)
            self.credits += media_credits(media)


_CREDITS = {
    "distributor": ("provider", ""),
    "tagline": ("endline", ""),
    "copyrite": ("copyrightnotice", ""),
    "datasource": ("source", "datasource"),
    "bibliography": ("source", "bibliography"),
    "rights.owner": ("copyrightholder", "rights.owner"),  # which some put there without the rights around it
    "rights.agent": ("copyrightholder", "rights.agent"),
}


def _dateline_text(element: Element) -> str:
    """``Oran, Example State`` from a location's parts; a date that is for machines only is left out."""
    parts = [element.text or ""]
    for child in children(element):
        name = local_of(child.tag)
        if name == "location" and len(child):
            inner = [
                child.text or "",
                *(text for part in children(child) for text in (*part.itertext(), part.tail or "")),
            ]
            parts.append(", ".join(text for one in inner if (text := fold(one).strip(","))))
        elif name != "story.date" or not _MACHINE_DATE.fullmatch(spaced(child)):
            parts.append(spaced(child))
        parts.append(child.tail or "")
    return side_by_side(filter(None, parts))


def _language(element: Element) -> str:
    return (element.get(XML_LANG) or element.get("lang") or element.get("baselang") or "").strip()


def _language_element(content: Element) -> str:
    """An empty ``lang`` at the head of the body, by which some say what language it is in."""
    for child in children(content):
        if local_of(child.tag) == "lang" and not spaced(child):
            return (child.get("iso") or child.get("lang") or "").strip()
    return ""


def is_nitf(element: Element) -> bool:
    """Whether this is the root of an NITF document."""
    return local(element) == "nitf"
