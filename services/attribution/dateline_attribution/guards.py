"""A shape that fails at once where it cannot begin.

``re`` tries every alternative of ``(?:Photo|Foto|Bild ...)`` at every character of a text. With a look at the next
character before it, ``(?=[PFB])``, most characters cost one lookup. What matches stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from dateline_attribution.parsedshapes import Part, Parts, parsed

_FEWEST = 4
"""Alternatives from which on a look ahead pays."""
_GLOBAL_FLAGS = re.compile(r"\(\?[a-zA-Z]+\)")
"""Flags for all of a shape, which may stand nowhere but at its beginning."""
Begins = tuple[frozenset[str] | None, bool]
"""What a part can begin with, as items of a class, or ``None`` for anything; and whether it can be empty."""


def guarded(shape: str) -> str:
    """The shape behind a look at its first character; as it is where that can be any, or none at all."""
    if not worth_guarding(shape):
        return shape
    parts = parsed(shape)
    return shape if parts is None else behind_look(shape, first_of(parts))


def worth_guarding(shape: str) -> bool:
    """Whether a look ahead pays, and may stand before the shape."""
    return shape.count("|") >= _FEWEST and not _GLOBAL_FLAGS.match(shape)


def behind_look(shape: str, begins: Begins) -> str:
    """A shape behind a look at what it begins with."""
    first, empty = begins
    return shape if first is None or empty else f"(?:(?=[{''.join(sorted(first))}])(?:{shape}))"


def first_of(sequence: Iterable[Part], pieces: Mapping[int, Begins] = MappingProxyType({})) -> Begins:
    """What a part begins with; ``pieces`` are what is known of the characters that stand for pieces."""
    found: frozenset[str] = frozenset()
    for code, argument in sequence:
        if code in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        begins, empty = _begins(code, argument, pieces)
        if begins is None:
            return None, empty
        found |= begins
        if not empty:
            return found, False
    return found, True


def _begins(code: str, argument: Any, pieces: Mapping[int, Begins]) -> Begins:
    if code == "LITERAL":
        return pieces.get(argument) or (frozenset((_letter(argument),)), False)
    if code == "IN":
        return _class(argument), False
    if code == "SUBPATTERN":
        _, added, removed, inner = argument
        begins, empty = first_of(inner, pieces)
        if added == re.IGNORECASE and not removed:
            return _in_any_case(begins), empty
        return (None, True) if added | removed else (begins, empty)
    if code in ("MAX_REPEAT", "MIN_REPEAT"):
        begins, empty = first_of(argument[2], pieces)
        return begins, empty or argument[0] == 0
    if code == "BRANCH":
        branches = [first_of(branch, pieces) for branch in argument]
        known = [begins for begins, _ in branches if begins is not None]
        all_of: frozenset[str] = frozenset().union(*known)
        return (all_of if len(known) == len(branches) else None), any(empty for _, empty in branches)
    return None, True


_CATEGORIES = {"CATEGORY_SPACE": r"\s", "CATEGORY_DIGIT": r"\d", "CATEGORY_WORD": r"\w"}


def _class(items: Parts) -> frozenset[str] | None:
    letters = set()
    for kind, value in items:
        if kind == "LITERAL":
            letters.add(_letter(value))
        elif kind == "RANGE":
            letters.add(f"{_letter(value[0])}-{_letter(value[1])}")
        elif kind == "CATEGORY" and value in _CATEGORIES:
            letters.add(_CATEGORIES[value])
        else:
            return None
    return frozenset(letters)


_ALIKE = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}
"""Characters beyond ASCII that a shape which ignores case takes for a letter of ASCII."""
_LETTER = re.compile(r"\\U([0-9a-f]{8})")


def _in_any_case(items: frozenset[str] | None) -> frozenset[str] | None:
    """The items of a class where case does not count; ``None`` where more letters than known here may be meant."""
    if items is None:
        return None
    found: set[str] = set()
    for item in items:
        letter = _LETTER.fullmatch(item)
        char = chr(int(letter[1], 16)) if letter else ""
        if char and char.isascii():
            small, capital = char.lower(), char.upper()
            found.update(map(_letter, map(ord, (small, capital, *_ALIKE.get(small, "")))))
        elif item in _CATEGORIES.values() or (char and char.lower() == char.upper()):
            found.add(item)
        else:
            return None
    return frozenset(found)


def _letter(code: int) -> str:
    return f"\\U{code:08x}"
