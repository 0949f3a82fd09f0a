"""Microdata (WHATWG HTML, section 5) and RDFa Lite 1.1: what an article says of itself in ``itemprop`` or ``property``.

The terms are schema.org's, or rNews' (IPTC), from which schema.org took them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from dateline_ingest.formats.page.parts import visible
from dateline_ingest.formats.values.words import listed
from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import CreditElement

_ARTICLES = listed(
    "newsarticle reportagenewsarticle analysisnewsarticle backgroundnewsarticle article blogposting liveblogposting "
    "opinionnewsarticle askpublicnewsarticle reviewnewsarticle socialmediaposting report advertisercontentarticle "
    "claimreview webpage"
)
"""schema.org types that may be the page's article, the likeliest first, in small letters: themes write ``article``."""
_LONGEST = 300
_MOST = 400
AGENTS = {
    "author": "author",
    "creator": "creator",
    "contributor": "contributor",
    "editor": "contributor",
    "translator": "contributor",
    "producer": "contributor",
    "sourceorganization": "source",
    "provider": "provider",
    "publisher": "publisher",
    "copyrightholder": "copyrightholder",
    "accountableperson": "publisher",
}
"""schema.org property for a person or an organisation, in lower case -> ``CreditElement.where``."""
STATEMENTS = {"copyrightnotice": "copyrightnotice", "credittext": "creditline", "dateline": "dateline"}
"""The same for properties that are a statement of origin."""
_TEXTS = frozenset(
    listed(
        "headline alternativeheadline datepublished datemodified description inlanguage articlesection dateline "
        "keywords copyrightnotice credittext license usageinfo acquirelicensepage"
    )
)
_PREFIXES = ("rnews:", "schema:")
_BODY = "articlebody"


class Microdata:
    """The properties of the first article item of a page, or of a part of it."""

    __slots__ = ("_texts", "body", "credits")

    def __init__(self, root: Element) -> None:
        """``body`` has the elements that are said to be the article's text."""
        self._texts: dict[str, str] = {}
        self.body: list[Element] = []
        found: dict[CreditElement, None] = {}
        item = _item(root)
        for name, element in _properties(item) if item is not None else ():
            if name == _BODY:
                self.body.append(element)
            if name in _TEXTS and (text := _value(element)):
                self._texts.setdefault(name, text)
            where = AGENTS.get(name) or STATEMENTS.get(name)
            text = _named(element) if name in AGENTS else _value(element)
            if where and text:
                found.setdefault(CreditElement(where=where, value=text, role=_kind(_stated_type(element))))
        self.credits = tuple(found)

    def text(self, *names: str) -> str:
        """The first of these properties that the article has, in lower case."""
        return next((self._texts[name] for name in names if name in self._texts), "")


def article_rank(stated: str) -> int | None:
    """How likely a type, named or given by its address, is the page's article: 0 is likeliest, None is no article."""
    kind = _kind(stated).lower()
    return _ARTICLES.index(kind) if kind in _ARTICLES else None


def _item(root: Element) -> Element | None:
    ranked = [
        (rank, at, element)
        for at, element in enumerate(_items(root))
        if (rank := article_rank(_stated_type(element))) is not None
    ]
    return min(ranked, key=lambda each: each[:2])[2] if ranked else None


_items = etree.XPath("(descendant-or-self::*[(@itemscope and @itemtype) or @typeof])[position() <= 200]")


def _stated_type(element: Element) -> str:
    return element.get("itemtype") or element.get("typeof") or ""


def _kind(stated: str) -> str:
    return re.split("[/:#]", stated.strip().rstrip("/"))[-1]


def _names(element: Element) -> list[str]:
    """Names of the properties that an element has; those of RDFa without a prefix, or with one of schema.org's."""
    stated = (element.get("itemprop") or "").lower().split()
    for name in (element.get("property") or "").lower().split():
        prefix = next((one for one in _PREFIXES if name.startswith(one)), "")
        stated += [name.removeprefix(prefix)] if prefix or ":" not in name else []
    return stated


def _properties(item: Element) -> Iterator[tuple[str, Element]]:
    """Properties of the item itself: those inside another item within it are that one's."""
    stack, left = list(reversed(item)), _MOST
    while stack and left:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        for name in _names(element):
            left -= 1
            yield name, element
        if not _is_item(element):
            stack.extend(reversed(element))


def _is_item(element: Element) -> bool:
    return element.get("itemscope") is not None or element.get("typeof") is not None


def _value(element: Element) -> str:
    """The property's value: content, the time of a time element, else the text."""
    stated = element.get("content") or element.get("datetime")
    text = " ".join(stated.split()) if stated else visible(element, most=_LONGEST + 1)
    return text if len(text) <= _LONGEST else ""


def _named(element: Element) -> str:
    """The name of a person or organisation: its item's name, else the property's own text."""
    if not _is_item(element):
        text = _value(element)
        return "" if text.startswith(("http:", "https:")) else text
    return next((text for name, inner in _properties(element) if name == "name" and (text := _value(inner))), "")
