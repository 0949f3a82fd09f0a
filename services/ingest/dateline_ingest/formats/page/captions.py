"""Captions that nothing is called: a short text under a picture that shares its box, is set apart, or credits the
picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import IMAGES, holds, images, leads_to_image, visible
from dateline_ingest.formats.page.phrases import is_phrase, whose_picture
from dateline_ingest.formats.values.words import letters, listed
from dateline_ingest.formats.xml.tree import Element

_MOST = 300
"""Images of a page that are looked at."""
_HIGHEST = 5
"""How many levels above an image the part may be that its caption follows."""
_TAGS = frozenset(listed("p div span em i small font center h5 h6 section strong b tr td dl dd"))
_APART = frozenset(("em", "i", "small", "center", "h6"))
_NEVER = frozenset(("html", "body", "main", "article", "figure", "ul", "ol", "a", "nav", "header", "footer", "aside"))
_HEADINGS = ("h1", "h2", "h3", "h4")
_NOT_WITHIN = (*_HEADINGS, *IMAGES, "input", "button", "figure", "ul", "ol", "table")
"""What no caption has in it."""
_LONGEST, _LONGEST_APART = 300, 200
"""Characters of a caption; of one that is known by its looks alone."""
_LEAST = 12
"""Letters of a caption that no credit tells."""
_LINKED = 0.6
"""Share of a caption that is links, at most."""
_SHARE = 0.25
"""Letters of such captions for each letter of prose, at most: a page with more of them is told in pictures."""


def unlabelled_captions(root: Element, noise: set[Element], total: float) -> set[Element]:
    """Elements that are captions of images, though nothing is called one there. None of them lies in ``noise``.

    ``total`` are the letters of prose on the page.
    """
    found: set[Element] = set()
    for image in islice(root.iter(*IMAGES), _MOST):
        if noise.isdisjoint(image.iterancestors()):
            found.update(_under(image))
    texts = {one: visible(one, most=_LONGEST) for one in found}
    plain = {one for one, text in texts.items() if not whose_picture().search(text)}
    return found if sum(letters(texts[one]) for one in plain) <= _SHARE * total else found - plain


def _under(image: Element) -> tuple[Element, ...]:
    """The pieces of the text that follows an image, if they are its caption."""
    part, around = image, image.getparent()
    if around is not None and around.tag == "a":
        if not leads_to_image(around):
            return ()
        part = around
    for _ in range(_HIGHEST):
        if (part.tail or "").strip():
            return ()
        behind = next(_texts_behind(part), None)
        above = part.getparent()
        if behind is not None:
            return _caption(part, behind)
        if above is None or above.tag in _NEVER or (above.text or "").strip() or not _holds_one(above):
            return ()
        part = above
    return ()


def _texts_behind(part: Element) -> Iterator[Element]:
    beside = (
        one for one in part.itersiblings() if isinstance(one.tag, str) and one.tag not in ("br", "script", "style")
    )
    return (one for one in islice(beside, 4) if one.tag in IMAGES or visible(one, most=1))


def _holds_one(part: Element) -> bool:
    return len(list(islice(images(part), 2))) == 1


def _caption(part: Element, behind: Element) -> tuple[Element, ...]:
    if not _may_be(behind):
        return ()
    if behind.tag in ("tr", "td"):
        return _table(behind)
    text = visible(behind, most=_LONGEST + 1)
    called = tells(names_of(behind), "media") or _is_apart(behind)
    if whose_picture().search(text) or (called and _says_enough(text, _LONGEST_APART)):
        return (behind,)
    box = behind.getparent()
    if box is None or box.tag in _NEVER or box.tag == "form" or not _holds_one(box):
        return ()
    pieces = [one for one in box if one is not part and isinstance(one.tag, str) and visible(one, most=1)]
    told = visible(box, most=_LONGEST_APART + 1)
    alone = len(pieces) == 1 or (len(pieces) == 2 and whose_picture().search(visible(pieces[1], most=_LONGEST)))
    return tuple(pieces) if alone and all(map(_may_be, pieces)) and _says_enough(told, _LONGEST_APART) else ()


def _table(cell: Element) -> tuple[Element, ...]:
    """The table around a picture and its caption, if it says nothing else: old pages set both in one."""
    table = next(cell.iterancestors("table"), None)
    said = visible(cell, most=_LONGEST + 1)
    alone = table is not None and _holds_one(table) and visible(table, most=_LONGEST + 1) == said
    return (table,) if table is not None and alone and _says_enough(said, _LONGEST) else ()


def _may_be(part: Element) -> bool:
    """Whether a part can be a caption by its kind and by what it is called, and is no other picture, heading, link."""
    if part.tag not in _TAGS or holds(part, *_NOT_WITHIN):
        return False
    names = names_of(part)
    if any(tells(names, kind) for kind in ("picture", "byline", "lead", "noise", "body", "headline")):
        return False
    text = visible(part, most=_LONGEST + 1)
    linked = sum(len(visible(link, most=_LONGEST)) for link in part.iter("a"))
    return len(text) <= _LONGEST and linked < _LINKED * len(text) and verdict(text, begun=False) in ("story", "picture")


def is_all_caption(figure: Element) -> bool:
    """Whether the text in a figure is a caption, though nothing in it is called one."""
    plain = not holds(figure, "a", "button", "input", "table", *_HEADINGS)
    return plain and _says_enough(visible(figure, most=_LONGEST_APART + 1), _LONGEST_APART)


def _says_enough(text: str, most: int) -> bool:
    if text.isupper() or len(text) > most or letters(text) < _LEAST or 4 * sum(map(str.isdigit, text)) > len(text):
        return False
    return is_phrase(text)


def _is_apart(part: Element) -> bool:
    """Whether a whole line looks different from the text around it: small, slanted or centred."""
    look = f"{part.get('style') or ''} {part.get('class') or ''} {part.get('align') or ''}".lower()
    if part.tag in _APART or "center" in look:
        return True
    only = part[0] if len(part) == 1 and not (part.text or "").strip() and not (part[0].tail or "").strip() else None
    return only is not None and only.tag in _APART
