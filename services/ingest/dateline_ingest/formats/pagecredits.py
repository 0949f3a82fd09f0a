"""Credits that a reader sees on a page: bylines, source lines, captions and photo credits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.endline import is_plain_credit
from dateline_ingest.formats.pageparts import names_of, tells, visible, within
from dateline_ingest.formats.xmltree import Element
from dateline_ingest.instants import instant
from dateline_schemas.story import Association, CreditElement

_LONGEST = 200
_LONGEST_CAPTION = 900
_LONGEST_ABOUT = 60
_DATE_DIGITS = 6
"""A short text with so many digits is a date."""
_MOST = 60
_MOST_LOOKED = 500
"""Parts about the story that are looked at; a page with more of them is no story page."""
_LARGEST = 60
"""Elements in a part that is one statement."""
_SEARCHED = 200
_MEDIA = frozenset(("figure", "figcaption", "picture", "video"))
_SKIP = frozenset(("script", "style", "meta", "link", "body", "html", "main", "article", "form", "nav", "input"))
_IMAGES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


def visible_credits(region: Element) -> tuple[CreditElement, ...]:
    """Bylines, sources and picture credits of the part of the page that is the story's, in order, each once."""
    found: dict[CreditElement, None] = {}
    stack = [(region, False)]
    looked = 0
    while stack and len(found) < _MOST and looked < _MOST_LOOKED:
        element, media = stack.pop()
        if not isinstance(element.tag, str) or (element is not region and _elsewhere(element)):
            continue
        media = media or element.tag in _MEDIA
        looked += tells(names_of(element), "about")
        for credit in _said_by(element, media) if element.tag not in _SKIP else ():
            found.setdefault(credit)
        stack.extend((child, media) for child in reversed(element))
    return tuple(found)


def _elsewhere(element: Element) -> bool:
    """A part about other stories, or a link to one."""
    if element.tag in ("nav", "script", "style", "noscript", "template", "svg"):
        return True
    if element.tag == "a" and next(element.iter("figure", "img"), None) is not None:
        return not (element.get("href") or "").lower().split("?")[0].endswith(_IMAGES)
    return tells(names_of(element), "elsewhere") and any(one.tag == "p" for one in within(element, _SEARCHED))


def _said_by(element: Element, media: bool) -> Iterator[CreditElement]:
    names = names_of(element)
    if element.tag == "figcaption":
        yield from _credit("picture", element, _LONGEST_CAPTION)
    elif element.get("rel") == "author" or element.tag == "address":
        yield from _credit("byline", element, _LONGEST)
    elif names and media:
        if tells(names, "picture") or tells(names, "media"):
            yield from _credit("picture", element, _LONGEST_CAPTION)
    elif names and tells(names, "picture"):
        yield from _credit("picture", element, _LONGEST_CAPTION)
    elif names and tells(names, "source"):
        yield from _credit("source", element, _LONGEST)
    elif names and tells(names, "byline"):
        yield from _credit("byline", element, _LONGEST)
    elif names and tells(names, "about") and not any(_is_credit(one) for one in within(element, _LARGEST)):
        yield from _about(element)


def _about(element: Element) -> Iterator[CreditElement]:
    """A short text beside the headline that is no date; of a longer one, its parts."""
    whole = len(visible(element, _is_moment, most=_LONGEST + 1)) <= _LONGEST_ABOUT
    for part in (element,) if whole else element:
        if isinstance(part.tag, str) and not _is_date(visible(part, _is_moment, most=_LONGEST)):
            yield from _credit("source", part, _LONGEST_ABOUT)


def _is_date(text: str) -> bool:
    return sum(char.isdigit() for char in text) >= _DATE_DIGITS


def _is_credit(element: Element) -> bool:
    names = names_of(element)
    return tells(names, "byline") or tells(names, "source") or tells(names, "picture")


def _credit(where: str, element: Element, longest: int) -> Iterator[CreditElement]:
    if sum(1 for _ in within(element, _LARGEST + 1)) > _LARGEST:
        return
    text = visible(element, _is_moment, most=longest + 1)
    if not 1 < len(text) <= longest or not any(char.isalpha() for char in text) or instant(text):
        return
    if where != "picture" and (verdict(text, begun=True) in ("noise", "cut") and not is_plain_credit(text)):
        return
    if where == "byline" and is_plain_credit(text) and ":" in text:
        where = "source"
    yield CreditElement(where=where, value=text)


def _is_moment(element: Element) -> bool:
    """A time, or a row of buttons, inside a byline."""
    if element.tag == "time":
        return True
    names = names_of(element)
    return bool(names) and any(
        word in names.lower().split() for word in ("date", "time", "timestamp", "share", "social")
    )


def pictures(region: Element, base: str) -> tuple[Association, ...]:
    """Figures with a caption, in the order of the page."""
    found = []
    for figure in region.iter("figure"):
        above = takewhile(lambda one: one is not region, figure.iterancestors())
        if figure is not region and any(_elsewhere(one) for one in (figure, *above)):
            continue
        caption = next(figure.iter("figcaption"), None)
        image = next(figure.iter("img", "amp-img"), None)
        source = (image.get("src") or image.get("data-src") or "") if image is not None else ""
        text = visible(caption) if caption is not None else ""
        if text:
            href = source if source.startswith("http") else ""
            found.append(Association(rel="picture", type="picture", href=href, caption=text[:_LONGEST_CAPTION]))
    return tuple(dict.fromkeys(found))[:50]
