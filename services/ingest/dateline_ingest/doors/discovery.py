"""Finds a document's hub and topic (WebSub, 4): in its ``Link`` headers first, then in the document. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from dateline_ingest.formats import Unparseable
from dateline_ingest.formats.feeds.parts import joined
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.markup.hrefs import split_href
from dateline_ingest.formats.message import Message
from dateline_ingest.formats.xml.tree import local, read_xml

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:\"(?:[^\"\\]|\\.)*\"|[^\s;,\"]+))?)*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
_HTML_LINK = re.compile(rb"<link\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"\b(rel|href)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_HTML_HEAD = 256 * 1024
_BEFORE = b"\xef\xbb\xbf \t\r\n"
"""What may stand before the first brace of JSON: the sign of UTF-8, which some systems write, and space."""
_MOST_LINKS = 20_000
"""Characters of ``Link`` headers that are read."""


class Hubs(Struct, frozen=True, kw_only=True):
    """Who tells of changes, and under which name the document is known there."""

    hubs: tuple[str, ...] = ()
    topic: str = ""


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
    if data[:256].lstrip(_BEFORE).startswith(b"{"):
        return _in_json(Message(data=data, hint=media))
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


def _in_json(message: Message) -> list[tuple[str, str]]:
    """JSON Feed 1.1: ``hubs`` of type WebSub, ``feed_url``; read as leniently as its stories are."""
    try:
        feed = JsonObject(read_json(message, "jsonfeed"))
    except Unparseable:
        return []
    hubs = [("hub", hub.text("url")) for hub in feed.objects("hubs") if hub.text("type").lower() == "websub"]
    return [*hubs, ("self", feed.text("feed_url"))]


def _in_html(data: bytes) -> list[tuple[str, str]]:
    found = []
    for element in _HTML_LINK.finditer(data[:_HTML_HEAD]):
        said = {a[1].lower(): (a[2] or a[3] or a[4] or b"") for a in _ATTRIBUTE.finditer(element[0])}
        href = said.get(b"href", b"").decode("utf-8", "replace").replace("&amp;", "&").strip()
        found += [(rel, href) for rel in said.get(b"rel", b"").decode("latin-1").lower().split()]
    return found
