"""Finds names in a text, from left to right; the longest where several begin. Works on UTF-8 bytes."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

Hit = tuple[int, int, int]
"""A name in a text: (its position among the names, where it starts, where it ends)."""


class NameSearch:
    """Finds names in texts.

    Those that begin with a small letter (``al-Qaeda``, ``français``) are few, but nearly every word of a text might be
    one: among the others they would double the time. So they are looked for by themselves, each in its languages only.
    """

    def __init__(self, names: list[str], scopes: list[frozenset[str] | None]) -> None:
        """``scopes`` are the languages in which each name is one; None for all."""
        small = [at for at, name in enumerate(names) if name[:1].islower()]
        self._others = BytesAhoCorasick(
            [name.encode() if not name[:1].islower() else b"\xff%d" % at for at, name in enumerate(names)],
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
        )
        """Names that begin small are replaced by a byte that no UTF-8 text has, so that positions stay."""
        languages = {language for at in small for language in scopes[at] or ()}
        self._everywhere = _SmallNames(names, [at for at in small if scopes[at] is None])
        self._small = {
            language: _SmallNames(names, [at for at in small if language in (scopes[at] or (language,))])
            for language in languages
        }

    def find(self, text: str, language: str) -> list[Hit]:
        """The names in a text, from left to right, none overlapping; parts of words are found, too."""
        encoded = text.encode()
        hits: list[Hit] = self._others.find_matches_as_indexes(encoded)
        if small := self._small.get(language, self._everywhere).find(encoded):
            hits = _first_of_overlapping([*hits, *small])
        return hits if len(encoded) == len(text) else _by_character(hits, encoded)


class _SmallNames:
    """Names that begin with a small letter: few, so that their automaton may take more room to be quicker."""

    def __init__(self, names: list[str], chosen: list[int]) -> None:
        self._chosen = chosen
        self._automaton = BytesAhoCorasick(
            [names[at].encode() for at in chosen],
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.DFA,
        )

    def find(self, encoded: bytes) -> list[Hit]:
        found = self._automaton.find_matches_as_indexes(encoded)
        return [(self._chosen[nth], start, end) for nth, start, end in found] if found else found


def _first_of_overlapping(hits: Iterable[Hit]) -> list[Hit]:
    """The hits from left to right, without those that begin within another one."""
    kept: list[Hit] = []
    free = 0
    for hit in sorted(hits, key=itemgetter(1)):
        if hit[1] >= free:
            kept.append(hit)
            free = hit[2]
    return kept


def _by_character(hits: list[Hit], encoded: bytes) -> list[Hit]:
    """The same hits, their positions counted in characters instead of in bytes of UTF-8."""
    counted: list[Hit] = []
    byte = character = 0
    for name, start, end in hits:
        first = character + len(encoded[byte:start].decode())
        byte, character = end, first + len(encoded[start:end].decode())
        counted.append((name, first, character))
    return counted
