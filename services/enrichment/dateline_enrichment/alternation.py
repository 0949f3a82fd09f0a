"""Words of a table as a part of a pattern. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable


def one_of(words: Iterable[str]) -> str:
    """A pattern's branches, each a word as it is written, the longest first: none is missed for one it begins with."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
