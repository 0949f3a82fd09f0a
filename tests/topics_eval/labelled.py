"""The labelled sets: texts, each with the Media Topics that an editor would give it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, convert

from dateline_enrichment.language import language as language_of
from dateline_enrichment.topics import stated
from dateline_enrichment.vocabulary import vocabulary
from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Story

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("DATELINE_SHARED", HERE.parents[2] / "shared"))
SETS = ("development", "heldout", "wires")
FEWEST_WORDS = 40
"""A wire with fewer words in its body is a note to editors, a caption or a table."""


class Labelled(Struct, frozen=True, kw_only=True):
    """A text and its topics: IPTC codes of level 1 or 2."""

    language: str
    headline: str
    text: str
    topics: frozenset[str]
    """What must be told."""
    also: frozenset[str] = frozenset()
    """What is neither wrong nor needed; a topic of level 1 stands for all under it."""
    trap: bool = False
    """Whether it is full of the words of another topic."""


def labelled(name: str) -> tuple[Labelled, ...]:
    """A set of ``SETS``; ``wires`` are empty where the shared folder is absent."""
    if name == "wires":
        return tuple(_wires())
    table = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
    return convert(tuple(table["story"]), tuple[Labelled, ...])


def _wires() -> Iterator[Labelled]:
    """The wires whose sender states topics: they are the label, and hidden from what is judged."""
    for path in sorted((SHARED / "wires").glob("*/*")):
        if path.is_file():
            try:
                stories = parse(path.read_bytes()).stories
            except Unparseable:
                continue
            yield from filter(None, map(_of_wire, stories))


def _of_wire(story: Story) -> Labelled | None:
    """The wire's text, labelled with the topics of level 1 that its sender states; None where there are none."""
    body = "\n".join(story.paragraphs)
    count = len(body.split())
    said = frozenset(topic.path[0] for topic in stated(story.subjects, vocabulary()))
    if count < FEWEST_WORDS or not said:
        return None
    return Labelled(
        language=language_of(story.language, body, count).code, headline=story.headline, text=body, topics=said
    )
