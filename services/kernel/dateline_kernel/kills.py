"""Kills of the log, and where outlets find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline_kernel.direct import DirectReader
from dateline_kernel.posted import Posted, posted_on
from dateline_schemas.events import Recorded, StoryWithdrawn
from dateline_schemas.outlets import Kill


async def kills_of(direct: DirectReader, log: Sequence[Recorded[StoryWithdrawn]]) -> list[Kill]:
    """Kills of the log, each with where it stands on TOPICS. Raises Unavailable.

    A story that came back since has a newer message on its subjects: its kill stands nowhere any more.
    """
    there = await posted_on(direct, sorted({subject for recorded in log for subject in recorded.event.subjects}))
    return [_kill(recorded, there) for recorded in log]


def _kill(recorded: Recorded[StoryWithdrawn], there: Mapping[str, Posted]) -> Kill:
    event = recorded.event
    found = ((subject, there.get(subject)) for subject in event.subjects)
    return Kill(
        story_id=event.story_id,
        version=event.version,
        number=event.number,
        headline=event.headline,
        reason=event.reason,
        said=recorded.time,
        seq=recorded.seq,
        posted=tuple((subject, one.seq) for subject, one in found if one and one.number == event.number),
    )
