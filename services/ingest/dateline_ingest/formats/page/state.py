"""Texts that a page holds as data for its scripts to show: ``articleBody``, and what frameworks fill a page from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import msgspec
from msgspec import Struct

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.jsonview import JsonObject, each_of
from dateline_ingest.formats.markup.body import Block, Body, escaped
from dateline_ingest.formats.markup.strings import html_tree, looks_marked_up, paragraphs_of, unpacked
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.page.flight import pushed, rows_of
from dateline_ingest.formats.page.story import PageStory, blocks_in
from dateline_ingest.formats.sizes import check_html, check_json
from dateline_ingest.formats.values.words import bare, listed
from dateline_ingest.formats.xml.tree import Element

_ASSIGNED = re.compile(r"\s*(?:window|self|globalThis)[.\w\[\]\"']{2,80}\s*=\s*(?=\{)")
"""How a script that is nothing but data begins, as ``window.__INITIAL_STATE__ = {...};``."""
_MOST_SCRIPTS = 60
_MOST_PIECES = 1_000
_MOST_NODES = 20_000
_DEEPEST = 8
"""Levels of values within one text."""
_TITLES = listed("headline title heading name")
_TEXTS = listed(
    "body content articlebody article_body bodyhtml body_html contenthtml content_html html text contents blocks "
    "content_elements contentelements paragraphs"
)
_INNER = listed("rendered html content text value body data")
_PUBLISHED = listed(
    "datepublished publishedat published_at publishdate publish_date pubdate firstpublished first_publish_date "
    "published_date date_published publicationdate publishedtime published date"
)
_UPDATED = listed("datemodified updatedat updated_at modifieddate last_updated_date modifiedat modified lastmodified")
_AUTHORS = listed("authors author byline credits writer")
_decoder = msgspec.json.Decoder()


class PageState(Struct, frozen=True):
    """What the data of a page's scripts says of its story; empty texts where it says nothing."""

    body: str = ""
    """Its text, plain or marked up."""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()


def page_state(root: Element, told: tuple[str, ...], limits: Limits) -> PageState:
    """What the page's scripts hold of the story that is called as one of ``told``: of several, that with most text.

    Data that is too large or broken counts as absent.
    """
    wanted = {bare(text) for text in told if text}
    nodes = (node for data in chain(_scripts(root, limits), _flown(root, limits)) for node in _nodes(data))
    named = (node for node in islice(nodes, _MOST_NODES) if wanted & {bare(_text(node, (name,))) for name in _TITLES})
    texts = ((max((_text(node, (name,)) for name in _TEXTS), key=len), node) for node in named)
    body, found = max(texts, key=lambda one: len(one[0]), default=("", None))
    if found is None or not body:
        return PageState()
    authors = tuple(name for name in found.texts(*_AUTHORS) if not name.startswith(("http:", "https:")))
    return PageState(body=body, published=found.text(*_PUBLISHED), updated=found.text(*_UPDATED), authors=authors)


def stated_body(text: str, told: str, base: str, limits: Limits) -> Body:
    """The clean body in a text that a page states, marked up or plain. ``told`` is the headline, ``base`` the address.

    Raises Unparseable when it is nested too deep or too large.
    """
    if not looks_marked_up(text):
        blocks = tuple(Block(text=line, html=escaped(line)) for line in paragraphs_of(text))
        return PageStory(blocks, (told,), base).body
    text = unpacked(text)
    check_html(text, limits)
    root = html_tree(text)
    return PageStory(() if root is None else blocks_in(root, set(), base=base, depth=limits.depth), (told,), base).body


def _scripts(root: Element, limits: Limits) -> Iterator[Any]:
    """The decoded data of scripts that are nothing but data."""
    for script in islice(root.iter("script"), _MOST_SCRIPTS):
        text, kind = script.text or "", (script.get("type") or "").lower()
        begin = _ASSIGNED.match(text) if not kind or "javascript" in kind else None
        if begin is None and kind != "application/json":
            continue
        data = text[begin.end() if begin else 0 :].strip().rstrip(";").encode("utf-8", "replace")
        try:
            check_json(data, limits, "html")
            yield _decoder.decode(data)
        except (Unparseable, msgspec.DecodeError, RecursionError):  # the page may be whole without it
            continue


def _flown(root: Element, limits: Limits) -> Iterator[Any]:
    """The rows of data that scripts push piece by piece."""
    pieces = (script.text or "" for script in islice(root.iter("script"), _MOST_PIECES))
    try:
        text = "".join(map(pushed, pieces))
        check_json(text.encode("utf-8", "replace"), limits, "html")
        yield from rows_of(text)
    except (Unparseable, msgspec.DecodeError):
        return


def _nodes(data: Any) -> Iterator[JsonObject]:
    """Every object in decoded data, the outer ones first."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield JsonObject(value)
            value = list(value.values())
        if isinstance(value, list):
            waiting += [one for one in value if isinstance(one, (dict, list))]


def _text(node: JsonObject, names: tuple[str, ...]) -> str:
    """The text of the first of these members that has one, whatever it is packed in."""
    return next((text for name in names for text in (_inside(node.value(name), _DEEPEST),) if text), "")


def _inside(value: Any, depth: int) -> str:
    """A text, that of an object, or those of a list as paragraphs; of ``children`` as one."""
    if isinstance(value, str):
        return value
    if depth and isinstance(value, dict):
        node = JsonObject(value)
        if pieces := each_of(node.value("children")):
            return "".join(_inside(one, depth - 1) for one in pieces)
        return next((text for name in _INNER if (text := _inside(node.value(name), depth - 1))), "")
    if depth and isinstance(value, list):
        texts = filter(None, (_inside(one, depth - 1) for one in value))
        return "".join(text if text.lstrip().startswith("<") else f"<p>{text}</p>" for text in texts)
    return ""
