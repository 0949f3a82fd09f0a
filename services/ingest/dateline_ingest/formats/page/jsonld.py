"""JSON-LD of a page as pages write it: read tolerantly, and the article among its nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.page.microdata import article_rank
from dateline_ingest.formats.sizes import check_json
from dateline_ingest.formats.xml.tree import Element

_LAST_COMMA = re.compile(r",(?= ?[}\]])")
_DEPTH = 12
_MOST_NODES = 2000
_decoder = msgspec.json.Decoder()


def page_nodes(root: Element, limits: Limits) -> list[JsonObject]:
    """Every JSON-LD object of the page. Raises Unparseable when its JSON-LD is larger than JSON may be."""
    return list(_nodes(_scripts(root, limits)))


def only_points(node: JsonObject) -> bool:
    """Whether a node says which one it is and of what kind, and nothing of it."""
    return node.names <= {"@id", "@type"}


def _scripts(root: Element, limits: Limits) -> list[str]:
    """The texts of the page's JSON-LD. Raises Unparseable when they are too large together."""
    texts = [one.text or "" for one in root.iter("script") if "ld+json" in (one.get("type") or "").lower()]
    check_json("".join(texts).encode("utf-8", "replace"), limits, "html")
    return texts


def _nodes(scripts: list[str]) -> Iterator[JsonObject]:
    """Every JSON-LD object of the page, also those in @graph, lists and mainEntity."""
    left = _MOST_NODES
    for script in scripts:
        waiting = [(_decoded(script), 0)]
        while waiting and left > 0:
            value, depth = waiting.pop(0)
            left -= 1
            if isinstance(value, list) and depth < _DEPTH:
                waiting.extend((one, depth + 1) for one in value)
            elif isinstance(value, dict):
                yield JsonObject(value)
                inner = [value.get("@graph"), value.get("mainEntity")]
                waiting.extend((one, depth + 1) for one in inner if depth < _DEPTH and isinstance(one, (list, dict)))


def _decoded(text: str) -> Any:
    """JSON-LD as pages write it: in comments or CDATA, with raw line breaks, with a stray semicolon or comma."""
    text = text.strip().removeprefix("<!--").removeprefix("//<![CDATA[").removeprefix("<![CDATA[")
    text = text.strip().removesuffix("-->").removesuffix("]]>").removesuffix("//").strip().rstrip(";")
    for mended in (str, _on_one_line, _without_last_commas):
        try:
            return _decoder.decode(mended(text))
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue
    return None


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _without_last_commas(text: str) -> str:
    """Without the commas behind the last member of an object or a list, which JSON does not allow."""
    return _LAST_COMMA.sub("", _on_one_line(text))


def best_article(nodes: list[JsonObject], canonical: str) -> JsonObject | None:
    """The page's article: the node of the best type; among equals the one at the page's ``canonical`` address, which
    others that the page lists are not.
    """
    ranked = []
    for at, node in enumerate(nodes):
        rank = min((rank for kind in node.texts("@type") if (rank := article_rank(kind)) is not None), default=99)
        if rank < 99 and node.has("headline", "name", "author", "articlebody", "datepublished"):
            ranked.append((not node.has("headline"), rank, not _is_at(node, canonical), at))
    return nodes[min(ranked)[3]] if ranked else None


def _is_at(node: JsonObject, address: str) -> bool:
    pages = node.objects("mainentityofpage")
    stated = (*node.texts("url", "@id", "mainentityofpage"), *(page.text("@id", "url") for page in pages))
    return any(map(_place(address).__eq__, map(_place, filter(None, stated))))


def _place(address: str) -> str:
    """What an address has in common with others of the same page: no scheme, no last slash, no part of the page."""
    return address.partition("#")[0].partition("://")[2].rstrip("/")
