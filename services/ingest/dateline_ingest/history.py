"""The state of a story in ingest, folded from its events: all its versions, and the current one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from sys import getsizeof

from msgspec import Struct

from dateline_ingest.say import OTHER_FEED, weight_of
from dateline_ingest.takes import Part, parts_of
from dateline_kernel.clock import LONG_AGO
from dateline_kernel.losses import Unread
from dateline_schemas.events import Arrival, Event, Recorded, Standing, StoryCanceled, StoryReceived
from dateline_schemas.feeds import agency_of
from dateline_schemas.story import Story

A_VERSION = 1_024
"""Bytes of memory that a version takes without its text, about."""


class Seen(Struct, frozen=True):
    """A version that was taken in before."""

    version: str
    created: datetime | None
    content: str
    canceled: bool
    event_id: str
    standing: Standing
    arrival: int
    feed: str
    agency: str
    """Agency of the feed's contract; empty if it has none or is an outlet's."""
    provider: str
    weight: int
    """Weight of the feed: AGREED, UNKNOWN or OUTLET (``say``)."""
    stranger: bool
    """Whether it came by a feed that had no say in the story."""


@dataclass
class Versions:
    """What ingest knows of a story."""

    said: dict[str, tuple[Seen, ...]] = field(default_factory=dict)
    """Content hash -> the versions with that content, in the order they came."""
    sent: dict[str, tuple[Seen, ...]] = field(default_factory=dict)
    """``original``, and ``entry`` -> the versions that were read from those bytes, in the order they came."""
    ordinal: int = 0
    """Ordinal of the newest current version; 0 for none."""
    arrivals: int = 0
    """Number of the newest arrival; 0 for none."""
    current: Seen | None = None
    story: Story | None = None
    """What the current version says."""
    came: datetime = LONG_AGO
    """When the log took the current version; LONG_AGO if it is not in the log yet."""
    parts: dict[int, Part] = field(default_factory=dict)
    """The takes that the current version has, by number."""
    lost: tuple[Recorded[Unread], ...] = ()
    """Events of the story that cannot be read."""

    def came_as(self, sources: Iterable[str]) -> tuple[Seen, ...]:
        """The versions that were read from the first of these that came before."""
        return next((sent for one in sources if (sent := self.sent.get(one))), ())

    def copied(self) -> Versions:
        """A copy that may be evolved with versions that are not in the log yet."""
        return replace(self, said=dict(self.said), sent=dict(self.sent))


def fold(log: Iterable[Recorded[Event]]) -> Versions:
    """State from the story's events."""
    versions = Versions()
    for recorded in log:
        _take(versions, recorded)
    return versions


def further(versions: Versions, log: Sequence[Recorded[Event]]) -> Versions | None:
    """The state with newer events taken in.

    None if one of them has the number of an arrival that is known: then the log has lost that one, and given its number
    again.
    """
    if any(isinstance(one.event, Arrival) and one.event.arrival <= versions.arrivals for one in log):
        return None
    versions = versions.copied()
    for recorded in log:
        _take(versions, recorded)
    return versions


def weight(versions: Versions) -> int:
    """Bytes that the state takes in memory, about."""
    text = (*versions.story.paragraphs, versions.story.body_html) if versions.story else ()
    return A_VERSION * versions.arrivals + sum(map(getsizeof, text))


def _take(versions: Versions, recorded: Recorded[Event]) -> None:
    event = recorded.event
    if isinstance(event, Arrival):
        evolve(versions, event, recorded.time)
    elif isinstance(event, Unread):
        versions.lost = (*versions.lost, Recorded(event, recorded.seq, recorded.time))
        if event.of in (StoryReceived.fact, StoryCanceled.fact):
            # Nobody can know whether it became current: its ordinal is left to it.
            versions.arrivals = max(versions.arrivals, event.nth)
            versions.ordinal += 1
    else:
        # If its arrival is lost, the numbers that this event shows must still not be given again.
        versions.ordinal = max(versions.ordinal, event.ordinal)
        versions.arrivals = max(versions.arrivals, event.ordinal)


def evolve(versions: Versions, event: Arrival, came: datetime = LONG_AGO) -> None:
    """Take one version into account; ``came`` is when the log took it, once it has."""
    canceled = event.story.pubstatus == "canceled"
    seen = Seen(
        version=event.version,
        created=event.story.version_created,
        content=event.content,
        canceled=canceled,
        event_id=event.id,
        standing=event.standing,
        arrival=event.arrival,
        feed=event.feed,
        agency=agency_of(event.contract),
        provider=event.story.provider,
        weight=weight_of(event),
        stranger=OTHER_FEED in event.flags,
    )
    versions.said[seen.content] = (*versions.said.get(seen.content, ()), seen)
    for source in filter(None, (event.original, event.entry)):
        versions.sent[source] = (*versions.sent.get(source, ()), seen)
    versions.arrivals = max(versions.arrivals, event.arrival)
    if event.standing == "current":
        label = versions.current.version if versions.current else ""
        versions.parts = parts_of(event.version, event.story, event.flags, versions.parts, label)
        versions.ordinal = max(versions.ordinal, event.ordinal)
        versions.current, versions.story, versions.came = seen, event.story, came
