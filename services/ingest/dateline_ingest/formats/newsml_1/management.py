"""NewsManagement of a NewsML 1 item: status, dates, urgency, instructions (NewsML 1.2, section 5.4.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dateline_ingest.formats.newsml_1.elements import text_of, text_or_name
from dateline_ingest.formats.newsml_1.table import names, plain
from dateline_ingest.formats.values.agencytimes import clock
from dateline_ingest.formats.values.status import pubstatus, urgency
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element, children, tagged
from dateline_schemas.story import Link, Pubstatus

_EARLIER = {"DerivedFrom": "derivedFrom", "AssociatedWith": "associatedWith", "RevisionHistory": "revisionHistory"}


class Management:
    """What the provider says about how to treat the item."""

    def __init__(self, item: Element, agency: str = "") -> None:
        """Read the NewsManagement of ``item``; a date without a zone is in that of ``agency``, if that is known."""
        self._agency = agency
        self.changes: list[tuple[str, datetime]] = []
        """Future status and the moment from which it holds, in order."""
        self.signals: list[str] = []
        self.notes: list[str] = []
        self.links: list[Link] = []
        parts = [(name, part) for name, part in tagged(item) if name == "Comment"]
        parts += [said for name, part in tagged(item) if name == "NewsManagement" for said in tagged(part)]
        said = dict(parts)
        self.first_created = text_of(said["FirstCreated"]) if "FirstCreated" in said else ""
        self.version_created = text_of(said["ThisRevisionCreated"]) if "ThisRevisionCreated" in said else ""
        self.status = _name_of(said["Status"]) if "Status" in said else ""
        self.urgency = urgency(_name_of(said["Urgency"])) if "Urgency" in said else None
        for name, element in parts:
            if reader := _READERS.get(name):
                reader(self, element)
            elif rel := _EARLIER.get(name):
                self._link(element, rel)

    def _type(self, element: Element) -> None:
        if signal := names().signals.get(plain(_name_of(element)), ""):
            self.signals.append(signal)

    def _change(self, element: Element) -> None:
        status, when = "", None
        for tag, part in tagged(element):
            if tag == "FutureStatus":
                status = _name_of(part)
            elif tag == "DateAndTime":
                when = clock(text_of(part), self._agency)
        if when is not None:
            self.changes.append((status, when))

    def _instruction(self, element: Element) -> None:
        name = _name_of(element)
        signal = names().signals.get(plain(name), "")
        if signal:
            self.signals.append(signal)
        elif name:
            self.notes.append(name)
        self.notes += [text for tag, part in tagged(element) if tag == "Comment" and (text := text_of(part))]

    def _comment(self, element: Element) -> None:
        if not element.get("FormalName") and (text := text_of(element)):
            self.notes.append(text)

    def _link(self, element: Element, rel: str) -> None:
        href = fold(element.get("NewsItem") or element.get("Href") or "")
        if href:
            title = next((text for part in children(element) if (text := text_or_name(part))), "")
            self.links.append(Link(href=href, rel=rel, title=title))

    def clearance(self) -> tuple[Pubstatus, datetime | None, datetime | None]:
        """Status now, the embargo's end, the moment after which the item is not to be used.

        Withheld or embargoed until a stated moment is usable under an embargo. Embargoed without one is withheld.
        """
        embargo = next((when for status, when in self.changes if pubstatus(status or "usable") == "usable"), None)
        expires = next(
            (when for status, when in self.changes if status and pubstatus(status) in ("canceled", "withheld")), None
        )
        # A kill is often sent as a usable item with an instruction to delete it: it must reach everybody all the same.
        now = "canceled" if "kill" in self.signals else pubstatus(self.status)
        if now == "withheld" and embargo is not None:
            now = "usable"
        return now, embargo, expires


_READERS: dict[str, Callable[[Management, Element], None]] = {
    "StatusWillChange": Management._change,
    "NewsItemType": Management._type,
    "Instruction": Management._instruction,
    "Comment": Management._comment,
}


def _name_of(element: Element) -> str:
    return fold(element.get("FormalName") or element.text or "")
