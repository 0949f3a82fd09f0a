"""Posts a story's releases and kills on TOPICS: each once on each of its subjects, in order. Safe to repeat.

Each write expects what stands on its subjects. So if several processes announce the same story, one of them wins, and
the others find nothing left to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from dateline_kernel.commit import BATCH_MESSAGES
from dateline_kernel.consumers import consumer_since
from dateline_kernel.errors import Behind, Conflict, TooLarge, Unavailable
from dateline_kernel.posted import Posted
from dateline_kernel.provision import whole_since
from dateline_kernel.runtime import Runtime
from dateline_publish.announcements import (
    Announced,
    announced,
    body_of,
    due,
    is_left_out,
    is_of_version,
    lacks,
    left_over,
)
from dateline_publish.ontopics import collides, posted_after_all, posted_for
from dateline_schemas.events import Event, Recorded
from dateline_schemas.flow import consumer_name
from dateline_schemas.subjects import STORIES, TOPICS, topic_filter

TRIES = 20
"""How often in a row another process may be faster."""
NEWS = timedelta(hours=1)
"""A younger announcement cannot have left TOPICS by its age. For an older one that is not there the stream is asked."""


async def announce(runtime: Runtime, log: Sequence[Recorded[Event]], again: Recorded[Event] | None = None) -> None:
    """Post the announcements of a story that TOPICS lacks.

    ``again`` is the event heard, if it is delivered again: what followed from it may never have been posted.
    An announcement that is larger than the server takes is left out, so that it delays nothing else, a kill above all.
    Raises TooLarge at the end if that is the newest one; Behind if TOPICS has, under the number of the newest release,
    an announcement that the log does not know; Unavailable.
    """
    events, news = announced(log), announced(log, runtime.now() - NEWS)
    if not events:
        return
    # A first release is the common case: it needs no look, as the write expects that nothing stands there.
    is_first = len(events) == len(news) == 1
    posted: dict[str, Posted] = {} if is_first else await posted_for(runtime.journal.direct, events)
    old = events[: len(events) - len(news)]
    if any(lacks(posted, event, subject) for event in old for subject in event.subjects):
        events = announced(log, await whole_since(runtime.client, TOPICS.name)) or await _left_over(runtime, log, again)
    if events:
        await _post(runtime, log, events, posted)


async def _post(
    runtime: Runtime,
    log: Sequence[Recorded[Event]],
    events: Sequence[Announced],
    posted: Mapping[str, Posted],
) -> None:
    """Post what TOPICS lacks of these announcements; ``posted`` is what stands there. Raises as ``announce``."""
    tries = TRIES
    while tries:
        await _check_known(runtime, log, posted)
        restored = await runtime.restorations.last(TOPICS.name)
        messages = due(events, posted, runtime.service, runtime.now(), runtime.client.max_payload, restored)
        if not messages:
            break
        part = messages[:BATCH_MESSAGES]
        # A second message on a subject has no expectation of its own: it must not be written without the first.
        together = len(part) > len({message.subject for message in part})
        try:
            await runtime.post.commit(part, [events[0].story_id], together=together)
        except Conflict:
            tries -= 1
            posted = await posted_after_all(runtime.journal.direct, events)
        else:
            if len(messages) <= BATCH_MESSAGES:
                break
            tries = TRIES
            posted = await posted_for(runtime.journal.direct, events)
    else:
        raise Unavailable(f"story {events[0].story_id}: others keep announcing it")
    if is_left_out(events[-1], posted, messages):
        raise TooLarge(f"version {events[-1].version} as ninjs is larger than the server takes (max_payload)")


async def _left_over(
    runtime: Runtime, log: Sequence[Recorded[Event]], again: Recorded[Event] | None
) -> list[Announced]:
    """A last announcement that is too old for TOPICS to have kept, but was never posted, as publish was down; or none.

    That an event is delivered again proves this only if the consumer existed when the announcement was decided: a new
    consumer hears every event again. Raises Unavailable.
    """
    last = left_over(log, again)
    if last is None or again is None or not isinstance(last.event, Announced):
        return []
    consumer = consumer_name(runtime.service, type(again.event))
    if await consumer_since(runtime.client, STORIES.name, consumer) > last.time:
        return []
    runtime.log.warning("announced late", story=last.event.story_id, seq=last.seq, decided=last.time.isoformat())
    return [last.event]


async def _check_known(runtime: Runtime, log: Sequence[Recorded[Event]], posted: Mapping[str, Posted]) -> None:
    """Raises Behind if a lost announcement has the number of the newest release, and outlets lack that release.

    A release older than NEWS is not checked: it may have left TOPICS, and what stands there may be its kill.
    """
    news = announced(log, runtime.now() - NEWS)
    if news and collides(log, news[-1], posted) and not await _was_told(runtime, news[-1]):
        raise Behind(f"story {news[-1].story_id}: the log does not know what went out as {news[-1].number}")


async def _was_told(runtime: Runtime, event: Announced) -> bool:
    """Whether outlets were last told the same of this version, word for word: what the log has lost is sent again.

    Last, and on any subject: an editor's word may have changed it and be lost as well. Kills in between stay kills.
    """
    last = b""
    async for message in runtime.journal.direct.every(TOPICS.name, topic_filter(story_id=event.story_id)):
        if is_of_version(event, message.headers or {}):
            last = message.data
    return last == body_of(event)
