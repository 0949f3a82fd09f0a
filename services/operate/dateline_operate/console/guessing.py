"""What somebody may have meant who mistyped a name. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Collection


def nearest(word: str, known: Collection[str], most: int = 3) -> list[str]:
    """Names that somebody may have meant, the likeliest first; capitals count for nothing."""
    by_lower = {name.lower(): name for name in sorted(known)}
    return [by_lower[one] for one in difflib.get_close_matches(word.lower(), by_lower, most)]


def meant(word: str, known: Collection[str]) -> str:
    """The end of a sentence that says that a word is none of the known ones."""
    near = nearest(word, known)
    return f"; {' or '.join(near)}, perhaps" if near else ""
