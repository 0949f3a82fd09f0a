"""Joins the bylines of a message that has several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"\w+")
_AND = frozenset((
    "and", "And", "AND", "und", "Und", "UND", "et", "och", "og", "en", "y", "e", "i", "ja", "ve", "oraz",
    "и", "та", "και", "&",
))  # fmt: skip
"""Words between names, in these letters only, since names begin with others: ``I Wayan Suta``."""
_MOST = 50
"""Bylines that are compared with one another."""


def joined_bylines(lines: Sequence[str]) -> str:
    """All of them, a comma apart if no word joins them; of ``By Ann Roe`` and ``ANN ROE`` the one with all words."""
    if len(lines) < 2:
        return "".join(lines)
    kept: dict[str, str] = {}
    for line in lines[:_MOST]:
        words = f" {' '.join(_WORD.findall(line.casefold()))} "
        if not any(words in other for other in kept):
            kept = {other: said for other, said in kept.items() if other not in words}
            kept[words] = line.rstrip(" ,;")
    every = [*kept.values(), *lines[_MOST:]]
    said = every[:1]
    for before, line in pairwise(every):
        is_joined = line.partition(" ")[0] in _AND or before.rpartition(" ")[2] in _AND
        said += (" " if is_joined else ", ", line)
    return "".join(said)
