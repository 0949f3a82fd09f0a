"""How well the rules find what an editor would, on the labelled set: ``python tests/unit/enrichment/evaluate.py``."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from msgspec import Struct, convert

from dateline_enrichment.analyse import facts
from dateline_schemas.credit import Credit
from dateline_schemas.story import Story


class Labelled(Struct, frozen=True):
    """A story with what it is about."""

    language: str
    headline: str
    text: str
    places: frozenset[str]
    people: frozenset[str]
    organisations: frozenset[str]
    topics: frozenset[str]


class Score(Struct):
    """Right, wrong and missed facts of a kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the labelled that is found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def labelled(file: str = "labelled.toml") -> list[Labelled]:
    """A set: ``labelled.toml``, which the rules were tuned on, or ``heldout.toml``, which they were not."""
    table = tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    return convert(table["story"], list[Labelled])


def found(story: Labelled) -> dict[str, frozenset[str]]:
    """What the rules find, in the terms of the labels."""
    facts_ = facts(
        Story(guid="x", language=story.language, headline=story.headline, paragraphs=tuple(story.text.split("\n"))),
        Credit(agencies=("AFP", "Reuters", "dpa", "EFE", "STT", "TT", "ANP", "PAP", "Lusa")),
    )
    return {
        "places": frozenset(place.id for place in facts_.places),
        "people": frozenset(person.name for person in facts_.people),
        "organisations": frozenset(body.name for body in facts_.organisations),
        "topics": frozenset(topic.path[0] for topic in facts_.topics),
    }


def evaluate(stories: list[Labelled], loud: bool = False) -> dict[str, Score]:
    """Kind of fact -> score over the stories; ``loud`` prints each difference."""
    scores = {kind: Score() for kind in ("places", "people", "organisations", "topics")}
    for story in stories:
        for kind, got in found(story).items():
            wanted: frozenset[str] = getattr(story, kind)
            score = scores[kind]
            score.right += len(wanted & got)
            score.wrong += len(got - wanted)
            score.missed += len(wanted - got)
            if loud and wanted != got:
                print(f"{story.language} {story.headline[:40]!r} {kind}:")
                print(f"    wrong {sorted(got - wanted)} missed {sorted(wanted - got)}")
    return scores


if __name__ == "__main__":
    for file in ("labelled.toml", "heldout.toml"):
        stories = labelled(file)
        print(f"{file}: {len(stories)} stories")
        for kind, score in evaluate(stories, loud="-v" in sys.argv).items():
            figures = f"F1 {score.f1:.2f}  precision {score.precision:.2f}  recall {score.recall:.2f}"
            print(f"  {kind:14} {figures}  (right {score.right}, wrong {score.wrong}, missed {score.missed})")
