"""What agencies mean by the names they put into NITF (tables/nitf.toml)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.credited import own_names
from dateline_ingest.tables import read_table, turned


class Provider(Struct, frozen=True):
    """What is known of one agency's way; an empty text where it does as the standard says."""

    named: tuple[str, ...] = ()
    title: str = ""
    """What head/title holds beside a hl1: ``slugline``."""
    byline: str = ""
    """What body.head/byline holds: ``subheadline``."""
    hl2: str = ""
    """What body.head/hedline/hl2 holds: ``slugline``."""
    key: str = ""
    """The agency, as other tables call it."""


class _Table(Struct, frozen=True):
    meta: dict[str, str]
    media: dict[str, str]
    absent: dict[str, str]
    bylines: dict[str, str]
    providers: dict[str, Provider]


class Names:
    """Lookups by name."""

    __slots__ = ("_absent", "_providers", "credits", "indexed", "media", "meta")

    def __init__(self, table: _Table) -> None:
        """Turn the lists of names around."""
        self.meta = own_names() | turned(table.meta)
        self.credits = frozenset(own_names().values())
        """What a meta may mean that is a credit (``CreditElement.where``)."""
        self.media = turned(table.media)
        """What an element within media says, by its name: caption, filed, producer."""
        self.indexed = frozenset(table.bylines["indexed"].split())
        """Classes of bylines that say for an index what another one says for readers."""
        self._absent = frozenset(table.absent["values"].split())
        self._providers = {
            name: Provider(row.named, row.title, row.byline, row.hl2, key)
            for key, row in table.providers.items()
            for name in row.named
        }

    def provider(self, names: Iterable[str]) -> Provider:
        """The first agency known by one of these names; one of which nothing is known if there is none."""
        for name in names:
            if found := self._providers.get(name.lower().rstrip(".")):
                return found
        return UNKNOWN

    def says_nothing(self, value: str) -> bool:
        """Whether a value is empty or a placeholder."""
        return not value or value.lower() in self._absent


UNKNOWN = Provider()


@lru_cache(maxsize=1)
def names() -> Names:
    """The table, read once."""
    return Names(read_table("nitf.toml", _Table))
