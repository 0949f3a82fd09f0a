"""NewsML-G2 in JSON, as LSEG's (Refinitiv's) news interface answers: the same elements, told in another notation.

A member with ``_`` before its name is an attribute, any other an element or a list of them; ``$`` is its text. As the
answers in its client library show it; to check: LSEG's own description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.jsonview import each_of
from dateline_ingest.formats.message import Found, Limits, Message, check_count
from dateline_ingest.formats.newsml_g2 import reading as newsml_g2
from dateline_ingest.formats.xml.characters import NO_CHARACTER
from dateline_ingest.formats.xml.tree import XML_LANG, Element
from dateline_schemas.story import Story

NAME = "newsml-g2-json"
_ITEMS = ("newsItem", "packageItem")
_SIGN = re.compile(rb'"(?:newsItem|packageItem)"\s*:\s*[\[{]')
_NAMESPACE = "{http://iptc.org/std/nar/2006-10-01/}"
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
"""A name without a prefix: what prefixes mean is not told, so that what has one is left out."""


def is_g2_json(data: bytes) -> bool:
    """Whether JSON has an item of NewsML-G2 with its guid as an attribute."""
    return b'"_guid"' in data and _SIGN.search(data) is not None


def read(message: Message) -> tuple[Found, ...]:
    """Every newsItem and packageItem of the message. Raises Unparseable."""
    items = list(_items(read_json(message, NAME)))
    check_count(len(items), message.limits, NAME)
    return each_read(items, lambda item: _story(item, message.limits))


def _story(item: Element, limits: Limits) -> Story:
    try:
        return newsml_g2.sole_story(item, limits)
    except Unparseable as fault:
        raise Unparseable(fault.reason, format=NAME) from fault


def _items(decoded: Any) -> Iterator[Element]:
    """Items in an answer or in each of a list of answers."""
    for answer in decoded if isinstance(decoded, list) else [decoded]:
        for name in _ITEMS if isinstance(answer, dict) else ():
            for value in each_of(answer.get(name)):
                yield _element(name, value)


def _element(name: str, value: Any) -> Element:
    element = etree.Element(_NAMESPACE + name)
    if not isinstance(value, dict):
        element.text = _text(value)
        return element
    for key, said in value.items():
        if key == "$":
            element.text = _text(said)
        elif key == "_xml:lang":
            element.set(XML_LANG, _text(said))
        elif key.startswith("_"):
            if _NAME.fullmatch(key[1:]):
                element.set(key[1:], _text(said))
        elif _NAME.fullmatch(key):
            element.extend(_element(key, one) for one in each_of(said))
    return element


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return NO_CHARACTER.sub("", str(value)) if isinstance(value, str | int | float) else ""
