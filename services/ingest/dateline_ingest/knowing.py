"""By what the stories of a feed are known: what their messages call them, or the pages that they are at. Pure."""

from __future__ import annotations

import msgspec

from dateline_ingest.formats import Parsed
from dateline_schemas.feeds import Feed
from dateline_schemas.story import Story

PAGES = ("canonical", "alternate")
"""Relations of links to a page of its own, best first: RSS and JSON Feed have the first, Atom the second (RFC 4287)."""


def known(parsed: Parsed, feed: Feed) -> Parsed:
    """The stories under the identifiers that count for the feed. One without a page keeps its own."""
    if feed.known_by == "id":
        return parsed
    return msgspec.structs.replace(parsed, stories=tuple(_by_page(story) for story in parsed.stories))


def _by_page(story: Story) -> Story:
    pages = (link.href for rel in PAGES for link in story.links if link.rel == rel)
    return msgspec.structs.replace(story, guid=next(pages, story.guid))
