"""By what stories of a feed are known."""

from __future__ import annotations

from dateline_ingest.formats import parse
from dateline_ingest.reading import known
from dateline_schemas.feeds import Feed

RSS = b"""<rss version="2.0"><channel><title>Harbour</title>
<item><guid isPermaLink="false">one-4711</guid><link>https://harbour.example/one</link><title>Pier closed</title></item>
<item><guid isPermaLink="false">two-4712</guid><title>Pier opened</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><entry><id>urn:x:4711</id>
<link rel="alternate" href="https://harbour.example/one"/><title>Pier closed</title></entry></feed>"""


def names(document: bytes, **members: str) -> list[str]:
    """Identifiers of its stories, for a feed."""
    return [story.guid for story in known(parse(document), Feed(name="harbour", **members)).stories]  # type: ignore[arg-type]


def test_what_a_message_says_is_its_name() -> None:
    """Unless the feed's entry says otherwise."""
    assert names(RSS) == ["one-4711", "two-4712"]


def test_a_page_is_the_name_where_the_entry_says_so() -> None:
    """An item without one keeps its own."""
    assert names(RSS, known_by="link") == ["https://harbour.example/one", "two-4712"]
    assert names(ATOM, known_by="link") == ["https://harbour.example/one"]
