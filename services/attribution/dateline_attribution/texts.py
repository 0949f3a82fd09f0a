"""Which parts of a story are looked at, and as what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from dateline_attribution.rules import Place
from dateline_attribution.spelling import exact, spelled
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
_AS_LINE: dict[Place, tuple[Place, ...]] = {"source": ("source", "mark")}
"""A source may be said in the words of an end line."""
_OPENING = 3
"""Paragraphs that may hold a dateline or a byline: a summary and a byline often stand above the lead."""
_LEAD = 100
"""Characters from which a paragraph is text rather than a caption or another line above it."""
_HEAD = 8
"""Paragraphs among which the text begins."""
_ENDING = 8
"""Paragraphs at the end that may hold a credit line; never more than half of the text."""
_PLACES_IN_BODY: dict[tuple[bool, bool], tuple[Place, ...]] = {
    (False, False): ("body",),
    (False, True): ("opening", "body"),
    (True, False): ("ending", "body"),
    (True, True): ("ending", "opening", "body"),
}
"""By whether it is near the end, and near the beginning."""
_WHERES = tuple(f"paragraphs[{index}]" for index in range(100))
"""The fields of most paragraphs: a story has the same ones as the next."""
_WHOLE = 400
"""Characters from which a first paragraph is a whole text, with a beginning and an end."""
_ONLY = 80
"""The same for one that is the only one."""
_CREDIT = 80
"""Characters of a picture credit; more is a caption with the credit somewhere in it."""
_LINE = 12_000
_STORY = 200_000
"""Characters of a paragraph and of a story that are looked at: longer ones are tables or no copy at all."""


class Piece(Struct, frozen=True):
    """A part of a story: where it stands, what it may be, its exact text and the text that rules see."""

    where: str
    places: tuple[Place, ...]
    exact: str
    text: str


def pieces(story: Story) -> list[Piece]:
    """The parts of a story in which a credit may stand, statements of the message before its text."""
    found = [*_stated(story), *_headlines(story), *_body(story.paragraphs), *_pictures(story)]
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
        stated = _PLACE_OF_CREDIT.get(credit.where)
        if stated == "picture" and len(credit.value) > _CREDIT:
            stated = "caption"
        if stated and credit.value and (stated, credit.value) not in seen:
            seen.add((stated, credit.value))
            yield _piece(f"credits[{index}].{credit.where}", _AS_LINE.get(stated, (stated,)), credit.value)


def _provides(story: Story) -> Place:
    """What the provider is: who sent the message; on a page who publishes it, which may be called anything, or whom
    the one who publishes it names as the source.
    """
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


def lead_of(paragraphs: Sequence[str]) -> int:
    """Which paragraph begins the text: the first long one, where captions, a name, a time stand above it; else 0."""
    if not paragraphs or len(paragraphs[0]) >= _LEAD:
        return 0
    return next((at for at, text in enumerate(paragraphs[:_HEAD]) if len(text) >= _LEAD), 0)


def _body(paragraphs: tuple[str, ...]) -> Iterator[Piece]:
    count = len(paragraphs)
    ending = count - min(_ENDING, max(3, count // 2))
    lead = lead_of(paragraphs)
    opening = max(_OPENING, lead + 2) if lead else _OPENING
    whole = _ONLY if count == 1 else _WHOLE
    for index, paragraph in enumerate(paragraphs):
        if paragraph:
            last = index >= ending and (index > 0 or len(paragraph) >= whole)
            where = _WHERES[index] if index < len(_WHERES) else f"paragraphs[{index}]"
            yield _piece(where, _PLACES_IN_BODY[last, index < opening], paragraph)


def _pictures(story: Story) -> Iterator[Piece]:
    for index, item in enumerate(story.associations):
        if item.type not in ("", "text"):
            if item.creditline:
                yield _piece(f"associations[{index}].creditline", ("picture",), item.creditline)
            for name in ("caption", "headline"):
                if value := getattr(item, name):
                    yield _piece(f"associations[{index}].{name}", ("caption",), value)
