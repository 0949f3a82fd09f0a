"""What is remembered within bounds: answers of pure functions of a word, names that came lately. No server, no loop."""

from __future__ import annotations

from collections import OrderedDict
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


class Lately:
    """Names that came lately, so many at most; those are forgotten first that came longest ago."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._names: OrderedDict[str, None] = OrderedDict()
        """Not a plain dict: to forget the first one of a full dict it walks over all that were forgotten before."""

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def add(self, name: str) -> bool:
        """Remember it; whether it was remembered already."""
        if name in self._names:
            self._names.move_to_end(name)
            return True
        self._names[name] = None
        if len(self._names) > self._most:
            self._names.popitem(last=False)
        return False
