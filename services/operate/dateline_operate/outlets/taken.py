"""The announcements of a story, and how far each outlet has taken them: for an outlet that misses one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from nats.aio.msg import Msg

from dateline_kernel.consumers import Untold, told_of
from dateline_kernel.direct import DirectReader
from dateline_kernel.journal import Journal
from dateline_kernel.quickclient import QuickClient
from dateline_operate.console.failure import Failure
from dateline_operate.console.noanswer import needed_stream
from dateline_schemas.events import Recorded, StoryReleased, StoryWithdrawn
from dateline_schemas.outlets import Announcement, Reader, place_of, taken
from dateline_schemas.subjects import TOPICS

Places = Mapping[str, Sequence[tuple[str, int]]]
"""Release id -> (subject, sequence in TOPICS) of each of its messages."""


class AtOutlet(Struct, frozen=True, kw_only=True):
    """How far one outlet is with an announcement."""

    outlet: str
    state: str
    """As ``outlets.Taken``, or why nothing can be said."""


class Announced(Struct, frozen=True, kw_only=True):
    """An announcement, and every outlet that the server knows by name."""

    kind: str
    """``released`` or ``withdrawn``."""
    announcement: Announcement
    outlets: tuple[AtOutlet, ...]


async def announced_of(client: QuickClient, story: str) -> tuple[list[Announced], Untold | None]:
    """The announcements of a story, in their order, and of whom it is not told. Raises Failure if there are none;
    Unavailable.
    """
    await needed_stream(client, TOPICS.name)
    journal = Journal(client, "publish")
    log = [
        Recorded(one.event, one.seq, one.time)
        async for one in journal.read(story_id=story, kinds=(StoryReleased, StoryWithdrawn), whole=False)
        if isinstance(one.event, (StoryReleased, StoryWithdrawn))
    ]
    if not log:
        raise Failure(f"nothing of story {story} has gone out.", "`dateline story ID` shows what happened to it.")
    places = await _places(journal.direct, sorted({subject for one in log for subject in one.event.subjects}))
    readers, untold = await told_of(client, TOPICS.name)
    return [announced(one, places, readers) for one in log], untold


def announced(one: Recorded[StoryReleased | StoryWithdrawn], places: Places, readers: Sequence[Reader]) -> Announced:
    """One release or kill of the log. Pure."""
    event = one.event
    there = Announcement(
        story_id=event.story_id,
        version=event.version,
        number=event.number,
        headline=event.headline if isinstance(event, StoryWithdrawn) else event.story.headline,
        said=one.time,
        seq=one.seq,
        posted=tuple(places.get(event.id, ())),
    )
    outlets = tuple(AtOutlet(outlet=reader.name, state=_state(there, reader)) for reader in readers)
    return Announced(kind=event.fact, announcement=there, outlets=outlets)


def _state(there: Announcement, reader: Reader) -> str:
    place = place_of(there, reader)
    if place is not None:
        return taken(reader, place)
    if not reader.acknowledges:
        return "acknowledges nothing"
    if there.posted and not any(reader.reads(subject) for subject, _ in there.posted):
        return "reads other subjects"
    return "began to read later" if there.posted else "on no topic now"


async def _places(direct: DirectReader, subjects: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for subject in subjects:
        async for message in direct.every(TOPICS.name, subject):
            release, seq = _release_in(message)
            found.setdefault(release, []).append((subject, seq))
    return found


def _release_in(message: Msg) -> tuple[str, int]:
    headers = message.headers or {}
    return headers.get("Dateline-Release", ""), int(headers["Nats-Sequence"])
