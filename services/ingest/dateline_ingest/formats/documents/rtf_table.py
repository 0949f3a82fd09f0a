"""The table of the control words of Rich Text Format (tables/rtf.toml)."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from dateline_ingest.tables import read_table


class Groups(Struct, frozen=True):
    """Groups by their first word."""

    aside: frozenset[str]
    """Groups whose content is no text of the document."""
    read: frozenset[str]
    """Groups that are read although they are marked as ones to skip."""
    told: frozenset[str]
    """Groups with properties of the document."""


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
