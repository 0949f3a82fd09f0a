"""The head of an XHTML document inside NewsML-G2, which says again what the item's metadata states."""

from __future__ import annotations

from collections.abc import Container

from dateline_ingest.formats.bodytags import tag_name
from dateline_ingest.formats.words import bare
from dateline_ingest.formats.xmltree import Element, local

_SECTIONS = frozenset(("itemMeta", "contentMeta"))
_HELD = frozenset(("ul", "ol", "hgroup", "div", "header"))
"""What only holds lines of a header."""


def repeated(part: Element, item: Element | None) -> Container[Element]:
    """Lines of HTML5 ``header`` elements in an inline part that are no text of the story.

    These are the time of publication, and lines that say what a property of ``item`` says: slug words, genre, a note
    on an embargo, headlines. Any other line stays.
    """
    headers = list(part.iter("{*}header"))
    if not headers or item is None:
        return frozenset()
    stated = _stated(item)
    found: set[Element] = set()
    for header in headers:
        for element in header.iter():
            name = tag_name(element.tag) if isinstance(element.tag, str) else ""
            if name == "time" or (name and name not in _HELD and bare("".join(element.itertext())) in stated):
                found.add(element)
    return found


def _stated(item: Element) -> frozenset[str]:
    """The text of every property, and of its names, as ``bare`` gives it."""
    found: set[str] = set()
    for section in item:
        if local(section) in _SECTIONS:
            for element in section.iter():
                if len(element):
                    found.add("".join(element.itertext()))
                if (text := element.text) and not text.isspace():
                    found.add(text)
    return frozenset(map(bare, found)) - {""}
