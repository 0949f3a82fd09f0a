"""Caches of results, because wires repeat themselves: codes, names, places."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, TypeVarTuple

from dateline_kernel.remembering import KEPT, LONGEST

_LONGEST_ENTRY = 600
"""Characters and values of an object of JSON, those within its lists too."""
_Texts = TypeVarTuple("_Texts")
_Result = TypeVar("_Result")


def remembered(function: Callable[[*_Texts], _Result]) -> Callable[[*_Texts], _Result]:
    """Keep the last 4096 results of a pure function of texts; those of long texts are not kept.

    ``lru_cache`` alone would let a message with long names fill the memory.
    """
    kept = lru_cache(maxsize=KEPT)(function)

    @wraps(function)
    def call(*texts: *_Texts) -> _Result:
        for text in texts:
            if isinstance(text, str) and len(text) > LONGEST:
                return function(*texts)
        return kept(*texts)

    return call


class ByTag(dict[object, _Result]):
    """A pure function's results by element tag: a look-up costs no call of Python. A full cache is emptied."""

    def __init__(self, function: Callable[[object], _Result]) -> None:
        """Nothing has been asked yet."""
        super().__init__()
        self._function = function

    def __missing__(self, tag: object) -> _Result:
        answer = self._function(tag)
        if len(self) >= KEPT:
            self.clear()
        if not isinstance(tag, str) or len(tag) <= LONGEST:
            self[tag] = answer
        return answer


def is_short(entry: dict[str, Any]) -> bool:
    """Whether a decoded object of JSON is small enough to be kept. One with objects in it is not."""
    left = _LONGEST_ENTRY - len(entry)
    if left < 0:
        return False
    left -= len("".join(entry))
    for value in entry.values():
        if value.__class__ is str:
            left -= len(value)
        elif value.__class__ is list:
            left -= len(value)
            if left < 0:
                return False
            for one in value:
                if one.__class__ is not str:
                    return False
                left -= len(one)
        elif value.__class__ is dict:
            return False
    return left >= 0
