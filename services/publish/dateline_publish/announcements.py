"""The messages on TOPICS that a story's releases and kills call for, and which of them are missing. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dateline_kernel.clock import LONG_AGO
from dateline_kernel.commit import EXPECTED, Message
from dateline_kernel.fitting import fits
from dateline_kernel.posted import Posted
from dateline_publish.renditions import ninjs
from dateline_schemas.codec import cloudevent_headers
from dateline_schemas.events import Event, Recorded, StoryReleased, StoryWithdrawn
from dateline_schemas.headers import NUMBER, ORDINAL, RESTORED, VERSION_LENGTH

Announced = StoryReleased | StoryWithdrawn
"""What outlets are told of a story, numbered from 1 by ``number``."""


def announced(log: Sequence[Recorded[Event]], since: datetime = LONG_AGO) -> list[Announced]:
    """The releases and kills of a story that the log took after ``since``, in its order.

    TOPICS drops messages by their age. Those were read, and must not go out again when the story goes on.
    """
    return [one.event for one in log if isinstance(one.event, Announced) and one.time > since]


def left_over(log: Sequence[Recorded[Event]], again: Recorded[Event] | None) -> Recorded[Event] | None:
    """A story's last announcement, if it follows from an event that is delivered ``again``; else None.

    It may follow if it is later and about the same version. The process that appended it may have died before it was
    posted. Earlier announcements need not be posted any more: the last one has all that outlets need.
    """
    said = [one for one in log if isinstance(one.event, Announced)]
    if again is None or not said or said[-1].seq <= again.seq or said[-1].event.ordinal != again.event.ordinal:
        return None
    return said[-1]


def lacks(posted: Mapping[str, Posted], event: Announced, subject: str) -> bool:
    """Whether a subject has neither this announcement of the story yet nor a newer one."""
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
    """The messages that TOPICS lacks, oldest first. The first on each subject expects what stands there now.

    ``source`` is the service that posts. ``most``: bytes that the server takes; larger messages are left out.
    ``restored``: when TOPICS was last put back from a backup, in seconds since 1970, 0 for never. Numbers given between
    backup and restore are given again, so readers need it to tell which message is newer.
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
                headers[EXPECTED] = str(there.seq if there else 0)
            message = Message(subject, body, headers)
            if fits(message, most):
                first_here.add(subject)
                messages.append(message)
    return messages


def is_left_out(event: Announced, posted: Mapping[str, Posted], messages: Sequence[Message]) -> bool:
    """Whether an event lacks on TOPICS and is not among the messages that are due, because it is too large."""
    missing = any(lacks(posted, event, subject) for subject in event.subjects)
    return missing and all(message.headers[NUMBER] != str(event.number) for message in messages)


def is_of_version(event: Announced, headers: Mapping[str, str]) -> bool:
    """Whether a message of the same story, by its headers, tells of the same version, and in the same sense."""
    return _about(event).items() <= headers.items()


def body_of(event: Announced) -> bytes:
    """What outlets get: ninjs 3.1, UTF-8."""
    return ninjs.released(event) if isinstance(event, StoryReleased) else ninjs.withdrawn(event)


def _about(event: Announced) -> dict[str, str]:
    """The headers that say what it is of: readers get them without blanks at their ends."""
    return {"Dateline-Kind": event.fact, "Dateline-Version": event.version[:VERSION_LENGTH].strip()}


def _headers(event: Announced, source: str, now: datetime, restored: int) -> dict[str, str]:
    headers = cloudevent_headers(event, source, now)
    # One release goes out on several subjects: with a message id the server would drop all but the first.
    del headers["Nats-Msg-Id"], headers[ORDINAL]
    headers["Dateline-Release"] = event.id
    headers["Dateline-Story"] = event.story_id
    headers |= _about(event)
    headers[NUMBER] = str(event.number)
    if isinstance(event, StoryReleased) and event.credit.agencies:
        headers["Dateline-Agencies"] = ",".join(event.credit.agencies)
    if restored:
        headers[RESTORED] = str(restored)
    return headers
