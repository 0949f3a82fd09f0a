"""A shape that fails at once where it cannot begin.

``re`` tries every alternative of ``(?:Photo|Foto|Bild ...)`` at every character of a text. With a look at the next two
characters before it, ``(?=[PFB][hoi])``, most characters cost one lookup. What matches stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dateline_attribution.parsedshapes import Part, Parts, parsed

_FEWEST = 4
"""Alternatives from which on a look ahead pays."""
_GLOBAL_FLAGS = re.compile(r"\(\?[a-zA-Z]+\)")
"""Flags for all of a shape, which may stand nowhere but at its beginning."""
Items = frozenset[str] | None
"""What a character can be, as items of a class; ``None`` for anything."""
_NONE: frozenset[str] = frozenset()


class Begins(Struct, frozen=True):
    """What a part can begin with."""

    first: Items
    second: Items
    """What follows the first character, if that is not all of the part."""
    empty: bool = False
    """Whether it can be no character at all."""
    single: bool = False
    """Whether it can be one character alone."""
    start: bool = False
    """Whether it can be something else, at the start of a text or line only: its characters are not among these."""
    ways: int = 1
    """Alternatives that are tried at a character which is none of these."""


_NOTHING = Begins(_NONE, _NONE, empty=True, ways=0)
_START = Begins(_NONE, _NONE, start=True)
_ANYTHING = Begins(None, None, empty=True, single=True)


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
    if not begins.first or begins.empty or begins.ways < _FEWEST:
        return shape
    second = "" if begins.second is None or begins.single else _written(begins.second)
    look = f"(?={_written(begins.first)}{second})"
    return f"(?:(?:{look}|^)(?:{shape}))" if begins.start else f"(?:{look}(?:{shape}))"


def first_of(sequence: Iterable[Part], pieces: Mapping[int, Begins] = MappingProxyType({})) -> Begins:
    """What a part begins with; ``pieces`` are what is known of the characters that stand for pieces."""
    found = _NOTHING
    for code, argument in sequence:
        found = _followed(found, _begins(code, argument, pieces))
        if not (found.empty or found.single):
            break
    return found


def _begins(code: str, argument: Any, pieces: Mapping[int, Begins]) -> Begins:
    if code in ("AT", "ASSERT", "ASSERT_NOT"):
        return _START if argument == "AT_BEGINNING" else _NOTHING
    if code == "LITERAL":
        return pieces.get(argument) or Begins(frozenset((_letter(argument),)), _NONE, single=True)
    if code == "IN":
        return Begins(_class(argument), _NONE, single=True)
    if code == "SUBPATTERN":
        _, added, removed, inner = argument
        begins = first_of(inner, pieces)
        if added == re.IGNORECASE and not removed:
            return replace(begins, first=_in_any_case(begins.first), second=_in_any_case(begins.second))
        return _ANYTHING if added | removed else begins
    if code in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, inner = argument
        return _repeated(least, most, first_of(inner, pieces))
    if code == "BRANCH":
        return reduce(_either, [first_of(branch, pieces) for branch in argument])
    return _ANYTHING


def _followed(one: Begins, other: Begins) -> Begins:
    """What the one begins with and the other behind it; a line may start behind something, too."""
    if other.start and one != _NOTHING:
        other = _ANYTHING
    second = _both(one.second, other.first) if one.single else one.second
    return Begins(
        _both(one.first, other.first) if one.empty else one.first,
        _both(second, other.second) if one.empty else second,
        one.empty and other.empty,
        (one.single and other.empty) or (one.empty and other.single),
        one.start or other.start,
        one.ways + other.ways if one.empty else one.ways,
    )


def _either(one: Begins, other: Begins) -> Begins:
    return Begins(
        _both(one.first, other.first),
        _both(one.second, other.second),
        one.empty or other.empty,
        one.single or other.single,
        one.start or other.start,
        one.ways + other.ways,
    )


def _repeated(least: int, most: int, one: Begins) -> Begins:
    again = _followed(one, one) if most > 1 else one
    begins = again if least > 1 else _either(one, again)
    return replace(begins, empty=begins.empty or least == 0, ways=one.ways)


def _both(some: Items, others: Items) -> Items:
    return None if some is None or others is None else some | others


def _written(items: frozenset[str]) -> str:
    """A class of items, letters as they are: it is sooner read than one of escapes."""
    return f"[{_LETTER.sub(_plain, ''.join(sorted(items)))}]"


def _plain(letter: re.Match[str]) -> str:
    char = chr(int(letter[1], 16))
    return char if char.isalnum() else letter[0]


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
