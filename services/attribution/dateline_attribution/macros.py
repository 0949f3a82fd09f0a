"""Pieces of shapes that have a name (``%name%``): each is read once, however many shapes it stands in.

What a shape needs (``triggers.py``) is read off its own few characters, with one character in the place of each piece
and what was read of that piece before. Only the pattern has them written out, and it is compiled when it is first asked
for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from msgspec import Struct

from dateline_attribution.bundles import bundled
from dateline_attribution.guards import Begins, behind_look, first_of, guarded, worth_guarding
from dateline_attribution.parsedshapes import PIECES, Parts, at_the_start, parsed
from dateline_attribution.triggers import Read, Texts, conditions_of, read_part

_MACRO = re.compile(r"%(\w+)%")
_MOST_DEEP = 5
_MORE_THAN_A_PIECE = re.compile(r"(?:\\|\[\^?|\{\d*,?)%\w+%|\(\?#|\(\?[a-zA-Z]*x", re.ASCII)
"""Where a macro is no piece of its own: escaped, alone in a class, a number of repeats; or spaces may not count."""
_REPEATED = re.compile(r"%(\w+)%(?=[*+?{])")
_SIGN = chr(PIECES[-1])


class Shape(Struct, frozen=True):
    """What is known of a shape before it is compiled."""

    text: str
    """It matches what its writer meant, and fails sooner."""
    conditions: tuple[Texts, ...]
    """What a text must hold, as ``triggers.conditions_of`` says it."""
    at_start: bool = False
    """Whether it can match nowhere else than at the start of a text."""


class _Piece(Struct, frozen=True, eq=False):
    sign: str
    """Stands for it where shapes are read."""
    text: str
    whole: bool
    """Whether what repeats it repeats all of it."""
    read: Read
    begins: Begins


class Macros:
    """What stands for the names in shapes."""

    def __init__(self, macros: Mapping[str, str]) -> None:
        """Read each. Raises KeyError with the name of one that is not there."""
        self._plain = _expanded(macros)
        self._pieces = dict(_pieces(self._plain))
        self._read = {ord(piece.sign): piece.read for piece in self._pieces.values()}
        self._begins = {ord(piece.sign): piece.begins for piece in self._pieces.values()}

    def shape(self, written: str) -> Shape:
        """A shape with its macros. Raises KeyError for an unknown one."""
        if not _MORE_THAN_A_PIECE.search(written) and all(map(self._repeatable, _REPEATED.findall(written))):
            short, text = self._short(written), self._with_guards(written)
            if (parts := parsed(short)) is not None:
                if worth_guarding(text):
                    text = behind_look(text, first_of(parts, self._begins))
                return Shape(text, conditions_of(parts, self._read), at_the_start(parts))
        text = guarded(_MACRO.sub(lambda match: self._plain[match[1]], written))
        parts = parsed(text)
        return Shape(text, ()) if parts is None else Shape(text, conditions_of(parts), at_the_start(parts))

    def _repeatable(self, name: str) -> bool:
        return name not in self._pieces or self._pieces[name].whole

    def _short(self, written: str) -> str:
        return _MACRO.sub(lambda match: self._sign(match[1]), written)

    def _sign(self, name: str) -> str:
        return self._pieces[name].sign if name in self._pieces else self._plain[name]

    def _with_guards(self, written: str) -> str:
        return _MACRO.sub(lambda match: self._text(match[1]), bundled(written))

    def _text(self, name: str) -> str:
        return self._pieces[name].text if name in self._pieces else self._plain[name]


def _expanded(macros: Mapping[str, str]) -> dict[str, str]:
    """The macros without macros in them."""
    expanded = {}
    for name, text in macros.items():
        for _ in range(_MOST_DEEP):
            text = _MACRO.sub(lambda match: macros[match[1]], text)
        expanded[name] = text
    return expanded


def _pieces(macros: Mapping[str, str]) -> Iterator[tuple[str, _Piece]]:
    """The longer ones that mean by themselves what they mean in a shape; others are read where they stand."""
    signs = count(PIECES[0])
    for name, text in macros.items():
        if worth_guarding(text) and (parts := _by_itself(text)) is not None:
            begins = first_of(parts)
            sign, written = chr(next(signs)), behind_look(bundled(text), begins)
            yield name, _Piece(sign, written, _is_whole(text), read_part(parts, {}), begins)


def _by_itself(text: str) -> Parts | None:
    """The parts of a macro; ``None`` for one that does not stay the same between others, such as ``one|other``."""
    parts = parsed(f"{_SIGN}{text}{_SIGN}")
    sign = ("LITERAL", PIECES[-1])
    if parts is None or len(parts) < 2 or parts[0] != sign or parts[-1] != sign or text.endswith("\\"):
        return None
    return parts[1:-1]


def _is_whole(text: str) -> bool:
    parts = parsed(text + "{2}")
    return parts is not None and len(parts) == 1 and parts[0][0] == "MAX_REPEAT" and parts[0][1][:2] == (2, 2)
