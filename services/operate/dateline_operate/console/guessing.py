"""Suggestions for a mistyped name. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Collection


def nearest(word: str, known: Collection[str], most: int = 3) -> list[str]:
    """The known names nearest to a word, the likeliest first; case does not count."""
    by_lower = {name.lower(): name for name in sorted(known)}
    return [by_lower[one] for one in difflib.get_close_matches(word.lower(), by_lower, most)]


def meant(word: str, known: Collection[str]) -> str:
    """The end of a sentence about a word that is none of the known ones: which may have been meant."""
    near = nearest(word, known)
    return f"; {' or '.join(near)}, perhaps" if near else ""
