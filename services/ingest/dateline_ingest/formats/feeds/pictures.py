"""Pictures with a caption in the markup of a feed's items, of which the body has nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec.structs import replace

from dateline_ingest.formats.feeds.parts import base_of
from dateline_ingest.formats.markup.strings import html_tree
from dateline_ingest.formats.page.others import leads_elsewhere
from dateline_ingest.formats.page.pictures import pictures
from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import Association, CreditElement

_CAPTION = "figcaption"
_FIGURE = re.compile(r"</?figure\b", re.IGNORECASE)
_MOST = 50


def pictures_in(candidates: Iterable[Element | str], base: str) -> tuple[Association, ...]:
    """Every picture in a figure that says something under it (``figcaption``), in the order of the item."""
    found: list[Association] = []
    for one in candidates:
        markup = one if isinstance(one, str) else one.text or ""
        if _CAPTION not in markup:
            continue
        against = base if isinstance(one, str) else base_of(one, base)
        for figure in islice(_figures(markup), _MOST):
            if (tree := html_tree(figure)) is not None:
                found += pictures(tree, set(), leads_elsewhere, against)
    return tuple(dict.fromkeys(found)) if found else ()


def _figures(markup: str) -> Iterator[str]:
    """The figures in a text of markup that have a caption, those that hold others as one; not what is around them."""
    start = depth = 0
    for tag in _FIGURE.finditer(markup):
        if tag[0][1] != "/":
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth and _CAPTION in markup[start : tag.end()]:
                yield markup[start : tag.end() + 1]


def picture_credits(shown: Iterable[Association]) -> list[CreditElement]:
    """What their captions say of whose these pictures are; all of a caption in which nothing is called the credit."""
    return [CreditElement(where="picture", value=said) for one in shown if (said := one.creditline or one.caption)]


def with_captions(stated: tuple[Association, ...], shown: tuple[Association, ...]) -> tuple[Association, ...]:
    """Files that a feed states beside its text, with what the text says under them; then those that it shows alone."""
    if not shown:
        return stated
    under = {one.href: one for one in shown}
    told = [_told(one, under[one.href]) if one.href in under else one for one in stated]
    named = {one.href for one in stated}
    return (*told, *(one for one in shown if one.href not in named))


def _told(one: Association, shown: Association) -> Association:
    return replace(one, caption=one.caption or shown.caption, creditline=one.creditline or shown.creditline)
