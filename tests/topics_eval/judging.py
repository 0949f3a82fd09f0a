"""What the words tell of a labelled text, and how that compares."""

from __future__ import annotations

from collections.abc import Iterable

from evaluating import Score
from msgspec import Struct

from dateline_enrichment.language import primary
from dateline_enrichment.topics import topics
from dateline_enrichment.vocabulary import vocabulary
from dateline_schemas.story import Story
from topics_eval.labelled import Labelled

LEVELS = (1, 2)


class Judged(Struct, frozen=True):
    """A labelled text with the topics that its words tell."""

    item: Labelled
    codes: frozenset[str]

    def got(self, level: int) -> frozenset[str]:
        """The topics found at a level that are not such as the label leaves open."""
        open_ = self.item.also | (
            frozenset() if level == 1 else {code for code in self.item.topics if _level(code) == 1}
        )
        at_level = _at(self.codes, level)
        return frozenset(
            code
            for code in at_level
            if code in self.wanted(level) or not (code in _at(open_, level) or vocabulary().path(code)[0] in open_)
        )

    def wanted(self, level: int) -> frozenset[str]:
        """The topics at a level that are right."""
        return _at(self.item.topics, level)

    @property
    def right(self) -> bool:
        """Whether nothing is wrong or missing."""
        return all(self.got(level) == self.wanted(level) for level in LEVELS)


def judge(item: Labelled) -> Judged:
    """The topics that the words tell, by the package's tables."""
    found = topics(Story(guid="labelled"), item.language, item.headline, item.text)
    return Judged(item, frozenset(topic.code for topic in found))


def score(judged: Iterable[Judged], level: int, topic: str = "") -> Score:
    """The counts at a level; of one topic alone if named."""
    total = Score()
    for one in judged:
        got, wanted = one.got(level), one.wanted(level)
        if topic:
            got, wanted = got & {topic}, wanted & {topic}
        total.add(got, wanted)
    return total


def language(one: Judged) -> str:
    """The language of the text, without region or script."""
    return primary(one.item.language)


def _level(code: str) -> int:
    return len(vocabulary().path(code))


def _at(codes: Iterable[str], level: int) -> frozenset[str]:
    """The topics at this level that these are or lie under."""
    return frozenset(vocabulary().path(code)[level - 1] for code in codes if _level(code) >= level)
