"""Parts of a page that are about other stories: their bylines, captions and credits say nothing of this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.page.boxes import title_links
from dateline_ingest.formats.page.clutter import Clutter
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import (
    IMAGES,
    STOPS,
    holds,
    images,
    is_picture_box,
    leads_to_image,
    lies_in,
    visible,
    within,
)
from dateline_ingest.formats.page.phrases import is_by_author, is_title, whose_picture
from dateline_ingest.formats.values.words import bare
from dateline_ingest.formats.xml.tree import Element

_FRAMES = ("figure", *IMAGES)
_UNLOOKED = ("nav", "script", "style", "noscript", "template", "svg")
_WORDED = frozenset(("p", "blockquote", "dd"))
_MOST = 300
"""Pictures of a page that are looked at."""
_SEARCHED = 200
"""Elements of a box, at most."""
_BESIDE = 5
"""Links beside one that are looked at."""
_HIGHEST = 6
"""Levels above a picture up to which the box around it may reach."""
_LONGEST = 2000
_LONGEST_POINTER = 60
"""Characters that a box of links says beside them."""
_LINKED = 0.5
"""Share of its title in what a figure says, from which it is a teaser."""
_HELD = 0.1
"""Share of the page's prose that a box may hold."""
_ENDS = tuple(stop for stop in STOPS if stop not in "?？؟")
"""What captions end with, and titles do not."""
_POINTERS = ("others", "related")
"""Verdicts on lines that say that other stories follow."""


class Others:
    """What on a page is other stories', told by its names, its links and the lines above them."""

    __slots__ = ("_heavy", "_kept", "_own", "_parts", "_prose")

    def __init__(
        self, parts: Iterable[Element], own: Iterable[Element], titles: Iterable[str], clutter: Clutter
    ) -> None:
        """Judge the boxes around the pictures in ``parts``.

        What holds one of ``own``, the headline and the text, is never another story's; ``titles`` are the story's.
        """
        self._kept = {above for one in own for above in chain((one,), one.iterancestors())}
        self._own = tuple(bare(title) for title in titles)
        self._prose = clutter.prose.of
        self._heavy = _HELD * clutter.prose.total
        self._parts = clutter.teasers - self._kept
        judged: dict[Element, bool] = {}
        for picture in islice(chain.from_iterable(one.iter(*_FRAMES) for one in parts), _MOST):
            box = next((one for one in self._around(picture) if self._is_known(one, judged)), None)
            self._parts |= {box} if box is not None else set()

    def hold(self, part: Element) -> bool:
        """Whether a part is about other stories, or a link to one."""
        return part not in self._kept and (part in self._parts or leads_elsewhere(part))

    def _around(self, picture: Element) -> Iterator[Element]:
        """A picture and the boxes around it that hold neither the story's headline nor its text."""
        for above in islice(chain((picture,), picture.iterancestors()), _HIGHEST):
            if above in self._kept or self._prose(above) > self._heavy or _is_large(above):
                return
            yield above

    def _is_known(self, box: Element, judged: dict[Element, bool]) -> bool:
        if box not in judged:
            judged[box] = self._is_teaser(box) or _points(box) or (box.tag == "figure" and _is_linked_title(box))
        return judged[box]

    def _is_teaser(self, box: Element) -> bool:
        """Whether each picture in a box has the title of another story beside it."""
        pictures = sum(1 for _ in images(box))
        told = (visible(one, most=_LONGEST) for one in title_links(box))
        titles = [title for title in told if is_title(title) and not self._is_own(title)]
        return bool(titles) and pictures <= len(titles)

    def _is_own(self, title: str) -> bool:
        return any(bare(title) in own for own in self._own)


def leads_elsewhere(element: Element) -> bool:
    """Whether a part is about other stories by what it is called, or a link to one."""
    if element.tag in _UNLOOKED:
        return True
    if element.tag == "a" and holds(element, "figure", "img"):
        return not leads_to_image(element) and not _is_portrait(element)
    names = names_of(element)
    if not tells(names, "elsewhere") or (not holds(element, "a") and is_picture_box(element, names)):
        return False
    return tells(names, "related") or any(map(_is_worded, within(element, _SEARCHED)))


def _is_portrait(link: Element) -> bool:
    """Whether a link with a picture is to what an author wrote, and no other story has its title beside it."""
    if not is_by_author(link):
        return False
    around = link.getparent()
    beside = islice(around.iter("a"), _BESIDE) if around is not None else ()
    return not any(is_title(visible(one, most=_LONGEST)) for one in beside if one is not link)


def _is_worded(part: Element) -> bool:
    """Whether a part is a paragraph that is no caption, as those of a story's own carousel are."""
    if part.tag not in _WORDED or tells(names_of(part), "picture"):
        return False
    return not lies_in(part, "figcaption")


def _is_large(box: Element) -> bool:
    inside = list(within(box, _SEARCHED + 1))
    return len(inside) > _SEARCHED or any(one.tag == "h1" for one in inside)


def _points(box: Element) -> bool:
    """Whether a box says that other stories follow, or is set aside and holds nothing but pictures and links."""
    if box.tag == "figure":
        return any(verdict(visible(one, most=_LONGEST), begun=True) in _POINTERS for one in box.iter("figcaption"))
    if box.tag in IMAGES or next(_links(box), None) is None or len(visible(box, most=_LONGEST + 1)) > _LONGEST:
        return False
    if verdict(_first_line(box), begun=True) in _POINTERS:
        return True
    said = visible(box, lambda one: one.tag in ("a", "figure"), most=_LONGEST_POINTER + 1) if box.tag == "aside" else ""
    return box.tag == "aside" and len(said) <= _LONGEST_POINTER


def _first_line(box: Element) -> str:
    """What the first part of a box says that has words of its own."""
    first = next((one for one in box.iter() if isinstance(one.tag, str) and (one.text or "").strip()), box)
    return visible(first, most=_LONGEST_POINTER)


def _links(box: Element) -> Iterator[str]:
    """The titles of other pages that a box links, outside its captions."""
    for link in box.iter("a"):
        if not leads_to_image(link) and not lies_in(link, "figcaption"):
            title = visible(link, most=_LONGEST)
            if is_title(title):
                yield title


def _is_linked_title(figure: Element) -> bool:
    """Whether most of what a figure says is the title of another page, and a link to it."""
    said = len(visible(figure, most=_LONGEST))
    titles = (visible(one, most=_LONGEST) for one in figure.iter("a") if not leads_to_image(one))
    return any(
        is_title(one) and len(one) >= _LINKED * said and not one.endswith(_ENDS) and not whose_picture().search(one)
        for one in titles
    )
