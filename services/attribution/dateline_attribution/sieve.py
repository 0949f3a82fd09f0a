"""Which of many shapes can match in a text at all, from one pass over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from dateline_attribution.triggers import Texts, blind, findable, telling


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

    def meets(self, text: str) -> bool:
        """Whether a text has any of the texts that conditions are made of: a quicker look than ``held``."""
        return bool(self._automaton.find_matches_as_strings(blind(text)))

    def held(self, text: str) -> int:
        """The conditions that a text fulfils."""
        found, held = 0, self._held
        for one in set(self._automaton.find_matches_as_strings(blind(text), overlapping=True)):
            found |= held[one]
        return found
