"""A number and what it counts, as people write it."""

from __future__ import annotations


def counted(count: int, one: str, more: str = "") -> str:
    """``1 story``, ``2,000 stories``; ``more`` where it is not ``one`` with an s."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
