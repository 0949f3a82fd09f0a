"""What stands on a story's subjects of TOPICS, and whether the log knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from dateline_kernel.clock import LONG_AGO
from dateline_kernel.direct import EXPECTED_OF_DAMAGED, DirectReader
from dateline_kernel.losses import unread_of
from dateline_kernel.posted import Posted, posted_on
from dateline_publish.announcements import Announced
from dateline_schemas.events import Event, Recorded, StoryWithdrawn
from dateline_schemas.identity import REPLAYED
from dateline_schemas.subjects import TOPICS

NOTHING = Posted(seq=0, number=0, time=LONG_AGO)


async def posted_for(direct: DirectReader, events: Sequence[Announced]) -> dict[str, Posted]:
    """What stands on the subjects of these announcements. Raises Unavailable."""
    return await posted_on(direct, sorted({subject for event in events for subject in event.subjects}))


async def posted_after_all(direct: DirectReader, events: Sequence[Announced]) -> dict[str, Posted]:
    """As ``posted_for``, after a write was refused because of what stands there.

    If the server's disk has damaged the newest message on a subject, nobody can read it, and the next write there must
    expect EXPECTED_OF_DAMAGED. Raises Unavailable.
    """
    posted = await posted_for(direct, events)
    for subject in sorted({subject for event in events for subject in event.subjects}):
        there = posted.get(subject, NOTHING)
        if await direct.damaged_behind(TOPICS.name, subject, there.seq):
            posted[subject] = replace(there, seq=EXPECTED_OF_DAMAGED)
    return posted


def collides(log: Sequence[Recorded[Event]], newest: Announced, posted: Mapping[str, Posted]) -> bool:
    """Whether TOPICS has another announcement than the log under the number of a story's newest release. Pure.

    A kill never collides: it was numbered after all that TOPICS had. Nor does a release that a replay has said anew, as
    its older form went out; nor any while an event cannot be read, as that may be the one on TOPICS.
    """
    if isinstance(newest, StoryWithdrawn) or REPLAYED in newest.rules or unread_of(log):
        return False
    there = [posted[subject] for subject in newest.subjects if subject in posted]
    others = {one.release for one in there if one.release and one.number >= newest.number} - {newest.id}
    return bool(others) and not others <= {one.event.id for one in log}
