"""The head of an NITF document, by what its elements are about (NITF 3.x); ``docdata`` reads it."""

from __future__ import annotations

from msgspec import Struct

from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import CreditElement, Link, Subject


class Head(Struct, eq=False):
    """What the head states. Texts are folded; dates are as written."""

    title: str = ""
    guid: str = ""
    key: str = ""
    version: str = ""
    part: str = ""
    page: str = ""
    slugline: str = ""
    language: str = ""
    status: str = ""
    urgency: str = ""
    owner: str = ""
    copyright: str = ""
    correction: bool = False
    dates: dict[str, str] = {}
    """Name of an element -> date; ``first`` is that of the earliest revision."""
    revised: tuple[str, str] = ("", "")
    """When and how it was revised last."""
    alt_ids: list[Subject] = []
    credits: list[CreditElement] = []
    keywords: list[str] = []
    links: list[Link] = []
    notes: list[str] = []
    rights: list[Element] = []
    senders: list[str] = []
    """The senders, however the document names them."""
    subjects: list[Subject] = []
    genres: list[Subject] = []
    people: list[Subject] = []
    organisations: list[Subject] = []
    places: list[Subject] = []

    def credit(self, where: str, value: str, role: str = "") -> None:
        """Keep a statement of origin that says anything."""
        if value:
            self.credits.append(CreditElement(where=where, value=value, role=role))
