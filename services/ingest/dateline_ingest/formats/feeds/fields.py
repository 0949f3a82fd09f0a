"""Items into which a system wrote all fields of a post with their boxes, of which only one is the text. Pure."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree
from msgspec import Struct

from dateline_ingest.formats.markup.strings import html_tree
from dateline_ingest.tables import read_table


class _Fields(Struct, frozen=True):
    text: frozenset[str]


class _Table(Struct, frozen=True):
    fields: _Fields


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return read_table("feedcredits.toml", _Table).fields.text


def text_field(markup: str) -> str:
    """The markup of the field that is called the text; all of it where none is."""
    if not any(name in markup for name in _names()) or (tree := html_tree(markup)) is None:
        return markup
    for element in tree.iter("div", "section", "article"):
        if not _names().isdisjoint(element.get("class", "").split()):
            written: str = etree.tostring(element, encoding="unicode", with_tail=False, method="html")
            return written
    return markup
