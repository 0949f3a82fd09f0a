"""What items of RSS and entries of Atom are about, and what they point to: the same elements stand in both."""

from __future__ import annotations

from dateline_ingest.formats.feeds.item import FeedItem
from dateline_ingest.formats.feeds.media import media_keywords, media_subjects
from dateline_ingest.formats.feeds.names import ATOM, DC, ITUNES, PRISM, TERMS
from dateline_ingest.formats.feeds.parts import joined, text
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.words import fold
from dateline_schemas.story import Link, Subject

_LISTED = (*(f"{prism}keyword" for prism in PRISM), f"{DC}keyword", f"{ITUNES}keywords")
"""Elements that may have several keywords."""

PEOPLE = tuple(f"{prism}person" for prism in PRISM)
ORGANISATIONS = tuple(f"{prism}organization" for prism in PRISM)
"""Whom an item is about."""


def subjects(item: FeedItem) -> tuple[Subject, ...]:
    """Categories of RSS and Atom, of podcasts and of Media RSS."""
    found = []
    for one in item.all("category", f"{ATOM}category"):
        said = text(one)
        if code := fold(one.get("term", "")) or said:
            scheme = one.get("scheme") or one.get("domain") or ""
            found.append(Subject(code=code, scheme=scheme, name=fold(one.get("label", "")) or said))
    named = [one.get("text", "") for one in item.element.iter(f"{ITUNES}category")]
    found += [Subject(code=said, scheme="itunes", name=said) for said in map(fold, named) if said]
    return once([*found, *media_subjects(item)])


def keywords(item: FeedItem) -> tuple[str, ...]:
    """Dublin Core's subjects, keywords of PRISM, podcasts and Media RSS."""
    said = [text(one) for one in item.all(f"{DC}subject", f"{TERMS}subject")] + media_keywords(item)
    said += [word for one in item.all(*_LISTED) for word in text(one).split(",")]
    return once(word.strip() for word in said if word.strip())


def atom_links(item: FeedItem, base: str) -> list[Link]:
    """Atom's links (RFC 4287, section 4.2.7); without a relation they are the page itself."""
    found = []
    for one in item.all(f"{ATOM}link"):
        if href := joined(base, one.get("href", "")):
            rel = one.get("rel", "").strip() or "alternate"
            found.append(Link(href=href, rel=rel, title=fold(one.get("title", ""))))
    return found
