"""Vocabularies that NewsML-G2 leaves to providers (tables/newsml_g2.toml), ready for lookups."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from dateline_ingest.tables import read_table


class _Catalog(Struct, frozen=True):
    bases: tuple[str, ...]
    elsewhere: dict[str, str]
    names: dict[str, str]


class _Plans(Struct, frozen=True):
    signal: str
    short: tuple[str, ...]


class _Link(Struct, frozen=True):
    type: str
    href: str
    words: str


class Document(Struct, frozen=True):
    """Markup of a provider whose elements state by an attribute what they are."""

    attribute: str
    tags: dict[str, str]
    """Value of the attribute -> element of XHTML with that meaning; ``head`` for what is no text."""
    says: dict[str, str]
    """What the attribute says -> ``CreditElement.where``."""
    link: _Link
    """What the attribute says of a link, and the elements in it that have its address and its words."""


class Extensions(Struct, frozen=True):
    """Elements of providers' own beside those of NewsML-G2 that say what a property says."""

    links: dict[str, str]
    """What a link's ``rel`` says -> property."""
    kinds: dict[str, str]
    """What a link's ``type`` says -> nature of the concept."""
    objects: dict[str, dict[str, str]]
    """Type of an object -> its elements and the properties that they are."""
    files: tuple[str, ...]
    """Types of ``itemMetaExtProperty`` that are the address of the item's file."""


class Table(Struct, frozen=True):
    """The table as it is written."""

    catalog: _Catalog
    signals: dict[str, str]
    absent: frozenset[str]
    """Values that mean: none."""
    markup: dict[str, tuple[str, ...]]
    """``CreditElement.where`` -> names of elements in providers' own markup."""
    documents: dict[str, Document]
    """By the name of their root."""
    summaries: tuple[str, ...]
    scripts: tuple[str, ...]
    plans: _Plans
    extensions: Extensions
    refused: dict[str, str]
    """Name of an item without a story -> what it is."""


@lru_cache(maxsize=1)
def table() -> Table:
    """The table, read once."""
    return read_table("newsml_g2.toml", Table)


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    catalog = table().catalog
    found = {f"{base}{name}": alias for alias, name in catalog.names.items() for base in catalog.bases}
    return found | {_plain(uri): alias for alias, uri in catalog.elsewhere.items()}


def _plain(uri: str) -> str:
    uri = uri.strip().rstrip("/#")
    return f"http://{uri[8:]}" if uri.startswith("https://") else uri


@lru_cache(maxsize=4096)
def alias_of(uri: str) -> str:
    """IPTC's alias for a scheme, ``medtop`` for ``http://cv.iptc.org/newscodes/mediatopic/``; else empty."""
    return _aliases().get(_plain(uri), "")


@lru_cache(maxsize=1)
def markup_tags() -> dict[str, str]:
    """Name of an element in providers' own markup -> ``CreditElement.where``."""
    return {name: where for where, names in table().markup.items() for name in names}
