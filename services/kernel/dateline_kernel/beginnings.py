"""What texts that match a regular expression can begin with: of many, only a few need be tried on a line. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

LENGTH = 3
"""Letters of a beginning, at the most."""
_DIGITS = frozenset("0123456789")
_COUNT = re.compile(r"[?*+]\??|\{(\d+)(?:,\d*)?\}\??")
_GROUP = re.compile(r"\((?:\?(?:[a-z]*-[a-z]+:|:|(<?[=!])))?")
"""A group; with its own group, one that looks about and takes up nothing."""
_CLASS = re.compile(r"\[(?:[^\]\\]|\\.)+\]")


class _Read(Struct, frozen=True):
    """Beginnings of what was read of a pattern so far."""

    open: frozenset[str]
    """All of it: what follows in the pattern follows in the text."""
    done: frozenset[str] = frozenset()
    """Long enough, or followed by anything."""

    def then(self, part: _Read) -> _Read:
        joined = {one + more for one in self.open for more in part.open}
        done = {(one + more)[:LENGTH] for one in self.open for more in part.done}
        long = {one for one in joined if len(one) >= LENGTH}
        return _Read(frozenset(joined - long), self.done | done | {one[:LENGTH] for one in long})

    def counted(self, count: str) -> _Read:
        """The same as often as a quantifier says."""
        again = self.open if count[:1] in ("*", "+", "{") else frozenset()
        none = {""} if count[:1] in ("?", "*") or count.startswith("{0") else set()
        return _Read(self.open | none, self.done | again)


_NOTHING = _Read(frozenset(("",)))
_ANYTHING = _Read(frozenset(), frozenset(("",)))


@lru_cache(maxsize=2048)
def beginnings(pattern: str) -> frozenset[str]:
    """The first three letters, in lower case, of all texts that a regular expression can match.

    Fewer where anything may follow them, the empty text where anything may stand there. Rather too many than too
    few. Of the syntax, groups, classes without ranges, alternatives and quantifiers are understood; what looks about
    itself is passed over, and any other class may be any letter.
    """
    read, _ = _choice(pattern, 0)
    return read.open | read.done


def _choice(pattern: str, at: int) -> tuple[_Read, int]:
    """Alternatives, up to the end of their group."""
    found = _Read(frozenset())
    while True:
        part, at = _sequence(pattern, at)
        found = _Read(found.open | part.open, found.done | part.done)
        if pattern[at : at + 1] != "|":
            return found, at
        at += 1


def _sequence(pattern: str, at: int) -> tuple[_Read, int]:
    found = _NOTHING
    while at < len(pattern) and pattern[at] not in "|)":
        part, at = _atom(pattern, at)
        if count := _COUNT.match(pattern, at):
            part, at = part.counted(count[0]), count.end()
        found = found.then(part)
    return found, at


def _atom(pattern: str, at: int) -> tuple[_Read, int]:
    if group := _GROUP.match(pattern, at):
        inner, end = _choice(pattern, group.end())
        return (_NOTHING if group[1] else inner), end + 1
    if letters := _CLASS.match(pattern, at):
        return _of_class(letters[0][1:-1]), letters.end()
    sign = pattern[at]
    if sign == "\\":
        return _escaped(pattern[at + 1]), at + 2
    return (_ANYTHING if sign == "." else _NOTHING if sign in "^$" else _Read(frozenset(sign.lower()))), at + 1


def _of_class(inner: str) -> _Read:
    if inner.startswith("^") or "\\" in inner or "-" in inner[1:-1]:
        return _ANYTHING
    return _Read(frozenset(inner.lower()))


def _escaped(letter: str) -> _Read:
    if letter == "d":
        return _Read(_DIGITS)
    if letter in "bB":
        return _NOTHING
    return _ANYTHING if letter.isalnum() else _Read(frozenset(letter))
