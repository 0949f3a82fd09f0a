"""Which of two version labels is newer. Pure.

Versions compare as numbers or as instants, never as strings: 10 comes after 9.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T", int, datetime)

_NUMBER = re.compile(r"\d{1,40}")


def compare(one: str, other: str) -> int | None:
    """1, 0 or -1 as ``one`` is newer than, the same as or older than ``other``; None if they cannot be compared."""
    first, second = value(one), value(other)
    if isinstance(first, int) and isinstance(second, int):
        return sign(first, second)
    if isinstance(first, datetime) and isinstance(second, datetime):
        return sign(first, second)
    return 0 if one == other else None


def value(version: str) -> int | datetime | None:
    """What a label stands for; None for one that is neither a number nor an instant. Instants are aware."""
    if is_number(version):
        return int(version)
    try:
        instant = datetime.fromisoformat(version)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def is_number(version: str) -> bool:
    """Whether a label is a whole number."""
    return _NUMBER.fullmatch(version) is not None


def sign(first: T, second: T) -> int:
    """1, 0 or -1 as ``first`` is more than, the same as or less than ``second``."""
    return (first > second) - (first < second)
