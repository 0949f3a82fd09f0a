"""Says what happens to a feed, in FEED_EVENTS: each thing once, however many processes see it."""

from __future__ import annotations

from dateline_kernel.commit import Message
from dateline_kernel.errors import Conflict, Duplicate
from dateline_kernel.runtime import Runtime
from dateline_schemas.feeds import FeedEvent, encode_feed_event
from dateline_schemas.subjects import feed_subject


async def tell(runtime: Runtime, what: str, event: FeedEvent, mark: str, last: int | None = None) -> bool:
    """Say it; False if it was said already, or another process spoke first. Raises Unavailable.

    ``what`` ends the subject. ``mark`` tells the event from others of its kind and feed. ``last`` is the sequence of
    the newest event at that subject, 0 for none, where what is said depends on it.
    """
    headers = {"Nats-Msg-Id": f"{what}-{event.feed}-{mark}"}
    if last is not None:
        headers["Nats-Expected-Last-Subject-Sequence"] = str(last)
    message = Message(feed_subject(event.feed, what), encode_feed_event(event), headers)
    try:
        await runtime.post.commit([message], [event.feed])
    except (Conflict, Duplicate):
        return False
    return True
