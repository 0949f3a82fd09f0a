"""What a NewsML-G2 message is made of, and what it says of all its items."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from dateline_ingest.formats.newsml_g2.catalog import NO_SCHEMES, Schemes
from dateline_ingest.formats.newsml_g2.credits import of_header
from dateline_ingest.formats.newsml_g2.plans import concepts_of
from dateline_ingest.formats.newsml_g2.properties import NO_ASSERTS, Asserts
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, children, local, local_of, tagged
from dateline_schemas.story import CreditElement

ITEMS = frozenset(("newsItem", "packageItem"))
_MOST_CONCEPTS = 2_000
"""Concepts of a message that its items are told by; each item looks through all of them."""
_MOST_SAID = 100
"""Elements of such a concept; each naming of it is told all of it."""
_MOST_TOLD = 200_000
"""Elements that all its items together are told."""


class Envelope:
    """What the message around the items says of all of them."""

    __slots__ = ("_concepts", "_each", "credits", "schemes", "signals", "transmit_id")

    def __init__(self, root: Element) -> None:
        """Read the headers around the items; one item alone has none."""
        self._concepts: dict[str, Element] = {}
        self._each = 0
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

    def explain(self, items: Iterable[Element], stories: int) -> None:
        """Keep what items without a story (conceptItem, knowledgeItem) tell so many stories of concepts."""
        self._each = _MOST_TOLD // max(stories, 1)
        told = (concept for item in items for concept in concepts_of(item))
        for concept in islice(filter(_is_short, told), _MOST_CONCEPTS):
            for name in concept.iterchildren("{*}conceptId"):
                if code := name.get("qcode") or name.get("uri"):
                    self._concepts.setdefault(code.strip(), concept)

    def told(self) -> Asserts:
        """What the message tells of concepts, as asserts of an item that has none yet."""
        return Asserts(self._concepts, self._each) if self._concepts else NO_ASSERTS


def _is_short(concept: Element) -> bool:
    return next(islice(concept.iter(), _MOST_SAID, None), None) is None
