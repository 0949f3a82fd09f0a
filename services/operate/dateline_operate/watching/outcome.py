"""The outcome of a version that was taken in: waited for in the log, and looked up on the topics."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dateline_kernel.journal import Journal
from dateline_kernel.posted import posted_on
from dateline_operate.console.failure import Failure
from dateline_schemas.events import (
    Event,
    Recorded,
    StoryHeld,
    StoryRefused,
    StoryReleased,
    StoryWithdrawn,
)

FINAL = (StoryReleased, StoryWithdrawn, StoryHeld, StoryRefused)
EVERY = 0.01


class Outcome(Struct, frozen=True, kw_only=True):
    """The outcome of a version."""

    event: Event
    accepted: datetime
    """When the log took it in."""
    readable: datetime
    """When the last of its topics had it; if it did not go out, when the log took the last event."""

    @property
    def milliseconds(self) -> float:
        """From accepted to readable, by the server's clock."""
        return round((self.readable - self.accepted).total_seconds() * 1000, 1)


def last_word(log: Sequence[Recorded[Event]], intake_id: str) -> Recorded[Event] | None:
    """The newest final event that follows from an arrival. Pure."""
    finals = [one for one in log if isinstance(one.event, FINAL) and one.event.correlation == intake_id]
    return finals[-1] if finals else None


async def outcome_of(journal: Journal, story_id: str, intake_id: str, within: float) -> Outcome:
    """Wait for the outcome of an arrival by reading the log. Raises Failure with how far it came, Unavailable."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        log = await journal.load(story_id, whole=False)  # a kill goes through past what cannot be read
        final = last_word(log, intake_id)
        if final is not None:
            posted = await _posted(journal, final.event)
            if posted is not None:
                accepted = next(one.time for one in log if one.event.id == intake_id)
                return Outcome(event=final.event, accepted=accepted, readable=max(posted, default=final.time))
        if asyncio.get_running_loop().time() > deadline:
            far = ", ".join(type(one.event).__name__ for one in log) or "nothing"
            raise Failure(f"story {story_id} did not come out within {within:g} s; the log has {far}.")
        await asyncio.sleep(EVERY)


async def _posted(journal: Journal, event: Event) -> list[datetime] | None:
    """When each topic got it; None while one lacks it; empty if it does not go out."""
    if not isinstance(event, (StoryReleased, StoryWithdrawn)):
        return []
    there = await posted_on(journal.direct, event.subjects)
    times = [one.time for one in there.values() if one.number >= event.number]
    return times if len(times) == len(event.subjects) else None
