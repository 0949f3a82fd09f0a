"""The messages that announce a story's releases and kills on TOPICS: which there are, and which are missing. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dateline_kernel.clock import LONG_AGO
from dateline_kernel.commit import Message, fits
from dateline_kernel.posted import Posted
from dateline_publish.renditions import ninjs
from dateline_schemas.codec import cloudevent_headers
from dateline_schemas.events import Event, Recorded, StoryReleased, StoryWithdrawn
from dateline_schemas.headers import NUMBER, ORDINAL, RESTORED, VERSION_LENGTH

Announced = StoryReleased | StoryWithdrawn
"""What outlets are told of a story. The ``number`` counts on from one to the next."""


def announced(log: Sequence[Recorded[Event]], since: datetime = LONG_AGO) -> list[Announced]:
    """The releases and kills among a story's events that the log took after a time, in its order.

    TOPICS may have dropped older ones by their age: outlets had them, and must not get them as news when the story goes
    on.
    """
    return [one.event for one in log if isinstance(one.event, Announced) and one.time > since]


def left_over(log: Sequence[Recorded[Event]], again: Recorded[Event] | None) -> Recorded[Event] | None:
    """A story's last announcement, if an event that is heard ``again`` may have called for it; else None.

    It may, if it is about the same version and came behind that event. Whoever appended it may have ended before it was
    posted. Earlier announcements need not be posted any more: the last one has all that outlets need.
    """
    said = [one for one in log if isinstance(one.event, Announced)]
    if again is None or not said or said[-1].seq <= again.seq or said[-1].event.ordinal != again.event.ordinal:
        return None
    return said[-1]


def lacks(posted: Mapping[str, Posted], event: Announced, subject: str) -> bool:
    """Whether an announcement is not on one of its subjects yet, nor anything newer."""
    there = posted.get(subject)
    return there is None or there.number < event.number


def due(
    events: Sequence[Announced],
    posted: Mapping[str, Posted],
    source: str,
    now: datetime,
    most: int,
    restored: int = 0,
) -> list[Message]:
    """The messages that are missing on TOPICS, oldest first, each expecting the one before it on its subject.

    ``source`` is the service that posts them, ``most`` how many bytes the server takes: larger ones are left out.
    ``restored`` says when TOPICS was put back from a backup, in seconds since 1970: numbers that were lost come again.
    """
    messages: list[Message] = []
    first_here: set[str] = set()
    for event in events:
        body, common = b"", _headers(event, source, now, restored)
        for subject in event.subjects:
            if not lacks(posted, event, subject):
                continue
            body = body or body_of(event)
            headers = dict(common)
            if subject not in first_here:
                there = posted.get(subject)
                headers["Nats-Expected-Last-Subject-Sequence"] = str(there.seq if there else 0)
            message = Message(subject, body, headers)
            if fits(message, most):
                first_here.add(subject)
                messages.append(message)
    return messages


def is_left_out(event: Announced, posted: Mapping[str, Posted], messages: Sequence[Message]) -> bool:
    """Whether an event is neither on its topics nor among the messages that are due: it is too large."""
    missing = any(lacks(posted, event, subject) for subject in event.subjects)
    return missing and all(message.headers[NUMBER] != str(event.number) for message in messages)


def body_of(event: Announced) -> bytes:
    """What outlets get: ninjs 3.1, UTF-8."""
    return ninjs.released(event) if isinstance(event, StoryReleased) else ninjs.withdrawn(event)


def _headers(event: Announced, source: str, now: datetime, restored: int) -> dict[str, str]:
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
    if restored:
        headers[RESTORED] = str(restored)
    return headers
