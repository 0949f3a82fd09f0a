"""Parts of a page: what a reader sees in one, and what it is by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.values.words import fold, letters
from dateline_ingest.formats.xml.tree import Element

IMAGES = ("img", "amp-img")
_LARGEST_BOX = 15
"""Elements in a part that is a picture with its caption."""
_BESIDE = 2
"""Parts on either side of an image for readers without scripts that may be the same for others."""
_MOST_PARTS = 100
"""Parts that a statement has beyond one for each of its characters, at most."""
_FILES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
_NOWHERE = ("#", "javascript:")
UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "button", "iframe", "select", "textarea"))
"""Elements of which a reader sees no text."""
_DISPLAY_NONE = re.compile(r"display\s?:\s?none", re.IGNORECASE)
_FOR_SCREEN_READERS = frozenset(
    ("visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "assistive-text")
)
_INLINE = frozenset(("span", "b", "strong", "em", "i", "font", "a"))
_PIECES = 20
"""Parts of a paragraph whose text is looked at."""
_SENTENCE = 40
"""Letters of a paragraph's own text that make it running text."""
STOPS = (".", "!", "?", "…", "。", "！", "？", "।", "॥", "؟", "۔", "።", "៕", "။", "։", "།", "។")
"""Full stops of all scripts."""
ENDS = (*STOPS, "”", '"', "»", "“", ")", "'", "’", "」", "』")
"""What a sentence ends with."""
_TITLE = re.compile(r"(?<![^\s.(])[A-Z]\w{0,3}\.$")
"""A short word before a name, such as ``Mr.`` or ``U.S.``"""


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
        shown = isinstance(one.tag, str) and one.tag not in UNSEEN
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
    return len(inside) <= _LARGEST_BOX and any(one.tag in (*IMAGES, "picture") for one in inside)


def is_picture_credit(element: Element, names: str) -> bool:
    """Whether a part is called a credit and stands right behind a caption.

    ``names`` are those that ``names_of`` gives.
    """
    if not names or not tells(names, "credit"):
        return False
    before = element.getprevious()
    return before is not None and isinstance(before.tag, str) and tells(names_of(before), "picture")


def images(part: Element) -> Iterator[Element]:
    """The images in a part, once each: one for readers without scripts is a copy if it stands beside another."""
    return (one for one in part.iter(*IMAGES) if not _is_copy(one))


def _is_copy(image: Element) -> bool:
    around = next(image.iterancestors("noscript"), None)
    if around is None:
        return False
    beside = (islice(around.itersiblings(preceding=before), _BESIDE) for before in (True, False))
    return any(holds(one, *IMAGES) for one in chain.from_iterable(beside))


def leads_to_image(link: Element) -> bool:
    """Whether a link around an image shows it larger: it is to an image by itself, or a script opens it."""
    href = (link.get("href") or "#").lower()
    return href.startswith(_NOWHERE) or href.split("?")[0].endswith(_FILES)


def is_hidden(element: Element) -> bool:
    """Whether a part is marked as one that no reader sees."""
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _DISPLAY_NONE.search(style) is not None)


def is_label(element: Element) -> bool:
    """Whether a part is read to those who do not see the page."""
    return not _FOR_SCREEN_READERS.isdisjoint(names_of(element).lower().split())


def holds(part: Element, *tags: str) -> bool:
    """Whether a part is or has an element with one of these tags."""
    return next(part.iter(*tags), None) is not None


def lies_in(part: Element, *tags: str) -> bool:
    """Whether an element with one of these tags is around a part."""
    return next(part.iterancestors(*tags), None) is not None


def is_larger(part: Element, most: int) -> bool:
    """Whether a part has more elements than ``most``, itself counted."""
    return next(islice(part.iter(), most, None), None) is not None


def is_link(part: Element) -> bool:
    """Whether a part is a link."""
    return bool(part.tag == "a")


def within(element: Element, most: int) -> Iterator[Element]:
    """The first elements of a part, itself included, in the order of the page."""
    return islice(element.iter(), most)


def common_part(one: Element, other: Element) -> Element:
    """The smallest element that holds both."""
    above = {*one.iterancestors(), one}
    return next(found for found in (other, *other.iterancestors()) if found in above)


def in_sentence(element: Element) -> bool:
    """Whether an element is words within a sentence of a paragraph, such as ``CAIRO —`` or a linked name, whatever it
    is called. What follows a full stop may be a button or a source, unless the sentence goes on behind it, and a line
    that ends without a full stop a byline; what is no paragraph may be one all the same, if words stand on both sides
    of what is no author.
    """
    above, behind = element.getparent(), (element.tail or "").lstrip()
    if element.tag not in _INLINE or above is None or not behind:
        return False
    previous = element.getprevious()
    before = ((above.text if previous is None else previous.tail) or "")[-10:].rstrip()
    amid = behind.lstrip(",; ")[:1].islower() and not _is_author(element)
    if above.tag == "p":
        last = above[-1].tail or above[-1].text or ""
        begins = before.endswith(STOPS) and not _TITLE.search(before) and not amid
        if begins or not last.rstrip().endswith(ENDS):
            return False
    elif not (behind[0].islower() and before[-1:].isalnum()) or _is_author(element):
        return False
    own = (above.text, *(one.tail for one in islice(above, _PIECES)))
    return sum(letters(text) for text in own if text) >= _SENTENCE and not _is_apart(element, before)


def _is_apart(element: Element, before: str) -> bool:
    """Whether what stands amid a sentence is none of it: a label such as "Advertisement", or a sentence of its own."""
    text = visible(element)
    own = text.endswith(STOPS) and before[-1:].isalnum() and text[0].isupper() and " " in text
    return own or verdict(text, begun=False) == "noise"


def _is_author(element: Element) -> bool:
    return element.get("rel") == "author" or tells(names_of(element), "about")
