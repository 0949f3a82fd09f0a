"""Plain text of NITF elements."""

from __future__ import annotations

from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.text import running
from dateline_ingest.formats.xml.tree import Element, local

_PARAGRAPHS = ("{*}p", "{*}hl2")


def only_links(element: Element) -> bool:
    """Whether all words of an element stand in links."""
    if not len(element) and local(element) != "a":
        return False
    linked = "".join(text for link in element.iter("{*}a") for text in link.itertext())
    return bool(linked.strip()) and "".join(linked.split()) == "".join("".join(element.itertext()).split())


def paragraphs_in(element: Element) -> str:
    """Text of an abstract, note or caption, a line for each of its paragraphs; captions of media in it are left out."""
    found = [running(child) for child in element.iter(*_PARAGRAPHS) if not _only_holds(child)] if len(element) else []
    if not found and next(element.iterdescendants("{*}media"), None) is None:
        found = [running(element)]
    return "\n".join(text for text in found if text)


def _only_holds(paragraph: Element) -> bool:
    """Whether there is nothing in a paragraph but other paragraphs, as programs nest them."""
    inner = next(paragraph.iterchildren(*_PARAGRAPHS), None) if len(paragraph) else None
    return inner is not None and not fold(paragraph.text or "")
