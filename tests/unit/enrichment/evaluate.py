"""Stories labelled with all that they are about, and how well the rules find it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from evaluating import Score
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


def labelled() -> list[Labelled]:
    """The set, which the rules were tuned on."""
    table = tomllib.loads((Path(__file__).parent / "labelled.toml").read_text(encoding="utf-8"))
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


def evaluate(stories: list[Labelled]) -> dict[str, Score]:
    """Kind of fact -> score over the stories."""
    scores = {kind: Score() for kind in ("places", "people", "organisations", "topics")}
    for story in stories:
        for kind, got in found(story).items():
            scores[kind].add(got, getattr(story, kind))
    return scores
