"""Agencies' own XML and JSON: which elements or members mean what (tables/agencyxml.toml, tables/agencyjson.toml)."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dateline_ingest.tables import read_table
from dateline_schemas.story import ItemType

Field = Literal[
    "guid", "version", "type", "language", "headline", "subheadline", "slugline", "byline", "dateline",
    "summary", "body", "urgency", "pubstatus", "embargo", "expires", "first_created", "version_created",
    "provider", "creditline", "copyright_holder", "copyright_notice", "usage_terms",
]  # fmt: skip
"""Fields that have one value."""
List = Literal[
    "alt_ids", "keywords", "subjects", "places", "people", "organisations", "genres", "notes", "credits",
    "links", "files",
]  # fmt: skip
"""Fields that have several."""


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the values of a list are, and what they mean."""

    path: str
    scheme: str = ""
    coded: bool = False
    """Whether the values are codes of the scheme, or names."""
    name: str = ""
    """The attribute or member that has the value; else it is the text of what the path leads to."""
    code: str = ""
    """The attribute or member that has the code beside the name."""
    split: str = ""
    """Separator of several values in one element."""
    digits: int = 0
    """How many digits a code has: zeros before it may be missing."""
    where: str = ""
    role: str = ""
    """Of credits: ``CreditElement.where`` and its role, which an attribute may say (``@Title``)."""
    rel: str = ""
    """Of links."""
    caption: str = ""
    """Of files: the element beside theirs, or the member beside the address, that has it."""
    credit: str = ""
    """Of files: what has their credit line, in the same way."""
    kind: Literal["", "text", "picture", "graphic", "video", "audio"] = ""
    """Of files."""
    item: bool = False
    """Of files: whether the value is another item's identifier, not an address."""


class Mapping(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of message."""

    needs: tuple[str, ...]
    text: dict[Field, tuple[str, ...]]
    lists: dict[List, tuple[Place, ...]] = {}
    flags: dict[str, tuple[str, ...]] = {}
    kind: ItemType = "text"
    """Type of its items, if they do not state one."""
    provider: str = ""
    """Provider of its messages, if they do not state one."""
    zone: str = "UTC"
    zones: dict[str, str] = {}
    times: tuple[str, ...] = ()
    absent: frozenset[str] = frozenset()
    statuses: dict[str, str] = {}
    """Word for the status -> IPTC's pubstatus."""
    languages: dict[str, str] = {}
    """Code -> language."""


class XmlMapping(Mapping, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of message in XML."""

    roots: frozenset[str]
    item: str


class Blocks(Struct, frozen=True, forbid_unknown_fields=True):
    """A body that is a list of objects, a paragraph or the like each."""

    path: str
    kind: str
    """The member that says what a block is."""
    tags: dict[str, str]
    """Kind of block -> tag, for kinds that are text; others are left out."""
    text: str
    """The member with its words, which may be marked up."""
    within: tuple[str, ...] = ()
    """Members that list blocks within a block."""


class JsonMapping(Mapping, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of message in JSON."""

    signs: tuple[str, ...]
    """Names of members that must all be in the message; of names with ``|`` between them one is enough."""
    blocks: Blocks | None = None


@lru_cache(maxsize=1)
def xml_mappings() -> dict[str, XmlMapping]:
    """The table of XML by root element, read once."""
    rows = read_table("agencyxml.toml", dict[str, XmlMapping])
    return {root: row for row in rows.values() for root in row.roots}


@lru_cache(maxsize=1)
def json_signs() -> tuple[tuple[JsonMapping, tuple[tuple[bytes, ...], ...]], ...]:
    """The table of JSON in its order, read once: each kind, and its signs as they are written in a message."""
    rows = read_table("agencyjson.toml", dict[str, JsonMapping])
    return tuple((row, tuple(map(_written, row.signs))) for row in rows.values())


def _written(sign: str) -> tuple[bytes, ...]:
    return tuple(f'"{name}"'.encode() for name in sign.split("|"))
