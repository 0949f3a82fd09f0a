"""Words that point to topics, by language: some kept by editors, others from the topics' names and definitions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from dateline_enrichment.counts import token_line
from dateline_enrichment.language import LANGUAGES_KEPT, spoken
from dateline_enrichment.tables import toml_table
from dateline_enrichment.vocabulary import vocabulary

PLAIN, TELLING, OWN = 1.0, 2.0, 0.12
"""Weights of a kept word, of one that is enough by itself, and of words from a topic's own text (times TF-IDF)."""

UNSPACED = frozenset({"zh", "ja"})
"""Languages whose words are looked for anywhere in the text, as they write no spaces."""
_INFLECTED = frozenset({"hi"})
"""Languages whose words may have an ending: each is looked for as the beginning of a word."""
_WITHOUT_ACCENTS = frozenset({"ro"})
_ACCENTS = re.compile("[\u0300-\u036f]")
_ARTICLE = re.compile(r"(?<= )[وف]?(?:[بك]?ال|لل)(?=\w{2})")

Weighted = tuple[str, float]
"""(topic, weight)"""


class Told(NamedTuple):
    """What a word adds to a top-level topic."""

    root: str
    weight: float
    """The largest weight of the topics under it."""
    below: tuple[Weighted, ...]
    """The topics under it."""


class Spotter:
    """Finds the words of a language in a text, all of them, in one pass."""

    def __init__(self, language: str, words: dict[str, list[Weighted]]) -> None:
        """``words`` go from a word (``word``, ``word*``, ``*word``, ``*word*``) to topics and weights."""
        self._spaced = language not in UNSPACED
        self._inflected = language in _INFLECTED
        self._arabic = language == "ar"
        alike: dict[tuple[Told, ...], tuple[Told, ...]] = {}
        self.told = [alike.setdefault(told, told) for told in map(_by_root, words.values())]
        """What each word points to. Words that point to the same share one object, which keeps the cache small."""
        patterns = [self._as_pattern(word) for word in words]
        self._automaton = BytesAhoCorasick(
            patterns, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def _as_pattern(self, word: str) -> bytes:
        if not self._spaced:
            return word.rstrip("*").encode()
        line = token_line(word)
        return line[word.startswith("*") : -1 if self._inflected or word.endswith("*") else None]

    def find(self, text: str, line: bytes) -> list[int]:
        """Positions of the words found, one for each time, in a text with this line of tokens."""
        if not self._spaced:
            line = text.lower().encode()
        if self._arabic:
            line = _ARTICLE.sub("", line.decode()).encode()
        return [at for at, _, _ in self._automaton.find_matches_as_indexes(line, overlapping=True)]


def _by_root(topics: list[Weighted]) -> tuple[Told, ...]:
    best: dict[str, float] = {}
    below: dict[str, list[Weighted]] = {}
    for code, weight in topics:
        root = vocabulary().path(code)[0]
        best[root] = max(weight, best.get(root, 0.0))
        below.setdefault(root, []).extend(((code, weight),) if code != root else ())
    return tuple(Told(root, weight, tuple(below[root])) for root, weight in best.items())


def spotter(tag: str) -> Spotter | None:
    """The words of a language; None for one that has none."""
    language = spoken(tag)
    return _spotter(language)


@lru_cache(maxsize=LANGUAGES_KEPT)
def _spotter(language: str) -> Spotter | None:
    kept = topic_words().get(language, {})
    words: dict[str, list[Weighted]] = {}
    for code, line in kept.items():
        for raw in line.split(","):
            word = raw.strip()
            weight = TELLING if word.endswith("!") else PLAIN
            for form in _forms(word.rstrip("!").lower(), language):
                words.setdefault(form, []).append((code, weight))
    for word, rows in vocabulary().words.get(language, {}).items() if language not in UNSPACED else ():
        for position, hundredths in rows:
            topic = vocabulary().topics[position].code
            told = words.setdefault(word, [])
            if all(code != topic for code, _ in told):
                told.append((topic, OWN * hundredths / 10))
    return Spotter(language, words) if words else None


def _forms(word: str, language: str) -> set[str]:
    """A word, and the word without its accents in a language that is often written without them."""
    if language not in _WITHOUT_ACCENTS:
        return {word}
    return {word, word.replace("ș", "ş").replace("ț", "ţ"), _ACCENTS.sub("", unicodedata.normalize("NFD", word))}


@lru_cache(maxsize=1)
def topic_words() -> dict[str, dict[str, str]]:
    """``topic_keywords.toml``: language -> topic -> words. Raises TableError."""
    return toml_table("topic_keywords.toml")
