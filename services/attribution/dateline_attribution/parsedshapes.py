"""The parsed form of a shape, or nothing where it holds anything that is not known here.

It comes from ``re._parser``, which is not public and differs between Pythons. Whoever reads conditions off it must
never take an opcode for what it is not: so the whole form is looked over first, and one part that is not as expected
leaves the shape unread, which only costs time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

Part = tuple[str, Any]
"""The opcode's name and its argument, with parts of its own in the place of those of the parser."""
Parts = tuple[Part, ...]
PIECES = range(0xF0000, 0xFFFFE)
"""Private characters that may stand for a piece of a shape which is read by itself; within a class they are unknown."""

try:
    _parse: Callable[..., Iterable[Any]] | None = import_module("re._parser").parse
except (ImportError, AttributeError):
    _parse = None


class _Unknown(Exception):
    """A part is not as expected."""


def parsed(shape: str, flags: int = 0) -> Parts | None:
    """The parts of a shape; ``None`` for one that does not parse, and for one with a part that is not known."""
    if _parse is None:
        return None
    try:
        return parts_of(_parse(shape, flags))
    except (re.error, RecursionError, OverflowError, TypeError, ValueError):
        return None


def parts_of(sequence: Any) -> Parts | None:
    """The parts of what the parser gave, each as expected; ``None`` if one is not."""
    try:
        return _parts(sequence)
    except (_Unknown, RecursionError, TypeError, ValueError, IndexError, AttributeError):
        # All that reading something of another form than expected can raise.
        return None


def at_the_start(parts: Parts) -> bool:
    """Whether a shape matches nowhere but at the start of a text, unless it has ``(?m)`` for all of it."""
    for name, argument in parts:
        if name == "AT":
            return bool(argument == "AT_BEGINNING")
        if name == "SUBPATTERN":
            return not argument[1] & re.MULTILINE and at_the_start(argument[3])
        if name == "BRANCH":
            return all(map(at_the_start, argument))
        if name not in ("ASSERT", "ASSERT_NOT"):
            return False
    return False


def _parts(sequence: Iterable[Any]) -> Parts:
    return tuple(_part(code, argument) for code, argument in sequence)


def _part(code: Any, argument: Any) -> Part:
    name = code.name
    if name not in _ARGUMENTS:
        raise _Unknown(name)
    return name, _ARGUMENTS[name](argument)


def _char(argument: Any) -> int:
    if type(argument) is not int or not 0 <= argument <= sys.maxunicode:
        raise _Unknown(argument)
    return argument


def _class(argument: Any) -> Parts:
    items = tuple((kind.name, value) for kind, value in argument)
    for at, (name, value) in enumerate(items):
        if name == "LITERAL":
            if _char(value) in PIECES:
                raise _Unknown(value)
        elif name == "RANGE":
            first, last = value
            if _char(first) > _char(last) or first in PIECES or last in PIECES:
                raise _Unknown(value)
        elif not (name == "CATEGORY" or (name == "NEGATE" and at == 0)):
            raise _Unknown(name)
    if not items:
        raise _Unknown(argument)
    return tuple((name, value.name if name == "CATEGORY" else value) for name, value in items)


def _group(argument: Any) -> tuple[int | None, int, int, Parts]:
    number, added, removed, inner = argument
    if not (number is None or isinstance(number, int)):
        raise _Unknown(number)
    return number, int(added), int(removed), _parts(inner)


def _branches(argument: Any) -> tuple[Parts, ...]:
    nothing, branches = argument
    if nothing is not None or not branches:
        raise _Unknown(argument)
    return tuple(map(_parts, branches))


def _repeat(argument: Any) -> tuple[int, int, Parts]:
    least, most, inner = argument
    if not 0 <= least <= most:
        raise _Unknown(argument)
    return int(least), int(most), _parts(inner)


def _look(argument: Any) -> tuple[int, Parts]:
    direction, inner = argument
    if direction not in (-1, 1):
        raise _Unknown(direction)
    return direction, _parts(inner)


def _unread(argument: Any) -> str:
    """Nobody asks what is in it, but two of them may be compared."""
    return repr(argument)


_ARGUMENTS: dict[str, Callable[[Any], Any]] = {
    "LITERAL": _char,
    "IN": _class,
    "SUBPATTERN": _group,
    "BRANCH": _branches,
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "ASSERT": _look,
    "ASSERT_NOT": _look,
    "AT": _unread,
    "ANY": _unread,
    "NOT_LITERAL": _unread,
    "GROUPREF": _unread,
    "GROUPREF_EXISTS": _unread,
    "ATOMIC_GROUP": _unread,
    "POSSESSIVE_REPEAT": _unread,
    "FAILURE": _unread,
}
