"""The table of what Rich Text Format has words for (tables/rtf.toml)."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from dateline_ingest.tables import read_table


class Groups(Struct, frozen=True):
    """Groups by their first word."""

    aside: frozenset[str]
    """What they hold is no text of the document."""
    read: frozenset[str]
    """They are read although readers may pass them over."""
    told: frozenset[str]
    """What the document says of itself."""


class RtfTable(Struct, frozen=True):
    """Words of RTF."""

    signs: dict[str, str]
    """Control words that stand for a sign."""
    groups: Groups
    charsets: dict[str, str]
    """Number of a font's charset -> codec."""


@lru_cache(maxsize=1)
def rtf_table() -> RtfTable:
    """The table, read once."""
    return read_table("rtf.toml", RtfTable)
