"""Items into which a system wrote all fields of a post with their boxes, of which only one is the text. Pure."""

from __future__ import annotations

from lxml import etree

from dateline_ingest.formats.feeds.names import origins
from dateline_ingest.formats.markup.strings import html_tree


def text_field(markup: str) -> str:
    """The markup of the field that is called the text; all of it where none is."""
    names = origins().text_fields
    if not any(name in markup for name in names) or (tree := html_tree(markup)) is None:
        return markup
    for element in tree.iter("div", "section", "article"):
        if not names.isdisjoint(element.get("class", "").split()):
            written: str = etree.tostring(element, encoding="unicode", with_tail=False, method="html")
            return written
    return markup
