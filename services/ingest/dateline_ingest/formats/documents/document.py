"""Reads a word processor's document as wire copy: by its lines, as plain text. Pure."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Limits, Message
from dateline_ingest.formats.text import reading as text
from dateline_ingest.formats.values.words import fold
from dateline_schemas.story import CreditElement, Story

_MEASURE = 100
"""Characters up to which lines may have been broken by hand; a paragraph of running text has more."""


class Document(Struct, frozen=True, kw_only=True):
    """What a document says. When it was saved is left out: templates keep that of years ago."""

    lines: tuple[str, ...]
    """Its paragraphs, empty ones too; a break within one is a line feed."""
    title: str = ""
    author: str = ""
    company: str = ""
    language: str = ""


def written(lines: tuple[str, ...]) -> str:
    """The lines as plain text: a blank one between paragraphs, unless lines were broken by hand.

    Copy from a wire's text has a paragraph for each line, and an empty one between paragraphs.
    """
    lines = tuple(line.rstrip() for line in lines)
    parted = "" in lines[1:-1]
    by_hand = parted and max(map(len, lines), default=0) <= _MEASURE
    return ("\n" if by_hand else "\n\n").join(lines)


def story_in(document: Document, limits: Limits, format: str) -> Story:
    """The story. The file's properties fill in what the text does not say. Raises Unparseable."""
    lines = written(document.lines)
    if not lines.strip():
        raise Unparseable("the document has no text in it; pictures of text are not read, send the text", format=format)
    said = Message(data=lines.encode("utf-8", "replace"), hint="text/plain; charset=utf-8", limits=limits)
    try:
        (story,) = text.read(said)
    except Unparseable as fault:
        raise fault.within(format) from fault
    made = (("creator", document.author), ("publisher", document.company))
    return replace(
        story,
        headline=story.headline or fold(document.title),
        language=story.language or document.language,
        credits=(
            *story.credits,
            *[CreditElement(where=where, value=fold(name), role="file") for where, name in made if name.strip()],
        ),
    )
