"""What the AP Media API says with words of its own (tables/apmedia.toml)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.tables import read_table, turned

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


class _Table(Struct, frozen=True):
    signals: dict[str, str]
    people: dict[str, str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("apmedia.toml", _Table)


@lru_cache(maxsize=1)
def _signals() -> dict[str, str]:
    return turned(_table().signals)


def signal(editorial_type: str) -> str:
    """The signal that an editorialtype means; empty where it means none."""
    return _signals().get(_NOT_PLAIN.sub("", editorial_type.lower()), "")


def people() -> dict[str, str]:
    """Members that name someone who had a part in the item, and which part."""
    return _table().people
