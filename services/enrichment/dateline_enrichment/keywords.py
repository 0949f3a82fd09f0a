"""The words that tell topics, by language: kept by editors, and read off the topics' own names and definitions."""

from __future__ import annotations

import re
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from dateline_enrichment.counts import tokens
from dateline_enrichment.language import primary
from dateline_enrichment.tables import toml_table
from dateline_enrichment.vocabulary import vocabulary

PLAIN, TELLING, OWN = 1.0, 2.0, 0.12
"""Weights of a kept word, of one that tells by itself, and of the topics' own words (times their TF-IDF)."""

UNSPACED = frozenset({"zh", "ja"})
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{2})")


class Spotter:
    """Finds the words of a language in a text, all of them, in one pass."""

    def __init__(self, language: str, words: dict[str, list[tuple[str, float]]]) -> None:
        """``words`` go from a word (``word`` or ``word*``) to topics and weights."""
        self._spaced = language not in UNSPACED
        self._arabic = language == "ar"
        self.weights = [(tuple(topics), _by_root(topics)) for topics in words.values()]
        """For each word its topics with weights, and its top-level topics with the best weight under each."""
        patterns = [self._as_pattern(word) for word in words]
        self._automaton = AhoCorasick(
            patterns, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA, store_patterns=False
        )

    def _as_pattern(self, word: str) -> str:
        if not self._spaced:
            return word.rstrip("*")
        plain = " ".join(tokens(word))
        return f" {plain}" if word.endswith("*") else f" {plain} "

    def find(self, text: str, words: list[str]) -> list[int]:
        """Positions of the words found, one for each time."""
        if not self._spaced:
            line = text.lower()
        elif self._arabic:
            line = f" {' '.join(_ARTICLE.sub('', token) for token in words)} "
        else:
            line = f" {' '.join(words)} "
        return [at for at, _, _ in self._automaton.find_matches_as_indexes(line, overlapping=True)]


def _by_root(topics: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    best: dict[str, float] = {}
    for code, weight in topics:
        root = vocabulary().path(code)[0]
        best[root] = max(weight, best.get(root, 0.0))
    return tuple(best.items())


@lru_cache(maxsize=32)
def spotter(tag: str) -> Spotter | None:
    """The words of a language; None for one that has none."""
    language = primary(tag)
    if language in ("nb", "nn"):
        language = "no"
    kept = toml_tables().get(language, {})
    words: dict[str, list[tuple[str, float]]] = {}
    for code, line in kept.items():
        for raw in line.split(","):
            word = raw.strip()
            weight = TELLING if word.endswith("!") else PLAIN
            words.setdefault(word.rstrip("!").lower(), []).append((code, weight))
    for word, rows in vocabulary().words.get(language, {}).items() if language not in UNSPACED else ():
        for position, hundredths in rows:
            if word not in words:
                words.setdefault(word, [])
            if all(code != vocabulary().topics[position].code for code, _ in words[word]):
                words[word].append((vocabulary().topics[position].code, OWN * hundredths / 10))
    return Spotter(language, words) if words else None


@lru_cache(maxsize=1)
def toml_tables() -> dict[str, dict[str, str]]:
    """``topic_keywords.toml``: language -> topic -> words. Raises TableError."""
    return toml_table("topic_keywords.toml")
