"""Kills of the log, and where outlets find them."""

from __future__ import annotations

from collections.abc import Sequence

from dateline_kernel.direct import DirectReader
from dateline_schemas.events import Recorded, StoryWithdrawn
from dateline_schemas.headers import number_in
from dateline_schemas.outlets import Kill
from dateline_schemas.subjects import TOPICS

AT_ONCE = 500
"""Subjects asked for at a time."""


async def kills_of(direct: DirectReader, log: Sequence[Recorded[StoryWithdrawn]]) -> list[Kill]:
    """Kills of the log, each with where it stands on TOPICS. Raises Unavailable.

    A story that came back since has a newer message on its subjects: its kill stands nowhere any more.
    """
    subjects = sorted({subject for recorded in log for subject in recorded.event.subjects})
    there: dict[tuple[str, int], int] = {}
    for at in range(0, len(subjects), AT_ONCE):
        some = subjects[at : at + AT_ONCE]
        for message in await direct.get(TOPICS.name, multi_last=some, batch=len(some)):
            headers = message.headers or {}
            place = headers["Nats-Subject"], number_in(headers)
            there[place] = int(headers["Nats-Sequence"])
    return [_kill(recorded, there) for recorded in log]


def _kill(recorded: Recorded[StoryWithdrawn], there: dict[tuple[str, int], int]) -> Kill:
    event = recorded.event
    return Kill(
        story_id=event.story_id,
        version=event.version,
        number=event.number,
        headline=event.headline,
        reason=event.reason,
        said=recorded.time,
        seq=recorded.seq,
        posted=tuple((one, there[one, event.number]) for one in event.subjects if (one, event.number) in there),
    )
