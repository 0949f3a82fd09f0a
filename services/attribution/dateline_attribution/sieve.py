"""Which of many shapes can match in a text at all, from one pass over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from dateline_attribution.triggers import Texts, best, blind, findable, telling

T = TypeVar("T")


class Sieve:
    """Knows what each of its shapes cannot match without. Made once, then only read."""

    def __init__(self, shapes: Iterable[Sequence[Texts]]) -> None:
        """Number the conditions of shapes; those that nearly every text fulfils are left out."""
        bits: dict[Texts, int] = {}
        for conditions in shapes:
            for condition in filter(findable, filter(telling, conditions)):
                bits.setdefault(condition, 1 << len(bits))
        self._bits = bits
        held: dict[str, int] = {}
        for condition, bit in bits.items():
            for text in condition:
                held[text] = held.get(text, 0) | bit
        self._held = held
        # It tells which texts it met: where they stand is not asked, and costs more than finding them.
        self._automaton = AhoCorasick(
            list(held), matchkind=MatchKind.Standard, implementation=Implementation.DFA, store_patterns=True
        )

    def needs(self, conditions: Iterable[Texts]) -> int:
        """The conditions of one of the shapes, a bit each: it matches only where ``held`` has them all."""
        needs = 0
        for condition in conditions:
            needs |= self._bits.get(condition, 0)
        return needs

    def key(self, conditions: Iterable[Texts]) -> int:
        """The one of them that says most, as a bit; 0 where there is none that a text need not fulfil anyway."""
        chosen = best([condition for condition in conditions if condition in self._bits])
        return self._bits[chosen] if chosen else 0

    def meets(self, text: str) -> bool:
        """Whether a text has any of the texts that conditions are made of: a quicker look than ``held``."""
        return bool(self._automaton.find_matches_as_strings(blind(text)))

    def held(self, text: str) -> int:
        """The conditions that a text fulfils."""
        found, held = 0, self._held
        for one in set(self._automaton.find_matches_as_strings(blind(text), overlapping=True)):
            found |= held[one]
        return found


class Drawers(Generic[T]):
    """Things in their order, each under the condition that says most of it: few of them are looked at for a text."""

    def __init__(self, things: Iterable[tuple[int, int, T]]) -> None:
        """Of each thing the key and all that it needs, as the sieve gives them."""
        self._always: list[tuple[int, int, T]] = []
        self._under: dict[int, list[tuple[int, int, T]]] = {}
        for nth, (key, needs, thing) in enumerate(things):
            drawer = self._under.setdefault(key, []) if key else self._always
            drawer.append((nth, needs, thing))
        self._keys = sum(self._under)

    def possible(self, held: int) -> list[T]:
        """Those whose needs are all held, in their order."""
        looked = self._always.copy()
        rest = held & self._keys
        while rest:
            key = rest & -rest
            looked += self._under[key]
            rest ^= key
        return [thing for _, needs, thing in sorted(looked, key=_nth) if needs & held == needs]


_nth = itemgetter(0)
