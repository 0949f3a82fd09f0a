"""The words that names of bodies are made of: ``shapes`` of ``organisations.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.cues import cues
from dateline_enrichment.runs import Runs
from dateline_enrichment.tables import typed_table

LONGEST = 80
"""Characters of the longest name."""

Span = tuple[int, int]


class Official(Struct, frozen=True):
    """A row of ``official`` in ``shapes``."""

    leads: tuple[str, ...]
    adjectives: tuple[str, ...]
    heads: tuple[str, ...]
    seated: tuple[str, ...]
    towns: tuple[str, ...]
    cases: tuple[str, ...]
    further: tuple[str, ...]


class Shapes(Struct, frozen=True):
    """``shapes`` of ``organisations.toml``, which explains them."""

    endings: frozenset[str]
    legal: frozenset[str]
    small_legal: dict[str, tuple[str, ...]]
    heads: frozenset[str]
    named: frozenset[str]
    widened: frozenset[str]
    fellows: frozenset[str]
    small_heads: dict[str, tuple[str, ...]]
    small_named: dict[str, tuple[str, ...]]
    of_towns: dict[str, frozenset[str]]
    joined_to_towns: dict[str, frozenset[str]]
    after_towns: dict[str, tuple[str, ...]]
    before_places: dict[str, tuple[str, ...]]
    adjective_endings: tuple[str, ...]
    adjectives: dict[str, tuple[str, ...]]
    of_many: tuple[str, ...]
    cyrillic: dict[str, tuple[str, ...]]
    cyrillic_nations: tuple[str, ...]
    areas: tuple[str, ...]
    official: dict[str, Official]
    kinds: dict[str, frozenset[str]]
    joints: tuple[str, ...]
    bodies: frozenset[str]
    no_ending: frozenset[str]
    before_names: tuple[str, ...]


@lru_cache(maxsize=1)
def shapes() -> Shapes:
    """``shapes`` of ``organisations.toml``. Raises TableError."""
    return typed_table("organisations.toml", Shapes, "shapes")


CAPITALISED = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶŁĻŃŅŇŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽƠƯȘȚ\u1ea0-\u1ef9А-ЯЁІЇЄҐ][\w\-]*(?:['’](?!s\b)[\w\-]+)*"
"""Pattern of a capitalised word, without a possessive."""


def is_name(word: str) -> bool:
    """Whether a word may be the proper part of a body's name: capitalised, no abbreviation, no common word."""
    return len(word) > 2 and not word.isupper() and word[0].isupper() and word.lower() not in cues().cuts


def after_openers(runs: Runs, endings: tuple[str, ...], leads: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Words with one of these endings, alone after the first word of a sentence: ``Beim Oberverwaltungsgericht``.

    Or with one of the words that may lead such a name: ``Svenska Ishockeyförbundet``.
    """
    for run in runs.many:
        if run.text.endswith(endings):
            first, _, rest = run.text.partition(" ")
            if " " not in rest and first in leads:
                yield run.start, run.text
            elif " " not in rest and first.lower() in cues().cuts:
                yield run.start + len(first) + 1, rest


def without_legal(name: str) -> str:
    """A company's name without its legal form, to compare names: ``Corvid Systems Inc.`` is ``Corvid Systems``."""
    first, _, last = name.rpartition(" ")
    return first.removesuffix(",") if last.rstrip(".") in shapes().legal and " " in first else name
