"""Words of a table as a part of a pattern. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable


def one_of(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, longest first: ``Nordic Bank`` is tried before ``Nordic``."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
