"""Runs of capitalised words in a text: where names of people and organisations are looked for."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.tables import typed_table


class Run(Struct, frozen=True, gc=False):
    """A run of capitalised words, particles between them included."""

    start: int
    """Where it begins in the text."""
    text: str
    """Its words as written, a space apart, without a possessive at the end."""

    @property
    def words(self) -> list[str]:
        """The words as written."""
        return self.text.split(" ")

    @property
    def small(self) -> list[str]:
        """The words in small letters, without full stops and without an article drawn into them (``L'entraîneur``)."""
        return [small_word(word) for word in self.words]

    @property
    def offsets(self) -> list[int]:
        """Where each word starts in the text."""
        at, offsets = self.start, list[int]()
        for word in self.words:
            offsets.append(at)
            at += len(word) + 1
        return offsets

    def after(self, first: int) -> Run:
        """The run from a word on."""
        return Run(self.offsets[first], " ".join(self.words[first:]))


def _uppercase() -> str:
    """The capitals of the Latin, Greek and Cyrillic scripts and of Armenian, as a character class holds them."""
    capitals = [chr(code) for code in range(0x41, 0x590) if chr(code).isupper()]
    return "".join(capitals) + "\u1e00-\u1eff"


ABBREVIATIONS = "Mr Mrs Ms Dr Prof Sen Gov Rep Gen Col Lt Sgt Capt Maj St Sr Sra Hon Rev Mme Mlle Jr"
"""Words whose full stop ends no sentence."""


class _Particles(Struct, frozen=True):
    """``people.toml``: small words inside names."""

    particles: tuple[str, ...]
    not_particles: dict[str, frozenset[str]]
    particles_before: dict[str, tuple[str, ...]]
    articles: dict[str, str]


@lru_cache(maxsize=1)
def _particles() -> _Particles:
    return typed_table("people.toml", _Particles)


def _pattern(language: str) -> re.Pattern[str]:
    table = _particles()
    return _pattern_without(table.not_particles.get(language, frozenset()), table.articles.get(language, ""))


@lru_cache(maxsize=32)
def _pattern_without(common: frozenset[str], articles: str) -> re.Pattern[str]:
    """Pattern of a run, if these words do not join names, and none of these articles begins one."""
    upper = _uppercase()
    stops = "|".join(rf"(?<=\b{word}\.)" for word in ABBREVIATIONS.split())
    # "Or nothing" instead of "once or not": what most words lack is passed over at its first sign. And what is taken is
    # never given back ("*+"), as nothing has to follow it.
    parts, stop = r"['’\-‑]\w+(?:['’\-‑]\w+)*", rf"\.(?:(?<=\b[{upper}]\.)|{stops})(?:[{upper}]\.)*"
    rest = rf"\w*+(?:{parts}|)(?:{stop}|)"
    known = set(_particles().particles) - common
    words = sorted((one for one in known if " " not in one or not known.issuperset(one.split())), key=len, reverse=True)
    before = _particles().particles_before
    words += [f"{word}(?= (?:{'|'.join(before[word])})\\b)" for word in sorted(common) if word in before]
    heads = "".join(sorted({word[0] for word in words})) + "&ABEabe"
    between = rf"(?:(?:{'|'.join(words)}) ){{0,2}}(?:& )?{_PREFIXES}"
    further = rf" (?:[{upper}]|(?=[{heads}]){between}[{upper}]){rest}"
    begins = rf"(?!(?:{articles}) )[{upper}]" if articles else f"[{upper}]"
    return re.compile(rf"{begins}(?<!\w.){rest}(?:{further})*+")


_PREFIXES = "(?:(?:[Aa]l|[Ee]l|a[rsdnztj]|ash|Bin|bin)-)?"
"""Arabic articles that are written small before a name: ``al-Masri``, ``as-Said``."""


class Runs(Struct, frozen=True, gc=False):
    """The runs of a text, each list from left to right."""

    singles: list[tuple[int, str]]
    """(position, word) of runs with one word: most of them."""
    many: list[Run]


def find_runs(text: str, start: int = 0, endings: frozenset[str] = frozenset(), language: str = "") -> Runs:
    """The runs of a text from ``start`` on. ``endings``: what the language writes after a name and an apostrophe."""
    singles: list[tuple[int, str]] = []
    many: list[Run] = []
    apostrophes = "'" in text or "’" in text
    for found in _pattern(language).finditer(text.replace("\u00a0", " "), start):
        at, run = found.start(), found[0]
        if " " not in run:
            singles.append((at, _bare(run, endings) if apostrophes and not run.isalpha() else run))
        elif apostrophes and ("'" in run or "’" in run):
            _part(run, at, endings, singles, many)
        else:
            many.append(Run(at, run))
    return Runs(singles, many)


def _part(run: str, at: int, endings: frozenset[str], singles: list[tuple[int, str]], many: list[Run]) -> None:
    """Part words at possessives, which end a run: what follows ``Meridian's`` is no part of its name."""
    parts = run.split(" ")
    words: list[str] = []
    first = at
    for count, part in enumerate(parts, 1):
        word = _bare(part, endings)
        words.append(word)
        at += len(part) + 1
        if word != part or count == len(parts):
            if len(words) == 1:
                singles.append((first, word))
            else:
                many.append(Run(first, " ".join(words)))
            words, first = [], at


def _bare(word: str, endings: frozenset[str]) -> str:
    if "'" not in word and "’" not in word:
        return word
    stem, _, ending = word.replace("’", "'").rpartition("'")
    return stem if ending in ("", "s") or ending in endings else word


def small_word(word: str) -> str:
    """A word in small letters, without full stops and without an article drawn into it."""
    if ("'" in word or "’" in word) and word[1:2] in ("'", "’") and word[2:3].islower():
        word = word[2:]
    return word.lower().rstrip(".")
