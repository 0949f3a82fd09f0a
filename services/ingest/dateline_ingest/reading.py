"""From bytes to stories, by the identifiers that count for their feed; bundles apart, large ones beside the loop."""

from __future__ import annotations

import asyncio

import msgspec

from dateline_ingest.deliveries import Delivery
from dateline_ingest.formats import DEFAULT_LIMITS, Parsed, Unparseable, is_bundle, open_bundle, parse
from dateline_schemas.feeds import Feed
from dateline_schemas.story import Story

BESIDE_THE_LOOP = 256 * 1024
"""Bodies of more bytes are parsed in a thread, so that one giant does not hold up the others."""
PAGES = ("canonical", "alternate")
"""Relations of links to a page of its own, best first: RSS and JSON Feed have the first, Atom the second (RFC 4287)."""


async def apart(delivery: Delivery) -> list[Delivery] | None:
    """A bundle's messages, a delivery each; None for what is no bundle. Raises Unparseable for one that is refused."""
    if not is_bundle(delivery.data):
        return None
    parts = await asyncio.to_thread(open_bundle, delivery.data, DEFAULT_LIMITS)
    return [
        msgspec.structs.replace(delivery, data=part.data, hint=part.hint, url="", part=part.name)
        for part in parts or ()
    ]


async def read(delivery: Delivery) -> Parsed:
    """The stories of a delivery. Raises Unparseable, and nothing else."""
    feed = delivery.feed
    return known(await understood(delivery.data, hint=delivery.hint or feed.format, url=delivery.url), feed)


async def understood(data: bytes, *, hint: str = "", url: str = "") -> Parsed:
    """The stories in these bytes; large ones are read in a thread. Raises Unparseable, and nothing else."""
    try:
        if len(data) > BESIDE_THE_LOOP:
            return await asyncio.to_thread(parse, data, hint=hint, url=url)
        return parse(data, hint=hint, url=url)
    except Unparseable:
        raise
    except Exception as error:
        # A sender that has to send it again and again would be held up by it for ever; kept, it can be retried.
        said = f"a reader broke, which is no fault of the message: {type(error).__name__}: {error}"
        raise Unparseable(f"{said[:500]}; report it, and try again when that is mended") from error


def known(parsed: Parsed, feed: Feed) -> Parsed:
    """The stories under the identifiers that count for the feed. One without a page keeps its own."""
    if feed.known_by == "id":
        return parsed
    return msgspec.structs.replace(parsed, stories=tuple(_by_page(story) for story in parsed.stories))


def _by_page(story: Story) -> Story:
    pages = (link.href for rel in PAGES for link in story.links if link.rel == rel)
    return msgspec.structs.replace(story, guid=next(pages, story.guid))
