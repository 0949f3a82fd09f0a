"""Meanings of the names that agencies use in NewsML 1 (tables/newsml1.toml)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dateline_ingest.formats.credited import own_names
from dateline_ingest.formats.values.kinds import item_type
from dateline_ingest.tables import read_table, turned
from dateline_kernel.remembering import remembered_word
from dateline_schemas.story import ItemType

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


class Provider(Struct, frozen=True):
    """Particularities of one agency."""

    lasting_ids: bool = False
    """NewsItemId alone identifies a story, whatever DateId says."""
    urgency: str = ""
    """Name of the Property that stands for Urgency."""


class _Table(Struct, frozen=True):
    roles: dict[str, str]
    kinds: dict[str, str]
    lines: dict[str, str]
    properties: dict[str, str]
    elements: dict[str, str]
    signals: dict[str, str]
    absent: dict[str, str]
    providers: dict[str, Provider]


class Names:
    """Lookups by name; each gives an empty string for a name that is not in the table."""

    __slots__ = (
        "_absent", "_kind_of", "_kinds", "_nowhere", "_providers",
        "elements", "lines", "own", "properties", "roles", "signals",
    )  # fmt: skip

    def __init__(self, table: _Table) -> None:
        """Turn the lists of names around."""
        self.roles = turned(table.roles)
        self.lines = turned(table.lines)
        self.properties = turned(table.properties)
        self.own = own_names()
        """What a Property that the table does not have says of origin by its name (``CreditElement.where``)."""
        self.elements = turned(table.elements)
        self.signals = turned(table.signals)
        self._absent = frozenset(table.absent["values"].split())
        self._nowhere = frozenset(table.absent["places"].split())
        self._kinds = tuple((word, item_type(kind)) for kind, words in table.kinds.items() for word in words.split())
        self._kind_of = remembered_word(self._look_up)
        self._providers = table.providers

    def provider(self, provider_id: str) -> Provider:
        """What is known of the agency with this ProviderId."""
        return self._providers.get(provider_id.removeprefix("www."), _UNKNOWN)

    def says_nothing(self, value: str) -> bool:
        """Whether an identifier is empty or a placeholder."""
        return not value or value.lower() in self._absent

    def is_nowhere(self, code: str) -> bool:
        """Whether a country's code is one that says that there is none."""
        return code.lower() in self._nowhere

    def kind(self, name: str) -> ItemType | Literal[""]:
        """The item type that a media type, format or file name means."""
        return self._kind_of(name)

    def _look_up(self, name: str) -> ItemType | Literal[""]:
        low = name.lower()
        return next((kind for word, kind in self._kinds if word in low), "")


_UNKNOWN = Provider()


@remembered_word
def plain(name: str) -> str:
    """A name as the table has it: ``Sub-HeadLine`` is ``subheadline``."""
    return _NOT_PLAIN.sub("", name.lower())


@lru_cache(maxsize=1)
def names() -> Names:
    """The table, read once."""
    return Names(read_table("newsml1.toml", _Table))
