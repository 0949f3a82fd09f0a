"""Keep the last answers of a function of short words: words repeat from story to story."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

LONGEST = 80
"""Characters of the longest word whose answer is kept, so that no text can fill the memory."""
KEPT = 4096

T = TypeVar("T")


class _Answers(dict[str, T]):
    """Answers by word: one that is there costs no call of Python's, as it would with ``lru_cache`` behind a check."""

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> T:
        answer = self._function(word)
        if len(word) <= LONGEST:
            if len(self) >= KEPT:
                self.clear()
            self[word] = answer
        return answer


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """The same pure function; up to 4,096 answers are kept, some 2 MB at most, and all given up for the next one."""
    return _Answers(function).__getitem__
