"""The headers of messages: what they are called and what they mean, and the number of an announcement read from them.

``codec.cloudevent_headers`` writes the headers of an event, the publish service those of a topic; tests compare both
with these tables.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

NUMBER, RESTORED, ORDINAL = "Dateline-Number", "Dateline-Restored", "Dateline-Ordinal"
VERSION_LENGTH = 200
"""Characters of a version in a header, at the most: all headers of a message have 64 kB."""


def number_in(headers: Mapping[str, str] | None) -> int:
    """Which of its story's announcements a message on a topic is; 0 for one that is none of ours."""
    said = (headers or {}).get(NUMBER, "")
    return int(said) if said.isdecimal() else 0


class Header(Struct, frozen=True):
    """A header of a NATS message. Values are printable ASCII."""

    name: str
    meaning: str
    always: bool = True


_CLOUDEVENT = (
    Header("ce-specversion", "`1.0`"),
    Header("ce-id", "The event's `id`"),
    Header("ce-type", "`dateline.` and the event's `type`, e.g. `dateline.StoryReleased`"),
    Header("ce-source", "`/dateline/` and the service that says it"),
    Header("ce-subject", "The story's id"),
    Header(
        "ce-time", "When it was said, RFC 3339, UTC; not part of the event, so it may differ when work is done again"
    ),
    Header("ce-datacontenttype", "`application/json`"),
)

ENVELOPE: tuple[Header, ...] = (
    Header("Nats-Msg-Id", "The event's `id`; the server drops a repeat of it within two minutes"),
    *_CLOUDEVENT,
    Header(
        ORDINAL,
        "The event's `ordinal`: with the subject and `ce-id` enough for a kill that cannot be read",
        always=False,
    ),
)
"""Headers of a message of the STORIES stream: CloudEvents 1.0 in binary mode."""

TOPIC_ENVELOPE: tuple[Header, ...] = (
    *_CLOUDEVENT,
    Header("Dateline-Release", "Id of the StoryReleased or StoryWithdrawn event, the same on all its subjects"),
    Header("Dateline-Story", "The story's id"),
    Header("Dateline-Version", "The provider's version of the story, cut to 200 characters"),
    Header(NUMBER, "Counts what was said of the story, from 1: of two messages the higher one is newer"),
    Header(
        RESTORED,
        "When a backup was put back last, in seconds since 1970: numbers go on from what that had, "
        "so that of two messages the one with the later time is newer, whatever their numbers",
        always=False,
    ),
    Header("Dateline-Kind", "`released` or `withdrawn`"),
    Header("Dateline-Agencies", "Ids of the agencies whose copy it is, with commas; the first leads", always=False),
)
"""Headers of a message of the TOPICS stream."""

PUSH_ENVELOPE: tuple[Header, ...] = (
    Header("Authorization", "`Bearer` and the feed's API key; or `X-Api-Key`", always=False),
    Header("X-Api-Key", "The feed's API key; or `Authorization`", always=False),
    Header("Idempotency-Key", "One for each push: the same push again gets the same answer, for a week", always=False),
    Header("Content-Type", "Media type of the body, a hint where its content leaves a doubt", always=False),
    Header("Content-Location", "Where the body came from, for formats that do not say", always=False),
)
"""Headers of a request that pushes a story."""

PUSHED_ENVELOPE: tuple[Header, ...] = (
    Header("Status", "What HTTP would answer: `202`, or the problem's status"),
    Header("Content-Type", "`application/json`, or `application/problem+json`"),
    Header("Retry-After", "Seconds to wait before the next try", always=False),
    Header("Idempotency-Replayed", "`true`, where this was answered to the same key before", always=False),
    Header("Www-Authenticate", "`Bearer`, where the key is missing or unknown", always=False),
)
"""Headers of its reply."""
