"""IPTC Media Topics: codes, names, paths, and the older IPTC Subject Codes that map to them."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.language import primary
from dateline_enrichment.tables import compiled_table

SUBJECT_SCHEMES = ("subj", "iptc")
"""Parts of names of schemes that are IPTC's Subject Codes; an unknown code of theirs counts by its parents."""


class CompiledTopic(Struct, frozen=True):
    """A topic as ``compile/compile_media_topics.py`` writes it."""

    code: str
    parent: str
    names: dict[str, str]
    subject_codes: list[str]
    wikidata: str


class Compiled(Struct, frozen=True):
    """The file that ``compile/compile_media_topics.py`` makes."""

    release: str
    topics: list[CompiledTopic]
    words: dict[str, dict[str, list[tuple[int, int]]]]


class Vocabulary:
    """The live topics of a release."""

    def __init__(self, compiled: Compiled) -> None:
        """Index the topics by code."""
        self.topics = compiled.topics
        self.words = compiled.words
        self._topics = {topic.code: topic for topic in compiled.topics}
        self._paths: dict[str, tuple[str, ...]] = {}
        self._subjects: dict[str, str] = {}
        for topic in compiled.topics:
            self._paths[topic.code] = (*self._paths.get(topic.parent, ()), topic.code)
            for code in topic.subject_codes:
                self._subjects.setdefault(code, topic.code)

    def __contains__(self, code: object) -> bool:
        """Whether this is the code of a live topic."""
        return code in self._topics

    def path(self, code: str) -> tuple[str, ...]:
        """Codes from the top-level topic down to this one. Raises KeyError for an unknown code."""
        return self._paths[code]

    def name(self, code: str, language: str = "en") -> str:
        """The topic's name in a language, else in English."""
        names = self._topics[code].names
        return names.get(language) or names.get(primary(language)) or names["en"]

    def of_subject(self, code: str, scheme: str) -> str:
        """The Media Topic that an eight-digit Subject Code maps to; empty for none.

        A scheme that is known for IPTC's may also give a code that only its parent in the Subject Codes maps.
        """
        if len(code) != 8 or not code.isdigit():
            return ""
        ours = any(mark in scheme.lower() for mark in SUBJECT_SCHEMES)
        tries = (code, f"{code[:5]}000", f"{code[:2]}000000") if ours else (code,)
        return next((found for one in tries if (found := self._subjects.get(one) or (one if one in self else ""))), "")


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Load the topics, once. Raises TableError."""
    return Vocabulary(compiled_table("media_topics.msgpack.gz", Compiled))


def media_topics() -> dict[str, tuple[str, tuple[str, ...]]]:
    """English name and path, from the top-level topic down to itself, by code. Raises TableError."""
    table = vocabulary()
    return {topic.code: (table.name(topic.code), table.path(topic.code)) for topic in table.topics}
