"""What the names that a page gives its parts tell: noise, credit, caption or the story's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal

from msgspec import Struct

from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element
from dateline_ingest.tables import read_table

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s_-]+")
_ATTRIBUTES = frozenset(("class", "id", "role", "data-testid", "data-component", "itemprop", "data-qa"))
_UNANCHORED = _ATTRIBUTES - {"id"}
_LONGEST_NAME = 400
_LONGEST_WORD = 60
_ANCHORED = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
"""Headings. Their ids are made of their words, so that links can point at them."""
_LARGEST_BOX = 15
"""Elements in a part that is a picture with its caption."""
_MOST_PARTS = 100
"""Parts that a statement has beyond one for each of its characters, at most."""
_FILES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
_NOWHERE = ("#", "javascript:")
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "button", "iframe", "select", "textarea"))


class _Credits(Struct, frozen=True):
    byline: str
    source: str
    picture: str
    media: str
    credit: str
    box: str
    whose: str


class _Names(Struct, frozen=True):
    names: str


class _Headline(Struct, frozen=True):
    names: str
    sites: str


class _Head(Struct, frozen=True):
    word: str
    name: str
    own: str
    account: str
    author: str
    biography: str


class _Table(Struct, frozen=True):
    builder: str
    title: str
    frame: str
    foot: str
    wall: str
    related: str
    noise: str
    teaser: str
    elsewhere: str
    about: str
    lead: str
    topics: str
    credits: _Credits
    body: _Names
    headline: _Headline
    head: _Head


Kind = Literal[
    "frame",
    "foot",
    "wall",
    "related",
    "noise",
    "teaser",
    "elsewhere",
    "about",
    "lead",
    "topics",
    "byline",
    "source",
    "picture",
    "media",
    "credit",
    "box",
    "body",
    "headline",
    "title",
]
"""What the name of a part can tell. One part can be several of them."""


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("page.toml", _Table)


@lru_cache(maxsize=1)
def _builder() -> re.Pattern[str]:
    return re.compile(_table().builder)


@lru_cache(maxsize=1)
def _patterns() -> dict[Kind, re.Pattern[str]]:
    table = _table()
    told = table.credits
    rows: dict[Kind, str] = {
        "frame": table.frame,
        "foot": table.foot,
        "wall": table.wall,
        "related": table.related,
        "noise": f"{table.related}|{table.noise}",
        "teaser": table.teaser,
        "elsewhere": f"{table.related}|{table.elsewhere}",
        "about": table.about,
        "lead": table.lead,
        "topics": table.topics,
        "byline": told.byline,
        "source": told.source,
        "picture": told.picture,
        "media": told.media,
        "credit": told.credit,
        "box": told.box,
        "body": table.body.names,
        "headline": table.headline.names,
        "title": table.title,
    }
    return {kind: re.compile(row, re.IGNORECASE) for kind, row in rows.items()}


@lru_cache(maxsize=1)
def by_name() -> re.Pattern[str]:
    """A line such as "By Jane Roe": a word for authors, then a name of several words; or as its language has it."""
    head = _table().head
    return re.compile(f"(?:{head.word}){head.name}|{head.own}")


@lru_cache(maxsize=1)
def site_sign() -> re.Pattern[str]:
    """What parts a site's name from a headline: a sign between spaces or, in East Asia, a tight one where nothing else
    can be meant.
    """
    tight = rf"_(?=[\u2e80-\uffef])|-{{1,2}}(?=[\u2e80-\uffef]{{1,9}}(?:{_table().headline.sites})$)"
    return re.compile(rf"\s+(?:[|–—»‹›·•]|-|::)\s+|{tight}")


@lru_cache(maxsize=1)
def account() -> re.Pattern[str]:
    """The name of an account of a publishing system, which is nobody's."""
    return re.compile(_table().head.account)


@lru_cache(maxsize=1)
def by_word() -> re.Pattern[str]:
    """A word for authors right before a name, such as "by", "Von:" or "Eine Analyse von"."""
    return re.compile(rf"(?:^|.*\s)(?:{_table().head.word})\s?[:：]?\s*$")


@lru_cache(maxsize=1)
def whose_picture() -> re.Pattern[str]:
    """The part of a line under a picture that says whose it is: ``... / fot. Jan Roe``."""
    return re.compile(_table().credits.whose, re.IGNORECASE)


@lru_cache(maxsize=1)
def author_address() -> re.Pattern[str]:
    """The part of an address under which a page lists an author's stories."""
    return re.compile(_table().head.author, re.IGNORECASE)


@lru_cache(maxsize=1)
def biography() -> re.Pattern[str]:
    """A verb of what is told about an author."""
    return re.compile(_table().head.biography)


def tells(names: str, kind: Kind) -> bool:
    """Whether ``names_of`` a part say that it is of this kind."""
    return kind in _kinds(names)


@lru_cache(maxsize=32_768)
def _kinds(names: str) -> frozenset[Kind]:
    """All kinds that the names tell. Cached, since several are asked for of each part, and pages repeat their names."""
    return frozenset[Kind]().union(*[_told(word) for word in names.split() if len(word) <= _LONGEST_WORD])


@lru_cache(maxsize=32_768)
def _told(word: str) -> frozenset[Kind]:
    if sum(map(str.isdigit, word)) > 1:  # a number of its own or of what made the page: no two such words are alike
        return frozenset()
    return frozenset(kind for kind, pattern in _patterns().items() if pattern.fullmatch(word))


def names_of(element: Element) -> str:
    """The words in an element's class, id and role: ``entryContent post-body`` gives ``entry Content post body``,
    and each name again in one piece.
    """
    stated = element.items()
    if not stated:
        return ""
    attributes = _ATTRIBUTES if element.tag not in _ANCHORED else _UNANCHORED
    said = [value for name, value in stated if name in attributes and value]
    return _worded(" ".join(said)[:_LONGEST_NAME]) if said else ""


@lru_cache(maxsize=20_000)
def _worded(said: str) -> str:
    said = _builder().sub("", said)
    whole = dict.fromkeys(name.strip("-_") for name in dict.fromkeys(said.split()) if len(name) <= _LONGEST_WORD)
    joined = " ".join(whole)
    pieces = _BETWEEN.split(f"{joined} {_CAMEL.sub(' ', joined)}")
    named = [*whole, *(piece for piece in pieces if piece), *(name.replace("_", "-") for name in whole)]
    return " ".join(dict.fromkeys(named))


def visible(element: Element, leave_out: Callable[[Element], bool] | None = None, *, most: int = 4000) -> str:
    """Text that a reader sees in an element, folded, without the parts that ``leave_out`` picks.

    Gathering stops soon after ``most`` characters: a longer text is no statement, and need not be read to its end; nor
    is what has many more parts than that.
    """
    pieces: list[str] = []
    left, parts = most, most + _MOST_PARTS
    stack: list[Element | str] = [element]
    while stack and left > 0 and parts > 0:
        one = stack.pop()
        if isinstance(one, str):
            if said := one.strip():  # what indents a page's source is no text, and counts for none
                pieces.append(said)
                left -= len(said)
            continue
        parts -= 1
        if one is not element and one.tail:
            stack.append(one.tail)
        shown = isinstance(one.tag, str) and one.tag not in _UNSEEN
        if not shown or (one is not element and leave_out is not None and leave_out(one)):
            continue
        stack.extend(reversed(one))
        if one.text:
            stack.append(one.text)
    return fold(" ".join(pieces))


def is_picture_box(element: Element, names: str) -> bool:
    """Whether a part is called a picture and holds little else, as in pages without ``figure``.

    ``names`` are those that ``names_of`` gives.
    """
    if not names or not tells(names, "box") or tells(names, "byline"):
        return False
    inside = list(within(element, _LARGEST_BOX + 1))
    return len(inside) <= _LARGEST_BOX and any(one.tag in ("img", "amp-img", "picture") for one in inside)


def is_picture_credit(element: Element, names: str) -> bool:
    """Whether a part is called a credit and stands right behind a caption.

    ``names`` are those that ``names_of`` gives.
    """
    if not names or not tells(names, "credit"):
        return False
    before = element.getprevious()
    return before is not None and isinstance(before.tag, str) and tells(names_of(before), "picture")


def leads_to_image(link: Element) -> bool:
    """Whether a link around an image shows it larger: it is to an image by itself, or a script opens it."""
    href = (link.get("href") or "#").lower()
    return href.startswith(_NOWHERE) or href.split("?")[0].endswith(_FILES)


def within(element: Element, most: int) -> Iterator[Element]:
    """The first elements of a part, itself included, in the order of the page."""
    return islice(element.iter(), most)


def common_part(one: Element, other: Element) -> Element:
    """The smallest element that holds both."""
    above = {*one.iterancestors(), one}
    return next(found for found in (other, *other.iterancestors()) if found in above)
