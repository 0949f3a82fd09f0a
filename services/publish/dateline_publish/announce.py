"""Makes the TOPICS stream agree with what was decided about a story: each release and kill once a subject, in order.

Every message on a subject expects the one before it, so that of several processes that announce the same story
one wins and the others find nothing left to do. Safe to repeat at any time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from dateline_kernel.commit import BATCH_MESSAGES, Message
from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Conflict, Unavailable
from dateline_kernel.provision import LONG_AGO, whole_since
from dateline_kernel.runtime import Runtime
from dateline_publish.renditions import ninjs
from dateline_schemas.codec import cloudevent_headers
from dateline_schemas.events import Event, Recorded, StoryReleased, StoryWithdrawn
from dateline_schemas.headers import NUMBER
from dateline_schemas.subjects import TOPICS

TRIES = 20
"""Times in a row that another process may be faster."""
NEWS = timedelta(hours=1)
"""What is younger cannot have left TOPICS by its age. Of what is older and not there it is asked whether it has."""


class Posted(Struct, frozen=True):
    """The newest message on a subject: its place in the stream, and the story's announcement it carries."""

    seq: int
    number: int


async def announce(runtime: Runtime, log: Sequence[Recorded[Event]]) -> None:
    """Post what the story's events say and TOPICS does not have yet. Raises Unavailable."""
    events, news = kept(log), kept(log, runtime.now() - NEWS)
    if not events:
        return
    # A story's first release is the common case: nothing can stand there yet, and the expectation proves it.
    posted: dict[str, Posted] = {} if len(events) == len(news) == 1 else await _posted(runtime.journal.direct, events)
    old = events[: len(events) - len(news)]
    if any(_lacks(posted, event, subject) for event in old for subject in event.subjects):
        events = kept(log, await whole_since(runtime.client, TOPICS.name))
    tries = TRIES
    while tries:
        messages = due(events, posted, runtime.service, runtime.now())
        if not messages:
            return
        # A story that changes often, and waited for this process, may have more to say than goes out at once.
        part = messages[:BATCH_MESSAGES]
        # Of one release each message says what it expects; what follows it on its subject relies on its being there.
        together = len(part) > len({message.subject for message in part})
        try:
            await runtime.post.commit(part, [events[0].story_id], together=together)
        except Conflict:
            tries -= 1
        else:
            if len(messages) <= BATCH_MESSAGES:
                return
            tries = TRIES
        posted = await _posted(runtime.journal.direct, events)
    raise Unavailable(f"story {events[0].story_id}: others keep announcing it")


def kept(log: Sequence[Recorded[Event]], since: datetime = LONG_AGO) -> list[StoryReleased | StoryWithdrawn]:
    """The releases and kills, of a story's events, that the log took after a time.

    What has left TOPICS by its age was there, and must not come back as news when the story goes on.
    """
    return [one.event for one in log if isinstance(one.event, (StoryReleased, StoryWithdrawn)) and one.time > since]


def _lacks(posted: Mapping[str, Posted], event: StoryReleased | StoryWithdrawn, subject: str) -> bool:
    there = posted.get(subject)
    return there is None or there.number < event.number


async def _posted(direct: DirectReader, events: Sequence[StoryReleased | StoryWithdrawn]) -> dict[str, Posted]:
    subjects = sorted({subject for event in events for subject in event.subjects})
    messages = await direct.get(TOPICS.name, multi_last=subjects, batch=len(subjects))
    found: dict[str, Posted] = {}
    for message in messages:
        headers = message.headers or {}
        found[headers["Nats-Subject"]] = Posted(int(headers["Nats-Sequence"]), int(headers[NUMBER]))
    return found


def due(
    events: Sequence[StoryReleased | StoryWithdrawn], posted: Mapping[str, Posted], source: str, now: datetime
) -> list[Message]:
    """The messages that are missing on TOPICS, oldest first, each expecting the one before it on its subject. Pure.

    ``source`` is the service that posts them.
    """
    messages: list[Message] = []
    first_here: set[str] = set()
    for event in events:
        body, common = b"", _headers(event, source, now)
        for subject in event.subjects:
            if not _lacks(posted, event, subject):
                continue
            body = body or _body(event)
            headers = dict(common)
            if subject not in first_here:
                there = posted.get(subject)
                headers["Nats-Expected-Last-Subject-Sequence"] = str(there.seq if there else 0)
                first_here.add(subject)
            messages.append(Message(subject, body, headers))
    return messages


def _body(event: StoryReleased | StoryWithdrawn) -> bytes:
    return ninjs.released(event) if isinstance(event, StoryReleased) else ninjs.withdrawn(event)


def _headers(event: StoryReleased | StoryWithdrawn, source: str, now: datetime) -> dict[str, str]:
    headers = cloudevent_headers(event, source, now)
    # The same release goes out on several subjects: its id must not make the server drop all but one.
    del headers["Nats-Msg-Id"]
    headers["Dateline-Release"] = event.id
    headers["Dateline-Story"] = event.story_id
    headers["Dateline-Version"] = event.version
    headers[NUMBER] = str(event.number)
    headers["Dateline-Kind"] = event.fact
    if isinstance(event, StoryReleased) and event.credit.agencies:
        headers["Dateline-Agencies"] = ",".join(event.credit.agencies)
    return headers
