"""A shape that fails at once where it cannot begin.

``re`` tries every alternative of ``(?:Photo|Foto|Bild ...)`` at every character of a text. With a look at the next
character before it, ``(?=[PFB])``, most characters cost one lookup. What matches stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_FEWEST = 4
"""Alternatives from which on a look ahead pays."""


def guarded(shape: str) -> str:
    """The shape behind a look at its first character; as it is where that can be any, or none at all."""
    if shape.count("|") < _FEWEST:
        return shape
    first, empty = _first(_parser.parse(shape))
    return shape if first is None or empty else f"(?:(?=[{''.join(sorted(first))}])(?:{shape}))"


def _first(sequence: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str] | None, bool]:
    """What a part can begin with, as items of a class, or ``None`` for anything; and whether it can be empty."""
    found: frozenset[str] = frozenset()
    for code, argument in sequence:
        if code in (op.AT, op.ASSERT, op.ASSERT_NOT):
            continue
        begins, empty = _begins(code, argument)
        if begins is None:
            return None, empty
        found |= begins
        if not empty:
            return found, False
    return found, True


def _begins(code: Any, argument: Any) -> tuple[frozenset[str] | None, bool]:
    if code is op.LITERAL:
        return frozenset((_letter(argument),)), False
    if code is op.IN:
        return _class(argument), False
    if code is op.SUBPATTERN:
        _, added, removed, inner = argument
        return (None, True) if added | removed else _first(inner)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        begins, empty = _first(argument[2])
        return begins, empty or argument[0] == 0
    if code is op.BRANCH:
        branches = [_first(branch) for branch in argument[1]]
        known = [begins for begins, _ in branches if begins is not None]
        all_of: frozenset[str] = frozenset().union(*known)
        return (all_of if len(known) == len(branches) else None), any(empty for _, empty in branches)
    return None, True


_CATEGORIES = {op.CATEGORY_SPACE: r"\s", op.CATEGORY_DIGIT: r"\d", op.CATEGORY_WORD: r"\w"}


def _class(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    letters = set()
    for kind, value in items:
        if kind is op.LITERAL:
            letters.add(_letter(value))
        elif kind is op.RANGE:
            letters.add(f"{_letter(value[0])}-{_letter(value[1])}")
        elif kind is op.CATEGORY and value in _CATEGORIES:
            letters.add(_CATEGORIES[value])
        else:
            return None
    return frozenset(letters)


def _letter(code: int) -> str:
    return f"\\U{code:08x}"
