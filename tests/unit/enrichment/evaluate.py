"""How well the rules find what an editor would, on the labelled set: ``python tests/unit/enrichment/evaluate.py``."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from msgspec import Struct, convert

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evaluating import Score, head, line

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
            scores[kind].add(got, wanted)
            if loud and wanted != got:
                print(f"{story.language} {story.headline[:40]!r} {kind}:")
                print(f"    wrong {sorted(got - wanted)} missed {sorted(wanted - got)}")
    return scores


if __name__ == "__main__":
    print(head())
    for file in ("labelled.toml", "heldout.toml"):
        stories = labelled(file)
        print(f"{file}: {len(stories)} stories")
        for kind, score in evaluate(stories, loud="-v" in sys.argv).items():
            print(line(kind, score))
