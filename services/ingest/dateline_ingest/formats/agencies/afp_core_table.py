"""What AFP's Core API says with words of its own (tables/afpcore.toml)."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from dateline_ingest.tables import read_table
from dateline_schemas.story import ItemType


class _Table(Struct, frozen=True):
    classes: dict[ItemType, frozenset[str]]
    signals: dict[str, frozenset[str]]
    withdrawn: frozenset[str]
    first_line_headline: int


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("afpcore.toml", _Table)


def item_class(word: str) -> ItemType:
    """The type of a document of this class; one that nobody knows is a text."""
    name = word.strip().lower()
    return next((kind for kind, classes in _table().classes.items() if name in classes), "text")


def signal(word: str) -> str:
    """The signal in IPTC's terms; empty where there is none."""
    return next((name for name, words in _table().signals.items() if word in words), "")


def is_withdrawal(line: str) -> bool:
    """Whether a text's first line takes it back."""
    return line in _table().withdrawn


def takes_first_line(urgency: int | None) -> bool:
    """Whether a text of this urgency that has no headline has it as its first line."""
    return urgency is not None and urgency <= _table().first_line_headline
