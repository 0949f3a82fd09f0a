"""What a NewsML-G2 message is made of, and what it says of all its items."""

from __future__ import annotations

from dateline_ingest.formats.newsml_g2.catalog import NO_SCHEMES, Schemes
from dateline_ingest.formats.newsml_g2.credits import of_header
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, children, local, local_of, tagged
from dateline_schemas.story import CreditElement

ITEMS = frozenset(("newsItem", "packageItem"))


class Envelope:
    """What the message around the items says of all of them."""

    __slots__ = ("credits", "schemes", "signals", "transmit_id")

    def __init__(self, root: Element) -> None:
        """Read the headers around the items; one item alone has none."""
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
