"""Makes the TOPICS stream agree with what was decided about a story: each release and kill once a subject, in order.

Every message on a subject expects the one before it, so that of several processes that announce the same story
one wins and the others find nothing left to do. Safe to repeat at any time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dateline_kernel.commit import BATCH_MESSAGES, Message, fits
from dateline_kernel.consumers import consumer_since
from dateline_kernel.errors import Behind, Conflict, TooLarge, Unavailable
from dateline_kernel.posted import Posted
from dateline_kernel.provision import LONG_AGO, whole_since
from dateline_kernel.runtime import Runtime
from dateline_publish.renditions import ninjs
from dateline_publish.standing import collides, lacks, posted_after_all, posted_for
from dateline_schemas.codec import cloudevent_headers
from dateline_schemas.events import Event, Recorded, StoryReleased, StoryWithdrawn
from dateline_schemas.flow import consumer_name
from dateline_schemas.headers import NUMBER, ORDINAL, RESTORED, VERSION_LENGTH
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
    events, news = kept(log), kept(log, runtime.now() - NEWS)
    if not events:
        return
    # A story's first release is the common case: nothing can stand there yet, and the expectation proves it.
    is_first = len(events) == len(news) == 1
    posted: dict[str, Posted] = {} if is_first else await posted_for(runtime.journal.direct, events)
    old = events[: len(events) - len(news)]
    if any(lacks(posted, event, subject) for event in old for subject in event.subjects):
        events = kept(log, await whole_since(runtime.client, TOPICS.name)) or await _left_over(runtime, log, again)
    if events:
        await _post(runtime, log, events, posted)


async def _post(
    runtime: Runtime,
    log: Sequence[Recorded[Event]],
    events: Sequence[StoryReleased | StoryWithdrawn],
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


def kept(log: Sequence[Recorded[Event]], since: datetime = LONG_AGO) -> list[StoryReleased | StoryWithdrawn]:
    """The releases and kills, of a story's events, that the log took after a time.

    What has left TOPICS by its age was there, and must not come back as news when the story goes on.
    """
    return [one.event for one in log if isinstance(one.event, (StoryReleased, StoryWithdrawn)) and one.time > since]


def left_over(log: Sequence[Recorded[Event]], again: Recorded[Event] | None) -> Recorded[Event] | None:
    """The story's last announcement, if an event that comes again called for it; None if others have dealt with that.

    Pure. It is one of the same version, and came behind the event. Earlier ones say nothing that it does not.
    """
    said = [one for one in log if isinstance(one.event, (StoryReleased, StoryWithdrawn))]
    if again is None or not said or said[-1].seq <= again.seq or said[-1].event.ordinal != again.event.ordinal:
        return None
    return said[-1]


async def _left_over(
    runtime: Runtime, log: Sequence[Recorded[Event]], again: Recorded[Event] | None
) -> list[StoryReleased | StoryWithdrawn]:
    """What was decided longer ago than TOPICS keeps anything, and not announced then: publish was down, or could not.

    Only a consumer that was there at the time knows that the event was not done with: one that was made since, as where
    TOPICS is made anew, hears everything again. Raises Unavailable.
    """
    last = left_over(log, again)
    if last is None or again is None or not isinstance(last.event, (StoryReleased, StoryWithdrawn)):
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
    news = kept(log, runtime.now() - NEWS)
    if news and collides(log, news[-1], posted) and not await _was_told(runtime, news[-1]):
        raise Behind(f"story {news[-1].story_id}: the log does not know what went out as {news[-1].number}")


async def _was_told(runtime: Runtime, event: StoryReleased | StoryWithdrawn) -> bool:
    """Whether outlets had the same before, word for word: a sender sends again what the log has lost."""
    body = _body(event)
    for subject in event.subjects:
        async for message in runtime.journal.direct.every(TOPICS.name, subject):
            if message.data == body:
                return True
    return False


def due(
    events: Sequence[StoryReleased | StoryWithdrawn],
    posted: Mapping[str, Posted],
    source: str,
    now: datetime,
    most: int,
    restored: int = 0,
) -> list[Message]:
    """The messages that are missing on TOPICS, oldest first, each expecting the one before it on its subject. Pure.

    ``source`` is the service that posts them, ``most`` how many bytes the server takes: larger ones are left out.
    ``restored`` says when TOPICS was put back from a backup, in seconds since 1970: numbers that were lost come again.
    """
    messages: list[Message] = []
    first_here: set[str] = set()
    for event in events:
        body, common = b"", _headers(event, source, now)
        if restored:
            common[RESTORED] = str(restored)
        for subject in event.subjects:
            if not lacks(posted, event, subject):
                continue
            body = body or _body(event)
            headers = dict(common)
            if subject not in first_here:
                there = posted.get(subject)
                headers["Nats-Expected-Last-Subject-Sequence"] = str(there.seq if there else 0)
            message = Message(subject, body, headers)
            if fits(message, most):
                first_here.add(subject)
                messages.append(message)
    return messages


def is_left_out(
    event: StoryReleased | StoryWithdrawn, posted: Mapping[str, Posted], messages: Sequence[Message]
) -> bool:
    """Whether an event is neither on its topics nor among the messages that are due: it is too large. Pure."""
    missing = any(lacks(posted, event, subject) for subject in event.subjects)
    return missing and all(message.headers[NUMBER] != str(event.number) for message in messages)


def _body(event: StoryReleased | StoryWithdrawn) -> bytes:
    return ninjs.released(event) if isinstance(event, StoryReleased) else ninjs.withdrawn(event)


def _headers(event: StoryReleased | StoryWithdrawn, source: str, now: datetime) -> dict[str, str]:
    headers = cloudevent_headers(event, source, now)
    # The same release goes out on several subjects: its id must not make the server drop all but one.
    del headers["Nats-Msg-Id"], headers[ORDINAL]
    headers["Dateline-Release"] = event.id
    headers["Dateline-Story"] = event.story_id
    headers["Dateline-Version"] = event.version[:VERSION_LENGTH]
    headers[NUMBER] = str(event.number)
    headers["Dateline-Kind"] = event.fact
    if isinstance(event, StoryReleased) and event.credit.agencies:
        headers["Dateline-Agencies"] = ",".join(event.credit.agencies)
    return headers
