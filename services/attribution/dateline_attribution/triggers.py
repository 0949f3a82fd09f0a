"""What a text must hold for a shape to match in it at all, read off the shape itself.

``(?:told|according to) (?P<a>X)`` cannot match where neither ``told`` nor ``according to`` stands. So most shapes need
not be tried on most texts. The condition is necessary, never sufficient: the shape has the last word.

Conditions are blind to case, as many shapes are in part: they are told, and looked for, in what ``blind`` makes of one.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dateline_attribution.parsedshapes import Part, Parts, parsed

Texts = frozenset[str]
"""Alternatives: one of them stands in the text."""
Read = tuple[Texts | None, list[Texts]]
"""A part as all the texts that it matches, if it can be spelled out, else the conditions of it."""
Pieces = Mapping[int, Read]
"""What was read of pieces before, by the characters that stand for them."""

_MOST = 200
"""Alternatives that one condition may have."""
_SPELLED_OUT = 24
"""Texts that a stretch of a shape may be spelled out to: ``[Tt]he [Aa]`` is four."""
_CLASS = 8
"""Characters of a class that are spelled out."""
_TELLING = 2
"""What a text must weigh that is not in nearly every other."""
_COMMON = frozenset(string.ascii_letters + "-'\"")
"""Characters that say little; any other says as much as two of them."""
_SILENT = frozenset(" .,")
"""Characters that nearly every text has."""
MENTION = frozenset(map(chr, range(0xE000, 0xE010)))
"""What stands for a mention: some mention is in every text that shapes are tried on."""
_NOTHING: Texts = frozenset(("",))


def blind(text: str) -> str:
    """A text without case, character by character: what stands in a text stands in what this makes of it.

    All that a shape which ignores case takes for one character becomes the same: ``casefold`` and the i of the Turks.
    """
    return text.replace("ı", "i").replace("İ", "i").casefold()


def triggers(pattern: re.Pattern[str]) -> tuple[Texts, ...]:
    """The conditions of a shape, of which every one must hold in the ``blind`` text, each as its alternatives.

    None for a shape without, and for one that cannot be read.
    """
    parts = parsed(pattern.pattern, pattern.flags)
    return () if parts is None else conditions_of(parts)


def conditions_of(parts: Parts, pieces: Pieces = MappingProxyType({})) -> tuple[Texts, ...]:
    """The conditions of a parsed shape, each once; ``pieces`` are parts of it that were read before."""
    return tuple(dict.fromkeys(read_part(parts, pieces)[1]))


class _Reading:
    """Reads a sequence of a parsed shape from left to right."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self.conditions: list[Texts] = []
        self.exact = True
        """Whether all that was read is spelled out in ``_run``."""
        self._run: Texts = _NOTHING
        """What may stand right before the position, spelled out as far as it can be."""

    def close(self) -> None:
        """End the stretch that is being spelled out."""
        if "" not in self._run:
            self.conditions.append(_fewest(self._run))
        self._run = _NOTHING

    def read(self, sequence: Iterable[Part]) -> None:
        """Take in the parts of a sequence."""
        for code, argument in sequence:
            if code == "SUBPATTERN":
                _, added, removed, inner = argument
                self._take(self._of(inner)) if not (added | removed) & ~re.IGNORECASE else self._unknown()
            elif code == "BRANCH":
                self._branch(argument)
            elif code in ("MAX_REPEAT", "MIN_REPEAT"):
                self._repeat(*argument)
            elif code == "LITERAL" and argument in self._pieces:
                self._take(self._pieces[argument])
            elif (texts := _letters(code, argument)) is not None:
                self._append(texts)
            elif code == "ASSERT":
                self.conditions += self._of(argument[1])[1]
            elif code not in ("AT", "ASSERT_NOT"):
                self._unknown()

    def _unknown(self) -> None:
        self.close()
        self.exact = False

    def _append(self, texts: Texts) -> None:
        if len(self._run) * len(texts) > _SPELLED_OUT:
            self.close()
            self.exact = False
        if len(texts) > _SPELLED_OUT:
            if "" not in texts:
                self.conditions.append(texts)
            return
        self._run = frozenset(before + text for before in self._run for text in texts)

    def _of(self, inner: Parts) -> Read:
        return read_part(inner, self._pieces)

    def _take(self, read: Read) -> None:
        exact, conditions = read
        if exact is not None:
            self._append(exact)
        else:
            self._unknown()
            self.conditions += conditions

    def _branch(self, branches: Sequence[Parts]) -> None:
        read = [self._of(branch) for branch in branches]
        spelled = [exact for exact, _ in read if exact is not None]
        if len(spelled) == len(read):
            self._append(frozenset().union(*spelled))
            return
        self._unknown()
        known = [conditions if exact is None else [exact] for exact, conditions in read]
        self._either([best(conditions) for conditions in known])
        self._either([next(filter(MENTION.issuperset, conditions), None) for conditions in known])

    def _either(self, chosen: Sequence[Texts | None]) -> None:
        """Of each branch one condition was chosen: one of their texts is in whatever any branch matches."""
        if all(one is not None for one in chosen):
            either: Texts = frozenset().union(*(one for one in chosen if one is not None))
            if len(either) <= _MOST and "" not in either:
                self.conditions.append(_fewest(either))

    def _repeat(self, least: int, most: int, inner: Parts) -> None:
        exact, conditions = self._of(inner)
        if exact is not None and (least, most) == (0, 1):
            self._append(exact | _NOTHING)
            return
        if exact is not None and least:
            self._append(exact)
        self._unknown()
        if exact is None and least:
            self.conditions += conditions


def read_part(sequence: Parts, pieces: Pieces) -> Read:
    """What is known of a sequence of parts."""
    part = _Reading(pieces)
    part.read(sequence)
    exact = part._run if part.exact and not part.conditions else None
    part.close()
    return exact, part.conditions


def _letters(code: str, argument: Any) -> Texts | None:
    """What ``blind`` makes of the characters of a literal or of a small class; ``None`` for anything else."""
    if code == "LITERAL":
        return frozenset((blind(chr(argument)),))
    if code != "IN":
        return None
    letters: list[str] = []
    for kind, value in argument:
        if kind == "LITERAL":
            letters.append(chr(value))
        elif kind == "RANGE" and value[1] - value[0] < _CLASS:
            letters += map(chr, range(value[0], value[1] + 1))
        else:
            return None
    return frozenset(map(blind, letters)) if len(letters) <= _CLASS else None


def _fewest(texts: Texts) -> Texts:
    """Without those that another one is part of."""
    return frozenset(one for one in texts if not any(other != one and other in one for other in texts))


def best(conditions: Iterable[Texts]) -> Texts | None:
    """The condition that says most: the text among its own that says least still says more than that of the others."""
    return max(conditions, key=lambda texts: (min(map(_weight, texts)), -len(texts)), default=None)


def telling(condition: Texts) -> bool:
    """Whether a condition is worth looking at: some texts do not fulfil it."""
    return all(_weight(text) >= _TELLING or not MENTION.isdisjoint(text) for text in condition)


def findable(condition: Texts) -> bool:
    """Whether an automaton can look for it: half a surrogate pair in a list makes it drop what comes after."""
    return not any("\ud800" <= char <= "\udfff" for text in condition for char in text)


def _weight(text: str) -> int:
    """How much it says that a text holds this one: signs of mentions are rare, letters and spaces are not."""
    if text in MENTION:
        return 0
    return sum(1 if char in _COMMON else 2 for char in text if char not in _SILENT)
