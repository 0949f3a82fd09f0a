"""By what an entry of a web feed is known again, whatever a release reads of it: a digest of it as it came.

What the feed says of all its entries is part of it, such as their licence and language. What changes with its entries
or from page to page is not: when the feed was made, how many entries it has, where the next ones are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import etree
from msgspec.json import encode

from dateline_ingest.formats.feeds.parts import XML_BASE
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local

_ENTRIES = frozenset(("item", "entry", "deleted-entry"))
_MOVING = frozenset((
    "lastBuildDate", "pubDate", "updated", "modified", "date", "issued", "items", "next_url", "feed_url",
    "totalResults", "startIndex",
))  # fmt: skip
"""Such elements of a channel (RSS, Dublin Core, Atom, OpenSearch) and members of a JSON Feed; ``items`` of RSS 1.0 is a
list of their addresses.
"""
_MOST_NAMES = 16 * 1024 * 1024
"""Bytes of namespaces that are declared around entries, of all of them together: each one's bytes have all of them."""
_DECLARED = len(' xmlns:=""')


def digests_of(root: Element) -> dict[Element, str]:
    """SHA-256 in hex of each entry of RSS or Atom. To be asked before names and texts of the tree are put right.

    Empty ones where it would take too long.
    """
    entries: list[Element] = []
    around: list[Element] = []
    for one in [root] if _name(root) in _ENTRIES else _parts(root):
        (entries if _name(one) in _ENTRIES else around).append(one)
    above = list(entries[0].iterancestors()) if entries else []
    declared = above[0].nsmap if above else {}
    names = sum(_DECLARED + len(prefix or "") + len(uri) for prefix, uri in declared.items())
    if names * (len(entries) + len(around)) > _MOST_NAMES:
        return dict.fromkeys(entries, "")
    said = [encode([one.get(name, "") for one in above]) for name in (XML_LANG, XML_BASE)]
    return dict(zip(entries, _digests([*said, *map(_bytes, around)], map(_bytes, entries)), strict=True))


def json_digests(feed: dict[str, Any], entries: Sequence[Any]) -> list[str]:
    """The same of the items of a JSON Feed."""
    around = [encode(said) for said in feed.items() if said[0] not in _MOVING]
    return list(_digests(around, map(encode, entries)))


def _parts(feed: Element) -> Iterator[Element]:
    """The entries and what stands beside them; RSS 1.0 has its items beside the channel. Of links a licence counts."""
    for part in children(feed):
        for one in children(part) if local(part) == "channel" else (part,):
            name = _name(one)
            if name not in _MOVING and (name != "link" or one.get("rel") == "license"):
                yield one


def _name(element: Element) -> str:
    """Without its prefix, declared or not."""
    return local(element).rpartition(":")[2]


def _digests(around: Iterable[bytes], entries: Iterable[bytes]) -> Iterator[str]:
    head = hashlib.sha256(b"".join(around))
    for entry in entries:
        whole = head.copy()
        whole.update(entry)
        yield whole.hexdigest()


def _bytes(element: Element) -> bytes:
    data: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
    return data
