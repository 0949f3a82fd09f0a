"""Keep the last answers of a function of short words: words repeat from story to story."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST = 80
"""Characters of the longest word whose answer is kept, so that no text can fill the memory."""
KEPT = 4096

T = TypeVar("T")


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """The same pure function; the answers for the last 4,096 different words are kept, some 2 MB at most."""
    kept = lru_cache(maxsize=KEPT)(function)

    @wraps(function)
    def answer(word: str) -> T:
        return kept(word) if len(word) <= LONGEST else function(word)

    return answer
