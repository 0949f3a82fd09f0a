"""Text of elements, the same for all formats."""

from __future__ import annotations

from dateline_ingest.formats.values.words import fold, side_by_side
from dateline_ingest.formats.xml.tree import Element


def spaced(element: Element) -> str:
    """All text in an element, a space between its children, as in ``By<person>Jo Doe</person><byttl>AP</byttl>``."""
    if len(element):
        return side_by_side(element.itertext())
    text = element.text
    return fold(text) if text else ""


def running(element: Element) -> str:
    """Text of an element with inline markup: nothing is put between its children."""
    return fold("".join(element.itertext()) if len(element) else element.text or "")
