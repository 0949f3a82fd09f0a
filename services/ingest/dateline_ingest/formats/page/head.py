"""The lines that stand between a page's headline and its text, whatever the parts are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from dateline_ingest.formats.page.dates import is_time
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import IMAGES, UNSEEN, is_picture_credit, visible, within
from dateline_ingest.formats.page.phrases import by_name, is_by_author
from dateline_ingest.formats.values.words import fold, letters
from dateline_ingest.formats.xml.tree import Element

_LONGEST = 60
"""Characters of a statement."""
_LONGEST_LINE = 120
"""Characters of a part that is a line of statements."""
_LARGEST = 15
"""Elements of a part that is a line, or a picture with its caption."""
_MOST_LOOKED = 300
"""Parts behind the headline that are looked at."""
_HIGH = 3
"""Levels above a picture up to which a link may be around it."""
_TEXTS = ("p", "h2", "h3", "h4", "div")
_MOST_TEXTS = 600
"""Parts that are searched for the element of the lead."""
_OPENS = 40
"""Characters by which the first paragraph is known."""
_UNSEEN = UNSEEN | {"nav", "figure", "form", "aside"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_BUTTONS = frozenset(("button", "input", "select"))
_LETTERS = 2
"""Characters beside a button that may be a label: ``AA`` makes letters larger, and is an agency too."""
_MEDIA = frozenset((*IMAGES, "picture", "video", "figure"))
_FIGURES = re.compile(r"(?<=\d)h(?=\d)|[\d\W]+")
_SORTED = re.compile(
    r"/(?:tags?|topics?|categor\w*|sections?|themen?|temas?|etiquetas?|labels?|rubri\w*|dossiers?)/", re.IGNORECASE
)
"""Addresses of lists of stories: a link to one names a subject, no source."""


def head_lines(
    title: Element | None, region: Element, paragraphs: tuple[str, ...], left_out: set[Element], bars: list[Element]
) -> Iterator[str]:
    """Lines between the headline and the first paragraph, and behind it where it is a lead set apart.

    Those of several parts are told by their parts as well. Pictures with what stands under them, links to lists of
    stories and the parts in ``left_out`` are passed over; the latter are put into ``bars``.
    """
    if title is None or not paragraphs:
        return
    yield from _lines(title, region, paragraphs[0][:_OPENS], left_out, bars)
    if len(paragraphs) > 1 and (lead := _lead(region, paragraphs)) is not None:
        yield from _lines(lead, region, paragraphs[1][:_OPENS], left_out, bars)


def bar_dates(bars: Iterable[Element]) -> Iterator[str]:
    """What the parts of bars of buttons say that are called a date, and a bar that says nothing else."""
    for bar in bars:
        text = visible(bar, most=_LONGEST)
        yield from (text,) if is_time(_FIGURES.sub(" ", text)) else ()
        yield from (visible(part, most=_LONGEST) for part in _in_bar(bar) if tells(names_of(part), "about"))


def _lead(region: Element, paragraphs: tuple[str, ...]) -> Element | None:
    """The element of the first paragraph, if it is of another kind or in another part than that of the second."""
    wanted = dict.fromkeys(paragraphs[:2])
    openings = tuple(text[:_OPENS] for text in wanted)
    for one in islice(region.iter(*_TEXTS), _MOST_TEXTS):
        if visible(one, most=2 * _OPENS).startswith(openings):
            text = visible(one, most=len(paragraphs[0]) + len(paragraphs[1]))
            if text in wanted:
                wanted[text] = one
                if all(part is not None for part in wanted.values()):
                    break
    first, second = wanted[paragraphs[0]], wanted.get(paragraphs[1])
    if first is None or second is None or _kind(first) == _kind(second):
        return None
    return first


def _kind(element: Element) -> tuple[object, ...]:
    around = [(one.tag, one.get("class")) for one in islice(element.iterancestors(), 1)]
    return element.tag, element.get("class"), *around


def _lines(title: Element, region: Element, first: str, left_out: set[Element], bars: list[Element]) -> Iterator[str]:
    above = {region, *title.iterancestors()}
    begun = False
    stack: list[Element | str] = [region]
    left = _MOST_LOOKED
    while stack and left:
        one = stack.pop()
        if isinstance(one, str):
            if begun:
                if one.startswith(first):
                    return
                yield one
        elif one is title:
            begun = True
            yield from _signed(title)
        elif not begun:
            stack += _inside(one) if one in above else ()
        elif not isinstance(one.tag, str) or one.tag in _UNSEEN:
            continue
        elif one in left_out:
            bars.append(one)
            yield from _signed(one)
        else:
            left -= 1
            text = visible(one, most=_LONGEST_LINE + 1)
            if text.startswith(first) or (one.tag == "p" and len(text) > _LONGEST_LINE):
                return
            parts = list(within(one, _LARGEST + 1))
            long = len(text) > _LONGEST_LINE or (len(text) > _LONGEST and letters(text) > _LONGEST_LINE)
            if long or len(parts) > _LARGEST or first in text or _has_portrait(one, parts):
                stack += _inside(one)
            elif not any(map(_is_of_a_picture, parts)):
                least = _LETTERS if any(part.tag in _BUTTONS for part in parts) else 0
                yield from (line for line in _said(one, text) if len(line) > least)


def _signed(part: Element) -> Iterator[str]:
    """A line such as "By Jane Roe" in a bar of buttons or a heading, or the name in a box about the author."""
    inside = _in_bar(part)
    lines = (line for one in inside for line in (visible(one, most=_LONGEST + 1), *_beginnings(one)))
    named = (visible(one, most=_LONGEST + 1) for one in inside if is_by_author(one))
    found = [*(line for line in lines if by_name().fullmatch(line)), *(name for name in named if " " in name)]
    yield from sorted(found, key=len)[:1]


def _in_bar(noise: Element) -> list[Element]:
    """The parts of one that is called noise, if it holds no other story."""
    parts = list(within(noise, 2 * _LARGEST))
    names = names_of(noise)
    if (
        tells(names, "related")
        or tells(names, "teaser")
        or any(part.tag in _HEADINGS for part in parts if part is not noise)
    ):
        return []
    return parts


def _is_of_a_picture(part: Element) -> bool:
    """Whether a part is a picture, its caption or its credit."""
    names = names_of(part)
    return part.tag in _MEDIA or tells(names, "picture") or is_picture_credit(part, names)


def _has_portrait(line: Element, parts: list[Element]) -> bool:
    """Whether a line about the story has its author's picture in it, or a link to the author has."""
    portraits = [part for part in parts if part.tag in _MEDIA]
    return bool(portraits) and (
        tells(names_of(line), "byline")
        or any(map(is_by_author, (above for one in portraits for above in islice(one.iterancestors(), _HIGH))))
    )


def _inside(element: Element) -> list[Element | str]:
    """What an element contains, parts and the text between them, the last first."""
    found: list[Element | str] = [fold(element.text or "")]
    for part in element:
        found += (part, fold(part.tail or ""))
    return [one for one in reversed(found) if one != ""]


def _said(element: Element, text: str) -> Iterator[str]:
    """The whole line, and its parts where no text stands between them, since then it is no sentence."""
    if tells(names_of(element), "elsewhere"):
        return
    if any(_SORTED.search(link.get("href") or "") for link in element.iter("a")):
        return
    yield from (by for by in _beginnings(element) if by != text and by_name().fullmatch(by))
    yield text
    between = (element.text, *(part.tail for part in element))
    if not any(char.isalpha() for own in between for char in own or ""):
        for part in element.iterchildren("*"):
            yield from _said(part, visible(part, most=_LONGEST_LINE + 1))


def _beginnings(line: Element) -> tuple[str, ...]:
    """What a line of several parts says before its first part, and with it: a date may follow an author."""
    own, part = fold(line.text or ""), next(line.iterchildren("*"), None)
    return (own, f"{own} {visible(part, most=_LONGEST_LINE + 1)}") if part is not None else ()
