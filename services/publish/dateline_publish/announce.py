"""Makes the TOPICS stream agree with what was decided about a story: each release and kill once a subject, in order.

Every message on a subject expects the one before it, so that of several processes that announce the same story
one wins and the others find nothing left to do. Safe to repeat at any time.
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
from dateline_publish.announcements import Announced, announced, body_of, due, is_left_out, lacks, left_over
from dateline_publish.ontopics import collides, posted_after_all, posted_for
from dateline_schemas.events import Event, Recorded
from dateline_schemas.flow import consumer_name
from dateline_schemas.subjects import STORIES, TOPICS

TRIES = 20
"""Times in a row that another process may be faster."""
NEWS = timedelta(hours=1)
"""What is younger cannot have left TOPICS by its age. Of what is older and not there it is asked whether it has."""


async def announce(runtime: Runtime, log: Sequence[Recorded[Event]], again: Recorded[Event] | None = None) -> None:
    """Post what the story's events say and TOPICS does not have yet. Raises Unavailable, and Behind where the newest
    release has the number of another one there, of which the log knows nothing.

    What is larger than the server takes is left out, so that it keeps nothing else back, a kill least of all; TooLarge
    is raised at the end if it is the newest.
    ``again`` is the event that was heard, if it comes again: what it called for may never have been posted.
    """
    events, news = announced(log), announced(log, runtime.now() - NEWS)
    if not events:
        return
    # A story's first release is the common case: nothing can stand there yet, and the expectation proves it.
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
    """Post what is missing of these announcements, given what stands there. Raises as ``announce``."""
    tries = TRIES
    while tries:
        await _check_known(runtime, log, posted)
        restored = await runtime.restorations.last(TOPICS.name)
        messages = due(events, posted, runtime.service, runtime.now(), runtime.client.max_payload, restored)
        if not messages:
            break
        # A story that changes often, and waited for this process, may have more to say than goes out at once.
        part = messages[:BATCH_MESSAGES]
        # Of one release each message says what it expects; what follows it on its subject relies on its being there.
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
    """What was decided longer ago than TOPICS keeps anything, and not announced then: publish was down, or could not.

    Only a consumer that was there at the time knows that the event was not done with: one that was made since, as where
    TOPICS is made anew, hears everything again. Raises Unavailable.
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
    """Raises Behind where something that is lost has the number of the newest release, and outlets lack that.

    Of what is no news it cannot be seen whether they had it: it may have left TOPICS, and its kill stand there.
    """
    news = announced(log, runtime.now() - NEWS)
    if news and collides(log, news[-1], posted) and not await _was_told(runtime, news[-1]):
        raise Behind(f"story {news[-1].story_id}: the log does not know what went out as {news[-1].number}")


async def _was_told(runtime: Runtime, event: Announced) -> bool:
    """Whether outlets had the same before, word for word: a sender sends again what the log has lost."""
    body = body_of(event)
    for subject in event.subjects:
        async for message in runtime.journal.direct.every(TOPICS.name, subject):
            if message.data == body:
                return True
    return False
