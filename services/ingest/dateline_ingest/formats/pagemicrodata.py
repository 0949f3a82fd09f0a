"""Microdata (WHATWG HTML, section 5): what the page's article says of itself in ``itemprop`` attributes."""

from __future__ import annotations

from collections.abc import Iterator

from dateline_ingest.formats.pageparts import visible
from dateline_ingest.formats.xmltree import Element
from dateline_schemas.story import CreditElement

_LONGEST = 300
_MOST = 400
_TEXTS = {
    "headline",
    "alternativeheadline",
    "datepublished",
    "datemodified",
    "description",
    "inlanguage",
    "articlesection",
}
_TEXTS |= {"keywords", "copyrightnotice", "credittext", "license", "usageinfo"}
_AGENTS = {
    "author": "author",
    "creator": "creator",
    "contributor": "contributor",
    "editor": "contributor",
    "sourceorganization": "source",
    "provider": "provider",
    "publisher": "publisher",
    "copyrightholder": "copyrightholder",
}
_STATEMENTS = {"copyrightnotice": "copyrightnotice", "credittext": "creditline"}


class Microdata:
    """The properties of the first article item of a page."""

    __slots__ = ("_texts", "credits")

    def __init__(self, root: Element, types: tuple[str, ...]) -> None:
        """``types`` are the schema.org types that are an article, the likeliest first."""
        self._texts: dict[str, str] = {}
        found: dict[CreditElement, None] = {}
        item = _item(root, types)
        for name, element in _properties(item) if item is not None else ():
            if name in _TEXTS and (text := _value(element)):
                self._texts.setdefault(name, text)
            where = _AGENTS.get(name) or _STATEMENTS.get(name)
            text = _named(element) if name in _AGENTS else _value(element)
            if where and text:
                found.setdefault(CreditElement(where=where, value=text, role=_type(element)))
        self.credits = tuple(found)

    def text(self, *names: str) -> str:
        """The first of these properties that the article has, in lower case."""
        return next((self._texts[name] for name in names if name in self._texts), "")


def _item(root: Element, types: tuple[str, ...]) -> Element | None:
    ranked = [
        (types.index(kind), at, element)
        for at, element in enumerate(root.xpath("(//*[@itemscope and @itemtype])[position() <= 200]"))
        if (kind := _type(element)) in types
    ]
    return min(ranked, key=lambda each: each[:2])[2] if ranked else None


def _type(element: Element) -> str:
    return (element.get("itemtype") or "").strip().rstrip("/").rpartition("/")[2]


def _properties(item: Element) -> Iterator[tuple[str, Element]]:
    """Properties of the item itself: those inside another item within it are that one's."""
    stack, left = list(reversed(item)), _MOST
    while stack and left:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        for name in (element.get("itemprop") or "").lower().split():
            left -= 1
            yield name, element
        if element.get("itemscope") is None:
            stack.extend(reversed(element))


def _value(element: Element) -> str:
    """The property's value: content, the time of a time element, else the text."""
    stated = element.get("content") or element.get("datetime")
    text = " ".join(stated.split()) if stated else visible(element, most=_LONGEST + 1)
    return text if len(text) <= _LONGEST else ""


def _named(element: Element) -> str:
    """The name of a person or organisation: its item's name, else the property's own text."""
    if element.get("itemscope") is None:
        text = _value(element)
        return "" if text.startswith(("http:", "https:")) else text
    return next((text for name, inner in _properties(element) if name == "name" and (text := _value(inner))), "")
