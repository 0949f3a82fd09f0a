"""What outlets were told and the log does not have, as where a log has lost its end, and looks whole.

Whatever stands on TOPICS was in the log before. No backup need have been made to know that. (The log's consumers do not
tell: nats-server 2.15 takes them back with what it has lost.)
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Mapping, Sequence

from msgspec import Struct
from nats.aio.msg import Msg

from dateline_kernel.agreement import agreed
from dateline_kernel.direct import DirectReader
from dateline_kernel.directget import Incomplete
from dateline_kernel.quickclient import QuickClient
from dateline_operate.console.counting import counted
from dateline_operate.health.logcheck import Fault
from dateline_schemas.codec import UnreadableEvent, decode
from dateline_schemas.events import StoryReleased, StoryWithdrawn
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

    @property
    def fault(self) -> Fault:
        """It as ``verify`` shows it."""
        said = f"outlets have announcement {self.number}, and the log does not"
        return Fault(kind="missing", seq=0, said=said, story_id=self.story_id)


def told_of(lost: Sequence[Unlogged]) -> str:
    """The same for people. Pure."""
    stories = counted(len(lost), "story", "stories")
    first = f"{lost[0].number} of {lost[0].story_id}"
    return f"outlets have what the log does not, of {stories} (announcement {first}): that is lost"


async def newest_unlogged(client: QuickClient, last: int) -> list[Unlogged]:
    """As ``unlogged``, of the newest messages on TOPICS, whose end is at ``last``. Raises Unavailable."""
    if not last:
        return []
    # Page by page: large as stories may be, one answer has no room for so many, and would lack the newest.
    return await unlogged(client, DirectReader(client).every(TOPICS.name, "topic.>", max(1, last - NEWEST + 1)))


async def unlogged(client: QuickClient, messages: AsyncIterator[Msg]) -> list[Unlogged]:
    """Of what these messages on TOPICS told, all that the log does not have, each story once. Raises Unavailable."""
    lost: dict[str, int] = {}
    told: dict[str, int] = {}
    async for message in messages:
        if number := number_in(message.headers):
            story = (message.headers or {}).get("Dateline-Story", "")
            told[story] = max(told.get(story, 0), number)
        if len(told) == TOGETHER:
            lost |= await _missed(client, told)
            told = {}
    lost |= await _missed(client, told)
    return [Unlogged(story, number) for story, number in lost.items()]


async def _missed(client: QuickClient, told: Mapping[str, int]) -> dict[str, int]:
    """Those of these stories of which the log does not have that number or a higher one. Raises Unavailable."""
    if not told:
        return {}
    direct = DirectReader(client)
    there = await _numbers(direct, list(told))
    missed = [story for story in told if there.get(story, 0) < told[story]]
    if missed and not (await agreed(client)).alone:
        # A copy may lag. Who reads with a consumer waits where that stands on a server that stands still.
        missed = [story for story in missed if await _led_number(direct, story) < told[story]]
    return {story: told[story] for story in missed}


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
        found[story] = max(found.get(story, 0), _number_of(message))
    return found


async def _led_number(direct: DirectReader, story: str) -> int:
    """The newest number of a story in the log, by who leads it. Raises Unavailable."""
    patterns = [story_filter(story, kind) for kind in ANNOUNCED]
    return max(
        [_number_of(one) for pattern in patterns async for one in direct.every_led(STORIES.name, pattern)], default=0
    )


def _number_of(message: Msg) -> int:
    try:
        event = decode(message.data)
    except UnreadableEvent:
        return ANY
    return event.number if isinstance(event, ANNOUNCED) else 0
