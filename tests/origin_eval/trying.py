"""Agency texts in an index, edited copies and other texts looked up in it, and what came of each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from attribution_eval.labelled import labelled
from msgspec import Struct

from dateline_attribution.copywords import words
from dateline_attribution.originindex import OriginIndex, Window
from dateline_attribution.overlaps import overlap
from dateline_attribution.tableset import package_tables
from dateline_schemas.credit import Credit, Origin
from dateline_schemas.events import Recorded, StoryAttributed
from dateline_schemas.story import Story
from origin_eval.editor import COPIES, NO_COPIES, Editor, sentences

BEGIN = datetime(2031, 5, 6, tzinfo=UTC)
RULES = package_tables().origins
SAME = 0.8
"""Overlap from which on two files have the same text: another format, another version."""
SENTENCE = range(30, 300)
"""Characters of a sentence."""
EDITED = 5
"""Sentences of a text that can be edited at all."""
OWN_LANGUAGE = 20
"""Sentences of pages in a language that are enough to be an outlet's own reporting in it."""


class Source(Struct, frozen=True):
    """A text of an agency or an outlet."""

    name: str
    language: str
    body: tuple[str, ...]


class Tried(Struct, frozen=True):
    """One text that was looked up."""

    kind: str
    kept: float
    """Share of the agency's words; 0 for a text that has none by intention."""
    name: str
    language: str
    is_copy: bool
    origin: str
    """Name of the text that was found; empty if none was."""
    right: bool
    """Whether the found one is the text that was edited, or the same text in another file."""
    overlap: float


def sources(name: str) -> list[Source]:
    """Texts of ``wires`` or ``pages`` that are long enough to be looked up."""
    stories = [(item.name, item.language, item.story) for item in labelled(name) if item.story is not None]
    found = [Source(file, language or "und", story.paragraphs) for file, language, story in stories]
    return [source for source in found if len(words(source.body, RULES.longest)) >= RULES.fewest]


def alike(texts: Sequence[Source]) -> dict[str, frozenset[str]]:
    """For each text the names of those that are the same."""
    rows = [(text.name, words(text.body, RULES.longest)) for text in texts]
    return {
        name: frozenset(other for other, there in rows if overlap(row, there, RULES).share >= SAME)
        for name, row in rows
    }


def indexed(texts: Sequence[Source], footer: Sequence[str] = ()) -> OriginIndex:
    """An index of the texts, as the log would have them."""
    index = OriginIndex(RULES, Window(7, len(texts) + 1))
    for nth, text in enumerate(texts):
        event = StoryAttributed(
            story_id=f"s{nth}",
            version=text.name,
            ordinal=1,
            feed="wire",
            story=Story(guid=text.name, paragraphs=(*text.body, *footer)),
            credit=Credit(agencies=("AFP",), role="sole"),
        )
        index.apply(Recorded(event, nth + 1, BEGIN + timedelta(seconds=nth)))
    return index


def looked_up(index: OriginIndex, body: Sequence[str]) -> Origin | None:
    """What a text without a credit would be marked with."""
    return index.origin(Story(guid="x", paragraphs=tuple(body)), "x", 1_000_000, BEGIN + timedelta(days=1))


def tries(seed: int) -> Iterator[Tried]:
    """Every agency text in every edit, every page, every agency text among the others."""
    rng = random.Random(seed)
    wires, pages = sources("wires"), sources("pages")
    same = alike(wires)
    index = indexed(wires)
    for text in [text for text in wires if len(sentences(text.body)) >= EDITED]:
        editor = Editor(rng, _own(pages, text.language), _words(wires, text))
        for edits, is_copy in ((COPIES, True), (NO_COPIES, False)):
            for kind, (edit, shares) in edits.items():
                for kept in shares:
                    body = edit(editor, text.body, kept)
                    if len(words(body, RULES.longest)) >= RULES.fewest:
                        found = looked_up(index, body)
                        yield _tried(kind, kept, text, found, is_copy, same[text.name])
    for text in wires:
        others = indexed([other for other in wires if other.name not in same[text.name]])
        yield _tried("another agency's", 0, text, looked_up(others, text.body), False, frozenset())
    yield from (_tried("page", 0, page, looked_up(index, page.body), False, frozenset()) for page in pages)
    yield from _boilerplate(wires, pages)


def _boilerplate(wires: Sequence[Source], pages: Sequence[Source]) -> Iterator[Tried]:
    """Pages that end with as long a text as all agency stories of an outlet do."""
    footer = (
        "Every reader of this paper may write to its editors about anything that stands in it, by post or in "
        "person at the counter in the hall, where coffee is served until the presses start at ten at night and "
        "where the bound volumes of all earlier years can be read by whoever has washed hands and a pencil.",
    )
    index = indexed(wires, footer)
    for page in pages:
        body = (*page.body[:1], *footer)
        if len(words(body, RULES.longest)) >= RULES.fewest:
            yield _tried("boilerplate", 0.5, page, looked_up(index, body), False, frozenset())


def _tried(kind: str, kept: float, text: Source, found: Origin | None, is_copy: bool, right: frozenset[str]) -> Tried:
    return Tried(
        kind=kind,
        kept=kept,
        name=text.name,
        language=text.language,
        is_copy=is_copy,
        origin=found.version if found else "",
        right=found is not None and found.version in right,
        overlap=found.overlap if found else 0.0,
    )


def _own(pages: Sequence[Source], language: str) -> list[str]:
    """Sentences of pages, in the language if there are enough; lists and headings of pages are no sentences."""

    def of(texts: Sequence[Source]) -> list[str]:
        return [part for text in texts for part in sentences(text.body) if len(part) in SENTENCE]

    spoken = of([page for page in pages if page.language == language])
    return spoken if len(spoken) >= OWN_LANGUAGE else of(pages)


def _words(wires: Sequence[Source], text: Source) -> list[str]:
    spoken = [
        word for other in wires if other.language == text.language for line in other.body for word in line.split()
    ]
    return spoken or ["other"]
