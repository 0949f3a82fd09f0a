"""Finds a document's hub and topic (WebSub, 4): in its ``Link`` headers first, then in the document. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from dateline_ingest.formats import Unparseable
from dateline_ingest.formats.feeds.parts import joined
from dateline_ingest.formats.markup.hrefs import split_href
from dateline_ingest.formats.message import Message
from dateline_ingest.formats.xml.tree import local, read_xml

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:\"(?:[^\"\\]|\\.)*\"|[^\s;,\"]+))?)*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
_HTML_LINK = re.compile(rb"<link\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"\b(rel|href)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_HTML_HEAD = 256 * 1024
_MOST_LINKS = 20_000
"""Characters of ``Link`` headers that are read."""


class Hubs(Struct, frozen=True, kw_only=True):
    """Who tells of changes, and under which name the document is known there."""

    hubs: tuple[str, ...] = ()
    topic: str = ""


class _JsonHub(Struct):
    type: str = ""
    url: str = ""


class _JsonFeed(Struct):
    hubs: list[_JsonHub] = []
    feed_url: str = ""


def discover(links: str, data: bytes, media: str, url: str) -> Hubs:
    """The hubs, and the topic: rel=self, or ``url`` where there is none. No hubs where none is named."""
    found = list(_in_headers(links))
    if not any(rel == "hub" for rel, _ in found):
        found += _in_document(data, media)
    hubs = dict.fromkeys(joined(url, href) for rel, href in found if rel == "hub" and href)
    topics = [joined(url, href) for rel, href in found if rel == "self" and href]
    return Hubs(hubs=tuple(filter(_is_of_the_web, hubs)), topic=(topics or [url])[0])


def _is_of_the_web(address: str) -> bool:
    parts = split_href(address)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _in_headers(links: str) -> Iterator[tuple[str, str]]:
    for link in _LINK.finditer(links[:_MOST_LINKS]):
        if rel := _REL.search(link[2]):
            for name in (rel[1] or rel[2] or "").lower().split():
                yield name, link[1].strip()


def _in_document(data: bytes, media: str) -> list[tuple[str, str]]:
    start = data[:256].lstrip()
    if start.startswith(b"{"):
        return _in_json(data)
    if "html" in media and "xhtml" not in media:
        return _in_html(data)
    try:
        root = read_xml(Message(data=data, hint=media), "xml")
    except Unparseable:
        return _in_html(data)
    # Those of the feed, never of an entry that was taken over from another feed.
    parents = [root, *(child for child in root if local(child) == "channel")]
    elements = (element for parent in parents for element in parent if local(element) == "link")
    return [(rel, e.get("href", "").strip()) for e in elements for rel in e.get("rel", "").lower().split()]


def _in_json(data: bytes) -> list[tuple[str, str]]:
    """JSON Feed 1.1: ``hubs`` of type WebSub, ``feed_url``."""
    try:
        feed = msgspec.json.decode(data, type=_JsonFeed)
    except msgspec.DecodeError:
        return []
    hubs = [("hub", hub.url) for hub in feed.hubs if hub.type.lower() == "websub"]
    return [*hubs, ("self", feed.feed_url)]


def _in_html(data: bytes) -> list[tuple[str, str]]:
    found = []
    for element in _HTML_LINK.finditer(data[:_HTML_HEAD]):
        said = {a[1].lower(): (a[2] or a[3] or a[4] or b"") for a in _ATTRIBUTE.finditer(element[0])}
        href = said.get(b"href", b"").decode("utf-8", "replace").replace("&amp;", "&").strip()
        found += [(rel, href) for rel in said.get(b"rel", b"").decode("latin-1").lower().split()]
    return found
