"""``GET /v1/receipts/<receipt>``: what stands in the log of a push that was taken in, and what became of it since."""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from dateline_kernel.losses import unread_of
from dateline_kernel.runtime import Runtime
from dateline_schemas.codec import UnreadableEvent
from dateline_schemas.events import Arrival, Event, Recorded, Standing, StoryHeld, StoryWithdrawn
from dateline_schemas.feeds import Feed, agency_of

_NUMBER = re.compile(r"([a-z0-9]{26})-([1-9]\d{0,6})")


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened to the version since."""

    fact: str
    at: datetime
    seq: int
    reason: str = ""
    """Why it is held, or was withdrawn."""
    until: datetime | None = None
    """When the embargo ends for which it is held, UTC."""


class Proof(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A receipt, as it stands in the log."""

    receipt: str
    story_id: str
    version: str
    event_id: str
    standing: Standing
    flags: tuple[str, ...] = ()
    door: str
    format: str
    original: str
    """SHA-256 of the bytes as they came, in hex."""
    original_bytes: int
    recorded: datetime
    """When the log took it, UTC."""
    seq: int
    """Where it stands in the log."""
    headline: str = ""
    since: tuple[Step, ...] = ()
    """What was said of this version since, in the order of the log."""


async def proof_of(runtime: Runtime, feed: Feed, number: str) -> Proof | None:
    """The receipt of this number; None for one that is not the feed's, nor of a feed of its agency. Raises Unavailable.

    The agency's other feed gets the number too, as the answer to a repeat. Raises codec.UnreadableEvent where it may
    be the number of an event that cannot be read.
    """
    found = _NUMBER.fullmatch(number)
    if found is None:
        return None
    log = await runtime.journal.load(found[1], whole=False)
    arrival = int(found[2])
    for recorded in log:
        event = recorded.event
        if isinstance(event, Arrival) and event.arrival == arrival and _may_see(feed, event):
            return _proof(number, event, recorded, log)
    for lost in unread_of(log):
        if lost.event.nth == arrival:
            raise UnreadableEvent(lost.event.why)
    return None


def _may_see(feed: Feed, event: Arrival) -> bool:
    agency = agency_of(feed.contract)
    return event.feed == feed.name or (bool(agency) and agency == agency_of(event.contract))


def _proof(number: str, event: Arrival, recorded: Recorded[Event], log: list[Recorded[Event]]) -> Proof:
    since = (
        _step(one)
        for one in log
        if not isinstance(one.event, Arrival) and event.ordinal and one.event.ordinal == event.ordinal
    )
    return Proof(
        receipt=number,
        story_id=event.story_id,
        version=event.version,
        event_id=event.id,
        standing=event.standing,
        flags=event.flags,
        door=event.door,
        format=event.format,
        original=event.original,
        original_bytes=event.original_bytes,
        recorded=recorded.time,
        seq=recorded.seq,
        headline=event.story.headline,
        since=tuple(since),
    )


def _step(recorded: Recorded[Event]) -> Step:
    event = recorded.event
    why = event.reason if isinstance(event, StoryHeld | StoryWithdrawn) else ""
    until = event.until if isinstance(event, StoryHeld) else None
    return Step(fact=event.fact, at=recorded.time, seq=recorded.seq, reason=why, until=until)
