"""Agencies' own XML: which elements say what (tables/agencyxml.toml)."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dateline_ingest.tables import read_table

Field = Literal[
    "guid",
    "version",
    "type",
    "language",
    "headline",
    "subheadline",
    "slugline",
    "byline",
    "dateline",
    "summary",
    "body",
    "urgency",
    "pubstatus",
    "embargo",
    "expires",
    "first_created",
    "version_created",
    "provider",
    "creditline",
    "copyright_holder",
    "copyright_notice",
    "usage_terms",
]
"""Fields that have one value."""
List = Literal[
    "alt_ids",
    "keywords",
    "subjects",
    "places",
    "people",
    "organisations",
    "genres",
    "notes",
    "credits",
    "links",
    "files",
]
"""Fields that have several."""


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Where values of a list are, and what they are."""

    path: str
    scheme: str = ""
    coded: bool = False
    """Whether values are codes of the scheme; else they are names."""
    name: str = ""
    """The attribute that has the value; else it is the element's text."""
    code: str = ""
    """The attribute that has the code beside the name."""
    split: str = ""
    """What parts several values in one element."""
    digits: int = 0
    """How many digits a code has: zeros before it may be missing."""
    where: str = ""
    role: str = ""
    """Of credits: ``CreditElement.where`` and its role, which an attribute may say (``@Title``)."""
    rel: str = ""
    """Of links."""
    caption: str = ""
    """Of files: the element beside theirs that has it."""
    kind: Literal["", "text", "picture", "graphic", "video", "audio"] = ""
    """Of files."""
    item: bool = False
    """Of files: whether the value is another item's identifier, not an address."""


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of message."""

    roots: frozenset[str]
    item: str
    needs: tuple[str, ...]
    text: dict[Field, tuple[str, ...]]
    lists: dict[List, tuple[Place, ...]] = {}
    flags: dict[str, tuple[str, ...]] = {}
    provider: str = ""
    """Whose messages these are where they do not say."""
    zone: str = "UTC"
    zones: dict[str, str] = {}
    times: tuple[str, ...] = ()
    absent: frozenset[str] = frozenset()
    languages: dict[str, str] = {}
    """Codes that stand for languages."""


@lru_cache(maxsize=1)
def mappings() -> dict[str, Mapping]:
    """The table by root element, read once."""
    rows = read_table("agencyxml.toml", dict[str, Mapping])
    return {root: row for row in rows.values() for root in row.roots}
