"""Keep the last answers of a pure function of a word: words repeat from story to story. No server, no loop, no news."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

LONGEST = 200
"""Characters of the longest text whose answer is kept, so that no text can fill the memory."""
KEPT = 4096
"""Answers of one function that are kept."""

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


def remembered_word(function: Callable[[str], T]) -> Callable[[str], T]:
    """The same function. When it has kept all that it may, everything is given up for the next one."""
    return _Answers(function).__getitem__
