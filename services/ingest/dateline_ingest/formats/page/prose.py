"""How much prose the parts of a page hold."""

from __future__ import annotations

from lxml.html import defs

from dateline_ingest.formats.page.parts import UNSEEN
from dateline_ingest.formats.values.words import fold, letters, listed
from dateline_ingest.formats.xml.tree import Element

_UNSEEN = UNSEEN | set(listed("nav dialog figure menu video audio"))
PROSE = frozenset(("p", "blockquote", "li", "h2", "h3"))
_NESTED = frozenset(("li", "blockquote"))
"""Prose that may contain prose: then only the inner one counts."""
LOOSE = frozenset(("div", "section", "article", "td", "span", "font", "center"))
_KNOWN = frozenset(defs.tags)
"""What HTML names: an element that it does not name holds text like a ``div``, unless it stands amid text, as an
address in angle brackets does.
"""
LEAST = 40
"""Letters of a paragraph that counts as prose."""
_MOST = 50_000
"""Letters of a paragraph that are weighed, so that a page whose text is one paragraph is read as fast as any other."""
_LINKED = 0.6
_ITEM_WEIGHT = 0.3


class Prose:
    """How much prose every part of a page holds."""

    __slots__ = ("_held", "_own", "total")

    def __init__(self, root: Element, dropped: set[Element], weighed: Prose | None = None) -> None:
        """Weigh the page without ``dropped``. ``weighed`` is the same page, weighed before without other parts."""
        self._held: dict[Element, float] = {}
        self._own: dict[Element, float] = weighed._own if weighed is not None else {}
        held, own = self._held, self._own
        around: dict[Element, bool] = {}
        order: list[Element] = []
        stack = [root]
        while stack:
            element = stack.pop()
            if isinstance(element.tag, str) and element.tag not in _UNSEEN and element not in dropped:
                order.append(element)
                stack.extend(element)
        for element in reversed(order):
            inner = sum([held[child] for child in element if child in held])
            if inner and element.tag in _NESTED:
                held[element] = inner
                continue
            if (size := own.get(element)) is None:
                size = own[element] = _prose(element, around)
            held[element] = max(inner, size)
        self.total = held.get(root, 0.0)

    def __contains__(self, element: Element) -> bool:
        """Whether an element was weighed: it is shown, and in none of the parts left out."""
        return element in self._held

    def of(self, element: Element) -> float:
        """Letters of prose in an element."""
        return self._held.get(element, 0.0)


def _prose(element: Element, around: dict[Element, bool]) -> float:
    """``around``: which parts, of those that were asked, hold text around their children."""
    if element.tag in PROSE:
        own = fold("".join(element.itertext())[:_MOST])
        size = letters(own)
        if size < LEAST:
            return 0.0
        linked = sum(len(fold("".join(link.itertext()))) for link in element.iter("a"))
        weight = _ITEM_WEIGHT if element.tag == "li" else 1.0
        return weight * size if linked < len(own) * _LINKED else 0.0
    if element.tag in LOOSE:
        return _loose(element)
    return 0.0 if element.tag in _KNOWN or _is_amid(element, around) else _loose(element)


def _is_amid(element: Element, around: dict[Element, bool]) -> bool:
    above = element.getparent()
    if above is None:
        return False
    if above not in around:
        around[above] = _loose(above) > 0
    return around[above]


def _loose(element: Element) -> float:
    """Letters of what an element says beside its children, if that is as much as a paragraph."""
    own = fold(" ".join([element.text or "", *(child.tail or "" for child in element)])[:_MOST])
    size = letters(own)
    return float(size) if size >= 2 * LEAST else 0.0
