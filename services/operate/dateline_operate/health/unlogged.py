"""What outlets were told and the log does not have, as where a log has lost its end, and looks whole.

Whatever stands on TOPICS was in the log before. No backup need have been made to know that. (The log's consumers do not
tell: nats-server 2.15 takes them back with what it has lost.)
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from msgspec import Struct
from nats.aio.msg import Msg

from dateline_kernel.agreement import agreed
from dateline_kernel.direct import DirectReader
from dateline_kernel.directget import Incomplete
from dateline_kernel.journal import Journal
from dateline_kernel.losses import Unread
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.codec import UnreadableEvent, decode
from dateline_schemas.events import Event, StoryReleased, StoryWithdrawn
from dateline_schemas.headers import number_in
from dateline_schemas.subjects import STORIES, TOPICS, story_filter

NEWEST = 100
"""Messages on TOPICS that ``status`` looks at: what has grown since then hides a loss from it, not from ``verify``."""
TOGETHER = 100
"""Stories that one request asks for."""
ANNOUNCED = (StoryReleased, StoryWithdrawn)
ANY = sys.maxsize
"""Number of an event that cannot be read: nobody says that its announcement is lost."""


class Unlogged(Struct, frozen=True):
    """The newest announcement of a story that outlets have, where the log has none of its number or a higher one."""

    story_id: str
    number: int


def told_of(lost: Sequence[Unlogged]) -> str:
    """The same for people. Pure."""
    stories = "1 story" if len(lost) == 1 else f"{len(lost):,} stories"
    first = f"{lost[0].number} of {lost[0].story_id}"
    return f"outlets have what the log does not, of {stories} (announcement {first}): that is lost"


async def newest_unlogged(client: QuickClient, last: int) -> list[Unlogged]:
    """As ``unlogged``, of the newest messages on TOPICS, whose end is at ``last``. Raises Unavailable."""
    if not last:
        return []
    place = {"seq": max(1, last - NEWEST + 1), "next_by_subj": "topic.>", "batch": NEWEST}
    return await unlogged(client, await DirectReader(client).get(TOPICS.name, **place))


async def unlogged(client: QuickClient, messages: Sequence[Msg]) -> list[Unlogged]:
    """Of what these messages on TOPICS told, all that the log does not have, in their order. Raises Unavailable."""
    told: dict[str, int] = {}
    for message in messages:
        story = (message.headers or {}).get("Dateline-Story", "")
        told[story] = max(told.get(story, 0), number_in(message.headers))
    stories, direct = [story for story, number in told.items() if number], DirectReader(client)
    missed: list[str] = []
    for at in range(0, len(stories), TOGETHER):
        part = stories[at : at + TOGETHER]
        there = await _numbers(direct, part)
        missed += [story for story in part if there.get(story, 0) < told[story]]
    if missed and not (await agreed(client)).alone:
        missed = [story for story in missed if await _agreed_number(client, story) < told[story]]
    return [Unlogged(story, told[story]) for story in missed]


async def _numbers(direct: DirectReader, stories: Sequence[str]) -> dict[str, int]:
    """Story -> its newest number in the log, as far as the copy tells that answers. Raises Unavailable."""
    patterns = [story_filter(story, kind) for story in stories for kind in ANNOUNCED]
    try:
        messages = await direct.at_once(STORIES.name, patterns)
    except Incomplete:
        messages = [one for pattern in patterns for one in await direct.latest(STORIES.name, pattern)]
    found: dict[str, int] = {}
    for message in messages:
        story = (message.headers or {})["Nats-Subject"].split(".")[1]
        try:
            number = _number_of(decode(message.data))
        except UnreadableEvent:
            number = ANY
        found[story] = max(found.get(story, 0), number)
    return found


async def _agreed_number(client: QuickClient, story: str) -> int:
    """The newest number of a story in the log, read to its agreed end. Raises Unavailable."""
    read = Journal(client, "publish").read(story_id=story, whole=False)
    return max([_number_of(one.event) async for one in read], default=0)


def _number_of(event: Event) -> int:
    if isinstance(event, Unread):
        return ANY
    return event.number if isinstance(event, ANNOUNCED) else 0
