"""Texts that a shape matches, drawn from the shape itself.

Hypothesis has a strategy for this, too, but needs a second to make one of a shape with some hundred alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from random import Random
from typing import Any

_MORE = 3
"""Times that a repeat without end is repeated beyond what it must."""
_TRIES = 2000
"""Draws until one must have matched: what a shape refuses by looking ahead or back is drawn as well."""
_LETTERS = "aeioursßıİſéøłžςжщѝ新聞مةא가AEMSTÉŽЖ07٣9 \t\n\xa0\u2003.,:;/()-–—'’\"“”«©@#*_|\u0301\u200b\ue000\ue001🗞𝐀"
"""What stands for any letter: of every kind that a class may ask for."""
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    f"CATEGORY_{no}{name}": lambda letter, shape=re.compile(shape): bool(shape.match(letter))
    for name, sign in (("DIGIT", "d"), ("SPACE", "s"), ("WORD", "w"))
    for no, shape in (("", f"\\{sign}"), ("NOT_", f"\\{sign.upper()}"))
}


def matched_by(pattern: re.Pattern[str], random: Random) -> Iterator[str]:
    """Texts, without end, in each of which the shape matches somewhere."""
    parts = import_module("re._parser").parse(pattern.pattern, pattern.flags)
    while True:
        drawn = (_Drawing(random, pattern.flags).text(parts) for _ in range(_TRIES))
        made = next(filter(pattern.search, drawn), None)
        assert made is not None, f"no text is found that matches {pattern.pattern}"
        yield made


class _Drawing:
    """One text: a way at random through the parts of a shape."""

    def __init__(self, random: Random, flags: int) -> None:
        self._random = random
        self._flags = flags
        self._groups: dict[int | None, str] = {}

    def text(self, parts: Any) -> str:
        """What the parts match, one after another."""
        return "".join(getattr(self, f"_{code.name.lower()}")(argument) for code, argument in parts)

    def _literal(self, code: int) -> str:
        letter = chr(code)
        other = letter.swapcase()
        return other if self._flags & re.IGNORECASE and len(other) == 1 and self._random.random() < 0.3 else letter

    def _not_literal(self, code: int) -> str:
        return self._random.choice(_LETTERS.replace(chr(code), ""))

    def _any(self, _: None) -> str:
        return self._random.choice(_LETTERS if self._flags & re.DOTALL else _LETTERS.replace("\n", ""))

    def _in(self, items: Any) -> str:
        if items[0][0].name == "NEGATE":
            return self._random.choice([one for one in _LETTERS if not any(_has(item, one) for item in items[1:])])
        item = code, value = self._random.choice(items)
        if code.name == "RANGE":
            return chr(self._random.randint(*value))
        return self._literal(value) if code.name == "LITERAL" else self._random.choice([*filter(_test(item), _LETTERS)])

    def _branch(self, argument: Any) -> str:
        return self.text(self._random.choice(argument[1]))

    def _subpattern(self, argument: Any) -> str:
        number, added, removed, inner = argument
        before, self._flags = self._flags, self._flags & ~removed | added
        self._groups[number] = made = self.text(inner)
        self._flags = before
        return made

    def _max_repeat(self, argument: Any) -> str:
        least, most, inner = argument
        return "".join(self.text(inner) for _ in range(self._random.randint(least, min(int(most), least + _MORE))))

    _min_repeat = _possessive_repeat = _max_repeat

    def _atomic_group(self, inner: Any) -> str:
        return self.text(inner)

    def _groupref(self, number: int) -> str:
        return self._groups.get(number, "")

    def _groupref_exists(self, argument: Any) -> str:
        number, yes, no = argument
        return self.text(yes if number in self._groups else no or ())

    def _assert(self, argument: Any) -> str:
        """What it looks at stands in the text, mostly as what is drawn before or after."""
        return self.text(argument[1]) if self._random.random() < 0.3 else ""

    def _at(self, _: object) -> str:
        return ""

    _assert_not = _at


def _test(item: Any) -> Callable[[str], bool]:
    return lambda letter: _has(item, letter)


def _has(item: Any, letter: str) -> bool:
    code, value = item
    if code.name == "CATEGORY":
        return _CATEGORIES[value.name.replace("UNI_", "")](letter)
    return value[0] <= ord(letter) <= value[1] if code.name == "RANGE" else ord(letter) == value
