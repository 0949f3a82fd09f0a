"""The formats that are read, one row each. A new format is a module with ``NAME`` and ``read``, and a row here."""

from __future__ import annotations

from msgspec import Struct

from dateline_ingest.formats import atom, html, newsml_g2, ninjs, rss, text
from dateline_ingest.formats.message import Reader


class Format(Struct, frozen=True, kw_only=True):
    """A wire format and how it is recognised."""

    name: str
    read: Reader
    roots: frozenset[str] = frozenset()
    """Local names of root elements, for XML."""
    media_types: frozenset[str] = frozenset()


FORMATS = (
    Format(
        name=newsml_g2.NAME,
        read=newsml_g2.read,
        roots=newsml_g2.ROOTS,
        media_types=frozenset(
            (
                "application/vnd.iptc.g2.newsmessage+xml",
                "application/vnd.iptc.g2.newsitem+xml",
                "application/vnd.iptc.g2.packageitem+xml",
            )
        ),
    ),
    Format(name=ninjs.NAME, read=ninjs.read, media_types=frozenset(("application/json", "application/ninjs+json"))),
    Format(name=rss.NAME, read=rss.read, roots=frozenset(("rss",)), media_types=frozenset(("application/rss+xml",))),
    Format(
        name=atom.NAME,
        read=atom.read,
        roots=frozenset(("feed", "entry")),
        media_types=frozenset(("application/atom+xml",)),
    ),
    Format(name=html.NAME, read=html.read, media_types=frozenset(("text/html", "application/xhtml+xml"))),
    Format(name=text.NAME, read=text.read, media_types=frozenset(("text/plain",))),
)

BY_NAME = {row.name: row for row in FORMATS}
BY_ROOT = {root: row for row in FORMATS for root in row.roots}
BY_MEDIA_TYPE = {kind: row for row in FORMATS for kind in row.media_types}
