"""The parts of a story in which a credit may stand, each with the kinds of place that it may be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import eq

from msgspec import Struct

from dateline_attribution.ruletable import Place
from dateline_attribution.spelling import exact, spelled
from dateline_attribution.textends import lead_of, tail_of
from dateline_schemas.story import Story

_PLACE_OF_CREDIT: dict[str, Place] = {
    "provider": "provider",
    "creditline": "creditline",
    "byline": "byline",
    "author": "author",
    "creator": "author",
    "contributor": "author",
    "dateline": "dateline",
    "copyrightholder": "holder",
    "copyrightnotice": "holder",
    "infosource": "source",
    "source": "source",
    "service": "service",
    "publisher": "publisher",
    "endline": "mark",
    "picture": "picture",
}
_FIELDS: tuple[tuple[str, Place], ...] = (
    ("provider", "provider"),
    ("creditline", "creditline"),
    ("byline", "byline"),
    ("dateline", "dateline"),
    ("copyright_holder", "holder"),
    ("copyright_notice", "holder"),
)
_OF_NO_COPY = frozenset(("jobtitle", "Resent-From", "Resent-Sender"))
"""Roles of what says nothing of whose copy it is: the code of a maker's post, and who passed a mail on (RFC 5322)."""
_AS_LINE: dict[Place, tuple[Place, ...]] = {"source": ("source", "mark")}
"""A source may be said in the words of an end line."""
_OPENING = 3
"""Paragraphs that may hold a dateline or a byline: a summary and a byline often stand above the lead."""
_ENDING = 8
"""Paragraphs at the end that may hold a credit line; never more than half of the text."""
_PLACES_IN_BODY: dict[tuple[bool, bool], tuple[Place, ...]] = {
    (False, False): ("body",),
    (False, True): ("opening", "body"),
    (True, False): ("ending", "body"),
    (True, True): ("ending", "opening", "body"),
}
"""(near the end, near the beginning) -> places."""
_CAPTION: tuple[Place, ...] = ("caption",)
_HEADLINE: tuple[Place, ...] = ("headline",)
_TITLED: tuple[Place, ...] = ("opening", "body", "headline")
"""A first line that may be the headline, where none is stated."""
_WHERES = tuple(f"paragraphs[{index}]" for index in range(100))
"""Names of the fields of the first hundred paragraphs, made once."""
_WHOLE = 400
"""Characters from which a first paragraph may have an end line in it, as whole texts have."""
_ONLY = 80
"""The same if it is the only paragraph."""
_CREDIT = 80
"""Most characters of a picture credit; a longer one is a caption with the credit somewhere in it."""
_TITLE = 120
"""Most characters of a first paragraph that may be the headline."""
_STOPS = ".!?…。।؟:)"
"""What no headline ends with."""
_TWICE = 160
"""Most characters of a line that is a caption if it stands there twice."""
_LINE = 12_000
_STORY = 200_000
"""Most characters of a paragraph, and of a story, that are looked at; longer ones are tables or no copy at all."""


class Piece(Struct, frozen=True):
    """A part of a story: where it stands, what it may be, its exact text and the text that rules see."""

    where: str
    places: tuple[Place, ...]
    exact: str
    text: str


def pieces(story: Story) -> list[Piece]:
    """The parts of a story in which a credit may stand, statements of the message before its text."""
    found = [*_stated(story), *_headlines(story), *_body(story), *_pictures(story)]
    left = _STORY
    for index, piece in enumerate(found):
        left -= len(piece.text)
        if left < 0:
            return found[:index]
    return found


def _piece(where: str, places: tuple[Place, ...], text: str) -> Piece:
    text = text[:_LINE]
    if text.isascii() and "\t" not in text:
        return Piece(where, places, text, text)
    plain = exact(text)
    return Piece(where, places, plain, spelled(plain))


def _stated(story: Story) -> Iterator[Piece]:
    seen: set[tuple[Place, str]] = set()
    for name, place in _FIELDS:
        value: str = getattr(story, name)
        if name == "provider":
            place = _provides(story)
        if value and (place, value) not in seen:
            seen.add((place, value))
            yield _piece(name, (place,), value)
    for index, credit in enumerate(story.credits):
        stated = _PLACE_OF_CREDIT.get(credit.where) if credit.role not in _OF_NO_COPY else None
        if stated == "picture" and len(credit.value) > _CREDIT:
            stated = "caption"
        if stated and credit.value and (stated, credit.value) not in seen:
            seen.add((stated, credit.value))
            yield _piece(f"credits[{index}].{credit.where}", _AS_LINE.get(stated, (stated,)), credit.value)


def _provides(story: Story) -> Place:
    """What the provider is: the sender of a message; a page's publisher, or its source if another one publishes it."""
    place: Place = "provider"
    for credit in story.credits:
        if credit.where == "publisher":
            if credit.value != story.provider:
                return "source"
            place = "publisher"
        elif credit.where == "provider" and credit.value == story.provider:
            return "provider"
    return place


def _headlines(story: Story) -> Iterator[Piece]:
    if story.headline:
        yield _piece("headline", ("headline",), story.headline)
    if story.subheadline:
        yield _piece("subheadline", ("opening", "headline"), story.subheadline)
    if story.summary:
        yield _piece("summary", ("opening", "body"), story.summary)


def _body(story: Story) -> Iterator[Piece]:
    paragraphs = story.paragraphs
    count = len(paragraphs)
    ending = min(count - min(_ENDING, max(3, count // 2)), tail_of(paragraphs))
    lead = lead_of(paragraphs)
    opening = max(_OPENING, lead + 2) if lead else _OPENING
    whole = _ONLY if count == 1 or not ending else _WHOLE
    again = _again(story) if story.headline in paragraphs or any(map(eq, paragraphs, paragraphs[1:])) else {}
    if count > 1 and not story.headline and _is_title(paragraphs[0]):
        again[paragraphs[0]] = _TITLED
    for index, paragraph in enumerate(paragraphs):
        if paragraph:
            where = _WHERES[index] if index < len(_WHERES) else f"paragraphs[{index}]"
            last = index >= ending and (index > 0 or len(paragraph) >= whole)
            places = (again and again.get(paragraph)) or _PLACES_IN_BODY[last, index < opening]
            yield _piece(where, places, paragraph)


def _is_title(line: str) -> bool:
    return 0 < len(line) <= _TITLE and line[-1] not in _STOPS


def _again(story: Story) -> dict[str, tuple[Place, ...]]:
    """Lines that stand in the text twice, as captions do, and the headline if it does; each with its places."""
    lines = story.paragraphs
    again = {line: _CAPTION for line, other in pairwise(lines) if line == other and len(line) <= _TWICE}
    again[story.headline] = _HEADLINE
    return again


def _pictures(story: Story) -> Iterator[Piece]:
    for index, item in enumerate(story.associations):
        if item.type not in ("", "text"):
            if item.creditline:
                yield _piece(f"associations[{index}].creditline", ("picture",), item.creditline)
            for name in ("caption", "headline"):
                if value := getattr(item, name):
                    yield _piece(f"associations[{index}].{name}", ("caption",), value)
