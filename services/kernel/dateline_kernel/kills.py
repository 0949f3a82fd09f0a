"""Kills of the log, and where outlets find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline_kernel.direct import DirectReader
from dateline_kernel.losses import Unread
from dateline_kernel.posted import Posted, posted_of, posted_on
from dateline_schemas.events import Recorded, StoryWithdrawn
from dateline_schemas.outlets import Kill


async def kills_of(direct: DirectReader, log: Sequence[Recorded[StoryWithdrawn | Unread]]) -> list[Kill]:
    """Kills of the log, each with where it stands on TOPICS. Raises Unavailable.

    The kill of a story that came back since stands nowhere: there are newer messages on its subjects. For a kill that
    cannot be read, the subjects are those where its story stands as killed.
    """
    subjects = {subject for one in log if isinstance(one.event, StoryWithdrawn) for subject in one.event.subjects}
    there = await posted_on(direct, sorted(subjects))
    return [
        _kill(one.event, one, there)
        if isinstance(one.event, StoryWithdrawn)
        else _unread_kill(one.event, one, await posted_of(direct, one.event.story_id))
        for one in log
    ]


def _kill(event: StoryWithdrawn, recorded: Recorded[StoryWithdrawn | Unread], there: Mapping[str, Posted]) -> Kill:
    found = ((subject, there.get(subject)) for subject in event.subjects)
    return Kill(
        story_id=event.story_id,
        version=event.version,
        number=event.number,
        headline=event.headline,
        reason=event.reason,
        pubstatus=event.pubstatus,
        said=recorded.time,
        seq=recorded.seq,
        posted=tuple((subject, one.seq) for subject, one in found if one and one.number == event.number),
    )


def _unread_kill(event: Unread, recorded: Recorded[StoryWithdrawn | Unread], there: Mapping[str, Posted]) -> Kill:
    killed = {subject: one for subject, one in there.items() if one.kind == StoryWithdrawn.fact}
    return Kill(
        story_id=event.story_id,
        version="",
        number=max((one.number for one in killed.values()), default=0),
        headline="",
        reason=event.why,
        said=recorded.time,
        seq=recorded.seq,
        posted=tuple((subject, one.seq) for subject, one in killed.items()),
    )
