"""Bodies, bylines and credits of feed items, the same for RSS, Atom and JSON Feed."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from dateline_ingest.formats.feeds.names import origins
from dateline_ingest.formats.feeds.parts import base_of
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.strings import any_body, html_tree
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.words import side_by_side
from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import CreditElement

_WRITERS = frozenset(("author", "creator", "byline"))


def best_body(candidates: Iterable[Element | str], limits: Limits, *, base: str, headline: str) -> Body:
    """The body with the most words of those that a feed gives, as element or text."""
    bodies = [_read(one, limits, base, headline) for one in candidates]
    return max(bodies, key=lambda body: body.words, default=Body())


def _read(found: Element | str, limits: Limits, base: str, headline: str) -> Body:
    """Markup written as text, or plain text; of an element also markup that stands in it as it is."""
    if isinstance(found, str):
        markup = found
    elif len(found):
        return _of_elements(found, limits, base_of(found, base), headline)
    else:
        markup, base = found.text or "", base_of(found, base)
    if not markup or markup.isspace():
        return Body()
    return any_body(_text_field(markup), limits, base=base, headline=headline)


def _of_elements(found: Element, limits: Limits, base: str, headline: str) -> Body:
    writer = BodyWriter(depth=limits.depth, elements=limits.elements, base=base, headline=headline)
    writer.add(found)
    return writer.body()


def opening_title(texts: Iterable[Element]) -> str:
    """The first ``h1`` in texts of markup, for an item that has no title."""
    for found in texts:
        tree = html_tree(found.text) if found.text and "<h1" in found.text else None
        if tree is not None and (title := tree.find(".//h1")) is not None:
            return side_by_side(title.itertext())
    return ""


def byline_of(stated: Iterable[CreditElement]) -> str:
    """The byline if one is stated, else the authors and creators, each once."""
    found = [one for one in stated if one.where in _WRITERS]
    bylines = [one.value for one in found if one.where == "byline"]
    return ", ".join(dict.fromkeys(bylines or [one.value for one in found]))


def with_endlines(stated: list[CreditElement], body: Body, dateline: str) -> tuple[CreditElement, ...]:
    """All credits of an item, each once: those stated, then the dateline's and those of the lines under the body."""
    opens = [CreditElement(where="dateline", value=dateline)] if dateline else []
    return once([*stated, *opens, *body.end_credits()])


def _text_field(markup: str) -> str:
    """The markup of the field that is called the text, where a system wrote all of a post's fields; else all of it."""
    names = origins().text_fields
    if not any(name in markup for name in names) or (tree := html_tree(markup)) is None:
        return markup
    for element in tree.iter("div", "section", "article"):
        if not names.isdisjoint(element.get("class", "").split()):
            written: str = etree.tostring(element, encoding="unicode", with_tail=False, method="html")
            return written
    return markup
