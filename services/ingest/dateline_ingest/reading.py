"""From bytes to stories: bundles taken apart, messages read, large ones beside the loop."""

from __future__ import annotations

import asyncio

import msgspec

from dateline_ingest.deliveries import Delivery
from dateline_ingest.formats import DEFAULT_LIMITS, Parsed, Unparseable, is_bundle, open_bundle, parse
from dateline_ingest.knowing import known

BESIDE_THE_LOOP = 256 * 1024
"""Bodies of more bytes are parsed in a thread, so that one giant does not hold up the others."""


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
