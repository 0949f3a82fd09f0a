"""The content of a NewsML-G2 item: inlineXML with NITF, XHTML or a provider's own markup, and inlineData."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable

from lxml import etree

from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.strings import any_body
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.newsml_g2.header import repeated
from dateline_ingest.formats.newsml_g2.media import FILES, figures
from dateline_ingest.formats.newsml_g2.ownmarkup import retold
from dateline_ingest.formats.newsml_g2.table import markup_tags, table
from dateline_ingest.formats.nitf.body import Nitf, is_nitf
from dateline_ingest.formats.nitf.docdata import head_of
from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.page.microdata import Microdata
from dateline_ingest.formats.sportsml.reading import is_sportsml, stated, told
from dateline_ingest.formats.values.tongues import ranks
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local, local_of, tongue_of
from dateline_schemas.story import Association, CreditElement

_XHTML = frozenset(("html", "body", "div", "section", "article", "p"))
_TEXT = ("text/", "application/xhtml", "application/xml", "application/nitf", "xhtml")
_ENCODED = ("base64", "b64")
_may_be_marked = etree.XPath("descendant-or-self::*/@itemtype or descendant-or-self::*/@typeof", regexp=False)
"""Whether there may be microdata or RDFa in an element: few messages have any."""


class Content:
    """The largest body in a contentSet, and what its markup itself says about the story."""

    __slots__ = (
        "_below", "_item", "_limits", "body", "credits", "files", "headline", "heads", "language", "media", "notes",
        "subtitle", "summary", "title",
    )  # fmt: skip

    def __init__(
        self,
        content_set: Element | None,
        limits: Limits,
        headline: str,
        item: Element | None = None,
        *,
        below: str = "",
        language: str = "",
    ) -> None:
        """Read every inline part. What says the ``headline`` again, or the one ``below``, is not in the body.

        Nor is what ``item`` states in a header. Of bodies in several languages one nearest to ``language`` is taken.
        Raises Unparseable.
        """
        self.body = Body()
        self.title = self.subtitle = self.summary = self.language = ""
        self._item = item
        self.credits: list[CreditElement] = []
        self.media: list[Association] = []
        self.files: list[Element] = []
        """Renditions that are not in the message."""
        self.heads: list[Head] = []
        """The heads of the NITF documents in it, first those in the part that is the body."""
        self.notes: list[str] = []
        self._limits, self._below = limits, below
        self.headline = headline
        """The headline of the item."""
        parts = () if content_set is None else children(content_set)
        found: list[tuple[Element, Body, int]] = []
        for part in parts:
            name, held = local_of(part.tag), len(self.heads)
            if name == "inlineXML":
                body = self._inline(part)
            elif name == "inlineData":
                body = any_body(_data(part), limits, headline=headline)
            else:
                if name in FILES:
                    self.files.append(part)
                continue
            found.append((part, body, held))
        if len(found) > 1:
            far = ranks([tongue_of(part) for part, _, _ in found], language)
            words = [body.words for _, body, _ in found]
            best = min(range(len(found)), key=lambda at: (not words[at], far[at], -words[at]))
            self.body, held = found[best][1:]
            self.heads = self.heads[held:] + self.heads[:held]
        elif found:
            self.body = found[0][1]

    def _inline(self, part: Element) -> Body:
        if not len(part):
            return any_body(part.text or "", self._limits, headline=self.headline)
        headline = self.headline or next((title for root in children(part) if (title := _title(root))), "")
        skip = repeated(part, self._item)
        writer = BodyWriter(
            depth=self._limits.depth,
            elements=self._limits.elements,
            headline=headline,
            subheadline=self._below,
            skip=skip,
        )
        for root in children(part):
            if is_nitf(root):
                self._nitf(root, writer)
                continue
            if local_of(root.tag) in _XHTML:
                self.media += figures(root)
                if _may_be_marked(root) and (marked := self._marked(root)):
                    for element in marked:
                        writer.add(element)
                    continue
                self.title = self.title or _title(root)
                self.language = self.language or (root.get(XML_LANG) or root.get("lang") or "").strip()
            elif is_sportsml(root):
                self.credits += stated(root)
                root = told(root)
            else:
                self.credits += retold(root)
                self._own(root)
            writer.add(root)
        return writer.body()

    def _nitf(self, root: Element, writer: BodyWriter) -> None:
        nitf = Nitf(root)
        head = head_of(nitf)
        if nitf.head is not None or nitf.identified:
            self.heads.append(head)
        self.title = self.title or nitf.title or head.title
        self.subtitle = self.subtitle or nitf.subtitle
        self.language = self.language or nitf.language or head.language
        self.summary = self.summary or nitf.summary
        self.credits += head.credits
        self.credits += nitf.credits
        self.media += nitf.media
        self.notes += [*head.notes, *nitf.notes]
        if nitf.has_content:
            nitf.write(writer, self._limits, head.notes)
        else:
            writer.add(root)

    def _marked(self, root: Element) -> list[Element]:
        """What rNews or schema.org marks in XHTML as the story's text, where it marks a story; what it says is kept."""
        stated = Microdata(root)
        self.title = self.title or stated.text("headline")
        self.subtitle = self.subtitle or stated.text("alternativeheadline")
        self.summary = self.summary or stated.text("description")
        self.language = self.language or stated.text("inlanguage")
        self.credits += stated.credits
        if dateline := stated.text("dateline"):
            self.credits.append(CreditElement(where="dateline", value=dateline))
        return stated.body

    def find_dateline(self, content_set: Element | None) -> None:
        """Keep the dateline that XHTML marks by its class, for an item that has no property of that name."""
        spans = () if content_set is None else content_set.iter("{*}span")
        marked = (spaced(span) for span in spans if "dateline" in span.get("class", "").split())
        if text := next(marked, ""):
            self.credits.append(CreditElement(where="dateline", value=text))

    def write_scripts(self, descriptions: Iterable[Element], summary: str) -> None:
        """Take the scripts and shot lists among the descriptions as the body, which a film has no other of."""
        roles = table().scripts
        writer = BodyWriter(depth=self._limits.depth, elements=self._limits.elements)
        for element in descriptions:
            role = element.get("role", "").lower()
            if any(one in role for one in roles) and spaced(element) != summary:
                writer.add(element)
        self.body = writer.body()

    def _own(self, root: Element) -> None:
        """Credits in a provider's own markup; their text stays in the body, too."""
        names = markup_tags()
        for element in root.iter(*(f"{{*}}{name}" for name in names)):
            if text := spaced(element):
                self.credits.append(CreditElement(where=names[local(element)], value=text))


def _title(root: Element) -> str:
    for head in children(root):
        if local_of(head.tag) == "head":
            for title in children(head):
                if local_of(title.tag) == "title":
                    return spaced(title)
    return ""


def _data(part: Element) -> str:
    """The text of an inlineData; empty for one that holds no text, or text that is packed in an unknown way."""
    text = part.text or ""
    encoding = (part.get("encoding") or part.get("encodinguri") or "").strip()
    if not encoding:
        return text
    kind, _, parameters = part.get("contenttype", "").lower().partition(";")
    if not encoding.lower().endswith(_ENCODED) or (kind.strip() and not kind.strip().startswith(_TEXT)):
        return ""
    try:
        data = base64.b64decode(text, validate=False)
        return data.decode(parameters.partition("charset=")[2].strip("\"' ") or "utf-8")
    except (binascii.Error, ValueError, LookupError):
        return ""
