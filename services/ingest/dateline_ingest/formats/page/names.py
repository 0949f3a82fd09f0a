"""What the names that a page gives its parts tell: noise, credit, caption or the story's text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Literal

from msgspec import Struct

from dateline_ingest.formats.values.words import bare
from dateline_ingest.formats.xml.tree import Element
from dateline_ingest.tables import read_table

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s_-]+")
_LABEL = "aria-labelledby"
_ATTRIBUTES = frozenset(
    ("class", "id", "role", "data-testid", "data-component", "itemprop", "data-qa", "data-gu-name", _LABEL)
)
_UNANCHORED = _ATTRIBUTES - {"id"}
_LONGEST_NAME = 400
_LONGEST_WORD = 60
_AMP = "amp-"
"""Components of AMP pages. They are known by their names, and hold what is of the story, too."""
_ANCHORED = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
"""Headings. Their ids are made of their words, so that links can point at them."""
_BEGINS = 8
"""Elements of a part among which the heading is that it begins with."""


Kind = Literal[
    "frame",
    "foot",
    "wall",
    "related",
    "noise",
    "teaser",
    "elsewhere",
    "about",
    "signed",
    "when",
    "lead",
    "tags",
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


class _Phrases(Struct, frozen=True):
    whose: str
    sites: str
    no_deck: tuple[str, ...]
    newsroom: str
    word: str
    name: str
    beside: str
    own: str
    account: str
    author: str
    dated: str
    biography: str


class _Table(Struct, frozen=True):
    builder: str
    names: dict[Kind, str]
    implied: dict[Kind, tuple[Kind, ...]]
    phrases: _Phrases


@lru_cache(maxsize=1)
def _table() -> _Table:
    """How pages name their parts and word their bylines, read once."""
    return read_table("page.toml", _Table)


def phrases() -> _Phrases:
    """How pages word their bylines and credits."""
    return _table().phrases


@lru_cache(maxsize=1)
def _builder() -> re.Pattern[str]:
    return re.compile(_table().builder)


@lru_cache(maxsize=1)
def _patterns() -> dict[Kind, re.Pattern[str]]:
    return {kind: re.compile(row, re.IGNORECASE) for kind, row in _table().names.items()}


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
    said = [kind for kind, pattern in _patterns().items() if pattern.fullmatch(word)]
    return frozenset(said).union(*(_table().implied.get(kind, ()) for kind in said))


def names_of(element: Element) -> str:
    """The words in an element's class, id and role: ``entryContent post-body`` gives ``entry Content post body``,
    and each name again in one piece. A web component is called something by its tag as well.
    """
    stated, tag = element.items(), element.tag
    component = tag.__class__ is str and "-" in tag and not tag.startswith(_AMP)
    if not stated:
        return _worded(tag) if component else ""
    attributes = _ATTRIBUTES if tag not in _ANCHORED else _UNANCHORED
    said = [
        value
        for name, value in stated
        if name in attributes and value and not (name == _LABEL and _is_anchor(element, value))
    ]
    said += [tag] if component else []
    return _worded(" ".join(said)[:_LONGEST_NAME]) if said else ""


def _is_anchor(element: Element, label: str) -> bool:
    """Whether a part's label is the id of a heading that it begins with, made of the heading's words."""
    heads = (one for one in islice(element.iter(), _BEGINS) if one.tag in _ANCHORED and one.get("id") == label)
    return any(bare("".join(head.itertext())) == bare(label) for head in heads)


@lru_cache(maxsize=20_000)
def _worded(said: str) -> str:
    said = _builder().sub("", said)
    whole = dict.fromkeys(name.strip("-_") for name in dict.fromkeys(said.split()) if len(name) <= _LONGEST_WORD)
    joined = " ".join(whole)
    pieces = _BETWEEN.split(f"{joined} {_CAMEL.sub(' ', joined)}")
    named = [*whole, *(piece for piece in pieces if piece), *(name.replace("_", "-") for name in whole)]
    return " ".join(dict.fromkeys(named))
