"""Joins the bylines of a message that has several."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_MOST = 50
"""Bylines that are compared with one another."""


def joined_bylines(lines: Sequence[str]) -> str:
    """All of them, a comma apart; of ``By Ann Roe`` and ``ANN ROE`` the one that has all words of the other."""
    if len(lines) < 2:
        return "".join(lines)
    kept: dict[str, str] = {}
    for line in lines[:_MOST]:
        words = f" {' '.join(_WORD.findall(line.casefold()))} "
        if not any(words in other for other in kept):
            kept = {other: said for other, said in kept.items() if other not in words}
            kept[words] = line.rstrip(" ,;")
    return ", ".join([*kept.values(), *lines[_MOST:]])
