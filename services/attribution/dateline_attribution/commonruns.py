"""Which words of one text stand in another in the same order, in runs of some length. Pure."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator
from itertools import compress
from zlib import crc32

from msgspec import Struct

from dateline_attribution.copywords import Words

SAMPLE = 8
"""The shingles of one word in so many are kept for finding candidates, chosen by its number: the same in every text."""
_LOWEST = 0 if sys.byteorder == "little" else -1
"""Which of a number's bytes is the last eight bits of it, which tell whether ``SAMPLE`` divides it."""
_SAMPLED = bytes(byte % SAMPLE == 0 for byte in range(256))
_SHINGLE = 4
"""Words of a sampled shingle."""
_TRIED = 8
"""Places of the other text at which a run is tried: more only in lists and in texts that repeat themselves."""


class Run(Struct, frozen=True):
    """Words that stand in both texts one after the other."""

    at: int
    """Number of the first one in the text."""
    of: int
    """The same in the other text."""
    length: int


def samples(text: Words[int]) -> list[tuple[int, int]]:
    """Sampled shingles with their places: (number of the shingle's first word, CRC-32 of the shingle).

    A shingle is sampled by its first word alone, which costs a third of looking at all four. One that two texts have
    in common is sampled in both or in neither, whatever stands around it.
    """
    size = text.itemsize
    data = text.tobytes()
    sampled = data[_LOWEST % size :: size].translate(_SAMPLED)
    first = compress(range(len(text) - _SHINGLE + 1), sampled)
    return [(at, crc32(data[at * size : (at + _SHINGLE) * size])) for at in first]


def runs(text: Words[int], other: Words[int], shortest: int) -> list[Run]:
    """Runs of ``shortest`` or more words of the text that stand in the other, the longest from each place on.

    They do not overlap in the text, and are in its order.
    """
    there: dict[tuple[int, ...], list[int]] = {}
    for of, shingle in enumerate(_shingles(other, shortest)):
        there.setdefault(shingle, []).append(of)
    found: list[Run] = []
    free = 0
    for at, shingle in enumerate(_shingles(text, shortest)):
        if at >= free and shingle in there:
            run = max((_run(text, other, at, of, shortest) for of in there[shingle][:_TRIED]), key=_by_length)
            found.append(run)
            free = at + run.length
    return found


def _by_length(run: Run) -> tuple[int, int]:
    return run.length, -run.of


def _shingles(text: Words[int], length: int) -> Iterator[tuple[int, ...]]:
    return zip(*(text[nth:] for nth in range(length)), strict=False)


def _run(text: Words[int], other: Words[int], at: int, of: int, known: int) -> Run:
    most = min(len(text) - at, len(other) - of)
    length = known
    while length < most and text[at + length] == other[of + length]:
        length += 1
    return Run(at, of, length)


def as_words(data: bytes) -> Words[int]:
    """Words from the bytes that ``tobytes`` made of them."""
    found: Words[int] = array("I")
    found.frombytes(data)
    return found
