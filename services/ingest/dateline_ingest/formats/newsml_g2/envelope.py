"""What a NewsML-G2 message is made of, and what it says of all its items."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from dateline_ingest.formats.newsml_g2.catalog import NO_SCHEMES, Schemes
from dateline_ingest.formats.newsml_g2.credits import of_header
from dateline_ingest.formats.newsml_g2.plans import concepts_of
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, children, local, local_of, tagged
from dateline_schemas.story import CreditElement

ITEMS = frozenset(("newsItem", "packageItem"))
_MOST_CONCEPTS = 2_000
"""Concepts of a message that its items are told by; each item looks through all of them."""
_MOST_SAID = 100
"""Elements of such a concept; each naming of it is told all of it."""


class Envelope:
    """What the message around the items says of all of them."""

    __slots__ = ("concepts", "credits", "schemes", "signals", "transmit_id")

    def __init__(self, root: Element) -> None:
        """Read the headers around the items; one item alone has none."""
        self.concepts: dict[str, Element] = {}
        """Concepts that other items of the message tell of, by their identifier."""
        self.schemes = NO_SCHEMES
        self.credits: tuple[CreditElement, ...] = ()
        self.signals: list[Element] = []
        """What the header asks of who reads any of the items (``nmsig``)."""
        self.transmit_id = ""
        if local(root) in ITEMS:
            return
        for header in children(root):
            if local_of(header.tag).lower() == "header":
                parts = tagged(header)
                catalogs = [part for name, part in parts if name == "catalog"]
                self.schemes = Schemes(catalogs) if catalogs else NO_SCHEMES
                self.credits = of_header(parts, self.schemes)
                self.signals = [part for name, part in parts if name == "signal"]
                self.transmit_id = next((spaced(part) for name, part in parts if name == "transmitId"), "")

    def explain(self, items: Iterable[Element]) -> None:
        """Keep what items without a story (conceptItem, knowledgeItem) tell of concepts, as asserts do of an item's."""
        told = (concept for item in items for concept in concepts_of(item))
        for concept in islice(filter(_is_short, told), _MOST_CONCEPTS):
            for name in concept.iterchildren("{*}conceptId"):
                if code := name.get("qcode") or name.get("uri"):
                    self.concepts.setdefault(code.strip(), concept)


def _is_short(concept: Element) -> bool:
    return next(islice(concept.iter(), _MOST_SAID, None), None) is None
