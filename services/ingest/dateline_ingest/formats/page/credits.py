"""Credits that a reader sees on a page: bylines, source lines, captions and photo credits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.others import leads_elsewhere
from dateline_ingest.formats.page.parts import (
    IMAGES,
    holds,
    in_sentence,
    is_label,
    is_larger,
    is_picture_box,
    is_picture_credit,
    lies_in,
    visible,
    within,
)
from dateline_ingest.formats.page.phrases import LABELS, biography, by_name, is_source_line
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element
from dateline_ingest.instants import instant
from dateline_schemas.story import CreditElement

_LONGEST = 200
_LONGEST_CAPTION = 900
_LONGEST_LINE = 250
_LONGEST_ABOUT = 60
_DATE_DIGITS = 6
"""A short text with so many digits is a date."""
_BIOGRAPHY = 10
"""Gaps from which on a text in a byline's box may be a sentence."""
_MOST = 60
_MOST_LOOKED = 500
"""How many parts about the story are looked at; a page with more is no story page."""
_LARGEST = 60
"""Elements in a part that is one statement."""
_MOST_OPENERS = 5
_HIGHEST = 4
_ENDS = frozenset(("main", "body", "html"))
"""Above these, a picture before the headline belongs to the page, not to the story."""
_HEADED = frozenset(("h1", "h2", "h3", "h4", "article", "form", "nav", "li"))
_MEDIA = frozenset(("figure", "figcaption", "picture", "video"))
_SKIP = frozenset(("script", "style", "meta", "link", "body", "html", "main", "article", "form", "nav", "input"))
_NO_STATEMENTS = ("noise", "picture", "cut", "others")
"""Verdicts on lines that say nothing of who wrote the story."""


def visible_credits(
    region: Element, lines: set[Element], elsewhere: Callable[[Element], bool]
) -> tuple[CreditElement, ...]:
    """Bylines, sources and picture credits of the part of the page that is the story's, in order, each once.

    ``lines`` are captions that are not called one, ``elsewhere`` knows parts that are about other stories.
    """
    found: dict[CreditElement, None] = {}
    stack = [(region, False)]
    looked = 0
    while stack and len(found) < _MOST and looked < _MOST_LOOKED:
        element, media = stack.pop()
        if not isinstance(element.tag, str) or (element is not region and elsewhere(element)):
            continue
        names = names_of(element)
        media = media or element.tag in _MEDIA or is_picture_box(element, names)
        looked += tells(names, "about")
        if element in lines:
            said_by = _credit("picture", element, _LONGEST_CAPTION)
        else:
            said_by = _said_by(element, media) if element.tag not in _SKIP else iter(())
        for credit in said_by:
            found.setdefault(credit)
        within_media = media or tells(names, "picture")
        stack.extend((child, within_media) for child in reversed(element))
    return tuple(found)


def openers(region: Element) -> tuple[Element, ...]:
    """Pictures before the part with the headline, in the order of the page: the story opens with them."""
    found: list[Element] = []
    for above in islice((region, *region.iterancestors()), _HIGHEST):
        if above.tag in _ENDS or _is_one_of_many(above):
            break
        found += [one for one in islice(above.itersiblings(preceding=True), _MOST_OPENERS) if _opens(one)]
    return tuple(reversed(found))


def _is_one_of_many(element: Element) -> bool:
    """Whether an article stands among others: what is before it is another story."""
    return element.tag == "article" and any(
        next(beside, None) is not None
        for beside in (element.itersiblings("article", preceding=True), element.itersiblings("article"))
    )


def _opens(element: Element) -> bool:
    """Whether a part is one picture with its caption and no pointer to another story."""
    if not isinstance(element.tag, str) or leads_elsewhere(element) or tells(names_of(element), "elsewhere"):
        return False
    inside = list(within(element, _LARGEST + 1))
    if len(inside) > _LARGEST or any(one.tag in _HEADED for one in inside):
        return False
    figures = sum(one.tag == "figure" for one in inside)
    images = sum(one.tag in IMAGES for one in inside)
    return figures == 1 or tells(names_of(element), "picture") or (images == 1 and not visible(element, most=1))


def _said_by(element: Element, media: bool) -> Iterator[CreditElement]:
    names = names_of(element)
    if (names and (tells(names, "topics") or _is_label_of_byline(element))) or in_sentence(element):
        return
    if element.tag == "figcaption":
        yield from _credit("picture", element, _LONGEST_CAPTION)
    elif element.get("rel") == "author" or element.tag == "address":
        yield from _credit("byline", element, _LONGEST)
    elif element.tag == "p" and media and _is_beside_caption(element):
        yield from _credit("picture", element, _LONGEST)
    elif names and media:
        if tells(names, "picture") or tells(names, "media"):
            yield from _credit("picture", element, _LONGEST_CAPTION)
    elif (names and tells(names, "picture")) or is_picture_credit(element, names) or _is_captioned(element):
        yield from _credit("picture", element, _LONGEST_CAPTION)
    elif names and tells(names, "source"):
        yield from _credit("source", element, _LONGEST)
    elif names and tells(names, "byline"):
        yield from _credit("byline", element, _LONGEST)
    elif names and tells(names, "about") and not any(_is_credit(one) for one in within(element, _LARGEST)):
        signed = tells(names, "signed")
        yield from (one for one in _about(element) if signed or one.where == "byline" or is_plain_credit(one.value))


def _is_beside_caption(line: Element) -> bool:
    """Whether a line stands in a figure with a picture, beside its caption: it says whose the picture is."""
    figure = next(line.iterancestors("figure"), None)
    if figure is None or lies_in(line, "figcaption", "blockquote", "table"):
        return False
    return all(holds(figure, *tags) for tags in (IMAGES, ("figcaption",)))


def _is_captioned(element: Element) -> bool:
    """Whether a paragraph is a picture with a line under it."""
    if element.tag != "p" or not holds(element, *IMAGES):
        return False
    return len(visible(element, most=_LONGEST_LINE + 1)) <= _LONGEST_LINE


def _about(element: Element) -> Iterator[CreditElement]:
    """A short text beside the headline without a date; of a longer text, or one with a date in it, its parts."""
    text = visible(element, _is_moment, most=_LONGEST + 1)
    for part in (element,) if len(text) <= _LONGEST_ABOUT and not _is_date(text) else element:
        if isinstance(part.tag, str) and not _is_date(visible(part, _is_moment, most=_LONGEST)):
            yield from _credit("source", part, _LONGEST_ABOUT)


def _is_date(text: str) -> bool:
    return sum(char.isdigit() for char in text) >= _DATE_DIGITS


def _is_credit(element: Element) -> bool:
    names = names_of(element)
    return tells(names, "byline") or tells(names, "source") or tells(names, "picture")


def _credit(where: str, element: Element, longest: int) -> Iterator[CreditElement]:
    if is_larger(element, _LARGEST):
        return
    text = _listed(element) if where == "byline" else ""
    text = text or visible(element, _is_moment, most=longest + 1) or (_drawn(element) if where != "picture" else "")
    if not 1 < len(text) <= longest or not any(char.isalpha() for char in text) or instant(text):
        return
    unsaid = _NO_STATEMENTS if where != "picture" else ("noise",)
    if verdict(text, begun=True) in unsaid and not is_plain_credit(text):
        return
    if (where == "byline" and _is_biography(text)) or (where != "picture" and text.endswith(LABELS)):
        return
    if where == "byline" and is_source_line(text):
        where = "source"
    elif where == "source" and by_name().fullmatch(text) and not is_plain_credit(text):
        where = "byline"
    yield CreditElement(where=where, value=text)


def _listed(element: Element) -> str:
    """What a byline says that is a list with labels for screen readers: its lines without them, parted by commas."""
    lines = list(islice(element.iterdescendants("li"), _MOST_OPENERS))
    if not any(is_label(part) for one in lines for part in within(one, _LARGEST)):
        return ""
    return ", ".join(text.rstrip(",") for one in lines if (text := visible(one, _is_unshown, most=_LONGEST)))


def _is_label_of_byline(element: Element) -> bool:
    above = element.getparent()
    return above is not None and is_label(element) and tells(names_of(above), "byline")


def _is_unshown(element: Element) -> bool:
    return _is_moment(element) or is_label(element)


def _drawn(element: Element) -> str:
    """The name of the only image in a part without text: an agency's logo."""
    images = list(element.iter(*IMAGES))
    return fold(images[0].get("alt") or "") if len(images) == 1 else ""


def _is_biography(text: str) -> bool:
    """Whether a text in a box about the author is a sentence about them: whom they worked for is no source."""
    return text.count(" ") >= _BIOGRAPHY and text.endswith(".") and biography().search(text) is not None


def _is_moment(element: Element) -> bool:
    """A time, or a row of buttons, inside a byline."""
    if element.tag == "time":
        return True
    if element.tag == "a" and verdict(visible(element, most=_LONGEST_ABOUT + 1), begun=False) == "noise":
        return True
    names = names_of(element)
    return bool(names) and any(
        word in names.lower().split() for word in ("date", "time", "timestamp", "share", "social")
    )
