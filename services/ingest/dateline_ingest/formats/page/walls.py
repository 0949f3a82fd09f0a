"""Pages that stand where a story should: checks of browsers, log-ins, consent walls, notices, and texts cut short."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from dateline_ingest.beginnings import any_row, compiled
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import visible
from dateline_ingest.formats.page.phrases import is_title, site_sign
from dateline_ingest.formats.values.words import letters
from dateline_ingest.formats.xml.tree import Element
from dateline_ingest.tables import read_table

_SHORT = 700
"""Letters that a notice has at the most; a longer page must say by its title that it is one."""
_LONG = 6000
"""Letters from which a page is a story, whatever its title says."""
_NOTHING = 250
"""Letters of a page that says no more than its title."""
_HALF, _PART = 0.5, 0.2
"""Share of the text that must say so: without such a title, and with one."""
_MOST = 8
_LONGEST = 300
_LONGEST_LINE = 1500
_STUB = 900
"""Letters that a text cut short has at the most; longer ones are taken to be whole."""
_LINES = ("p", "div", "h2", "h3", "h4", "span", "a")
_MOST_LINES = 400
_MOST_FIELDS = 60
_FRAME = frozenset(("header", "nav", "aside", "footer", "dialog"))


class _Row(Struct, frozen=True):
    name: str
    advice: str
    marks: str
    titles: tuple[str, ...]
    lines: tuple[str, ...]


class _Table(Struct, frozen=True):
    consent: str
    appeal: str
    appeals_for: str
    paywall: tuple[str, ...]
    walls: tuple[_Row, ...]


class Wall(Struct, frozen=True):
    """What kind of page this is instead of a story, and what to do."""

    name: str
    advice: str


class _Patterns(Struct, frozen=True):
    wall: Wall
    marks: re.Pattern[str]
    titles: re.Pattern[str]
    lines: re.Pattern[str]


@lru_cache(maxsize=1)
def _walls() -> tuple[_Patterns, ...]:
    return tuple(
        _Patterns(
            wall=Wall(name=row.name, advice=row.advice),
            marks=re.compile(row.marks, re.IGNORECASE),
            titles=compiled(any_row(row.titles)),
            lines=compiled(any_row(row.lines)),
        )
        for row in _table().walls
    )


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("pagewalls.toml", _Table)


@lru_cache(maxsize=1)
def _paywall() -> re.Pattern[str]:
    return compiled(any_row(_table().paywall))


@lru_cache(maxsize=1)
def _appeal() -> re.Pattern[str]:
    return re.compile(_table().appeal, re.IGNORECASE)


@lru_cache(maxsize=1)
def _appeals_for() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_table().appeals_for})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _consent() -> tuple[re.Pattern[str], re.Pattern[str]]:
    asks = next(one.lines for one in _walls() if "consent" in one.wall.name)
    return re.compile(_table().consent, re.IGNORECASE), asks


@lru_cache(maxsize=1024)
def answers_consent(label: str) -> bool:
    """Whether a button answers a question for consent."""
    return _consent()[0].fullmatch(label) is not None


@lru_cache(maxsize=1024)
def answers_appeal(label: str) -> bool:
    """Whether a link or a button answers a question for money."""
    return _appeal().fullmatch(label) is not None


def asks_for_itself(text: str) -> bool:
    """Whether who asks for money in a text speaks of itself there: "we", "our"."""
    return _appeals_for().search(text) is not None


def asks_consent(text: str) -> bool:
    """Whether a text asks its reader to agree to cookies and their like."""
    return _consent()[1].search(text) is not None


def wall_of(root: Element, told: tuple[str, ...], paragraphs: tuple[str, ...], *, article: bool) -> Wall | None:
    """The wall that a page is instead of a story: by its titles, by what most of its text says, by a check or a form in
    it.

    ``told`` are its headline and title, ``paragraphs`` its text. ``article`` says that the page states when an article
    came out: then it is a wall only if it says nothing else.
    """
    if sum(map(len, paragraphs)) > (_SHORT if article else _LONG):
        return None
    titles = _own_titles(told), _headings(root)
    said = {one.wall: share for one in _walls() if (share := _share(one, root, titles, paragraphs, article))}
    return max(said, key=said.__getitem__, default=None)


def _own_titles(told: tuple[str, ...]) -> tuple[str, ...]:
    """What the page calls itself: with the site's name and without it."""
    cut = (site_sign().split(text, maxsplit=1)[0] for text in told[1:])
    return tuple(text for text in dict.fromkeys((*told, *cut)) if len(text) <= _LONGEST)


def _headings(root: Element) -> tuple[str, ...]:
    return tuple(visible(one, most=_LONGEST) for one in islice(root.iter("h1", "h2"), _MOST))


def _share(
    one: _Patterns,
    root: Element,
    titles: tuple[tuple[str, ...], tuple[str, ...]],
    paragraphs: tuple[str, ...],
    article: bool,
) -> float:
    """How much of the page says that it is this wall; 0 where that is too little.

    ``titles`` are its own and its headings: under its own title of few words, a form of the wall's kind is enough. What
    stands under a headline of its own is a story, whatever the boxes beside it are called.
    """
    size = sum(map(letters, paragraphs))
    own, headings = titles
    named = list(filter(one.titles.fullmatch, own))
    story = article or (not named and size > _NOTHING and any(text in headings for text in filter(is_title, own)))
    titled = bool(named) or any(map(one.titles.fullmatch, headings))
    if not titled and (story or size > _SHORT):
        return 0
    said = sum(letters(text) for text in paragraphs if len(text) <= _LONGEST_LINE and one.lines.search(text))
    if story:
        enough = said >= _HALF * size
    elif titled:
        enough = size <= _NOTHING or said >= _PART * size or (not all(map(is_title, named)) and _asks(one, root))
    else:
        enough = said >= _HALF * size or (said > 0 and _is_marked(one, root))
    return titled + said / size if enough else 0


def _is_marked(one: _Patterns, root: Element) -> bool:
    parts = islice(root.iter("div", "form", "section", "main", "input", "body"), 200)
    names = (f"{part.get('id') or ''} {part.get('class') or ''}" for part in parts)
    return any(one.marks.fullmatch(word) for text in names for word in text.split())


def _asks(one: _Patterns, root: Element) -> bool:
    """Whether the page has a field of the wall's kind, such as for a password, outside its frame."""
    fields = (
        field for field in islice(root.iter("input"), _MOST_FIELDS) if one.marks.fullmatch(field.get("type") or "")
    )
    return any(
        not any(above.tag in _FRAME or tells(names_of(above), "frame") for above in field.iterancestors())
        for field in fields
    )


def is_cut_short(region: Element, paragraphs: tuple[str, ...], *, free: bool) -> bool:
    """Whether a page shows only the beginning of its story: little text, and a line in place of the rest.

    ``free`` is false where the page states that its story is for subscribers.
    """
    if sum(map(len, paragraphs)) > _STUB or sum(map(letters, paragraphs)) > _STUB:
        return False
    parts = (
        one for one in islice(region.iter(*_LINES), _MOST_LINES) if next(one.iterchildren("div", "p"), None) is None
    )
    lines = (visible(one, most=_LONGEST + 1) for one in parts)
    return not free or any(_paywall().search(line) for line in lines if 0 < len(line) <= _LONGEST)
