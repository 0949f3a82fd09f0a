"""What ingest knows of a story: the versions that were taken in, and the one that is current. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from msgspec import Struct

from dateline_ingest.say import OTHER_FEED, weight_of
from dateline_ingest.takes import Part, parts_of
from dateline_kernel.losses import Unread
from dateline_schemas.events import Event, Intake, Recorded, Standing, StoryCanceled, StoryReceived
from dateline_schemas.feeds import agency_of
from dateline_schemas.story import Story

LONG_AGO = datetime.min.replace(tzinfo=UTC)


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
    """Of the feed's contract; empty if it has none or is an outlet."""
    provider: str
    weight: int
    """Of the feed: AGREED, UNKNOWN or OUTLET."""
    stranger: bool
    """Whether it came by a feed that had no say in the story."""


@dataclass
class Versions:
    """What ingest knows of a story."""

    seen: list[Seen] = field(default_factory=list)
    ordinal: int = 0
    """How many versions were current, one after another."""
    arrivals: int = 0
    """How many there were."""
    current: Seen | None = None
    story: Story | None = None
    """The current version itself."""
    parts: dict[int, Part] = field(default_factory=dict)
    """The takes that the current version has, by number."""


def fold(events: Iterable[Event]) -> Versions:
    """State from the story's events."""
    versions = Versions()
    for event in events:
        if isinstance(event, Intake):
            evolve(versions, event)
        elif isinstance(event, Unread) and event.of in (StoryReceived.fact, StoryCanceled.fact):
            # Whether it became current cannot be known.
            versions.arrivals = max(versions.arrivals, event.nth)
            versions.ordinal += 1
        elif not isinstance(event, Unread):
            # Its arrival may be lost, and no number is given twice.
            versions.ordinal = max(versions.ordinal, event.ordinal)
            versions.arrivals = max(versions.arrivals, event.ordinal)
    return versions


def came_of(versions: Versions, log: Sequence[Recorded[Event]]) -> datetime:
    """When the log took the version that is current; long ago if there is none, or it is not in the log yet."""
    current = versions.current
    return next((one.time for one in log if current and one.event.id == current.event_id), LONG_AGO)


def evolve(versions: Versions, event: Intake) -> None:
    """Take one version into account."""
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
    versions.seen.append(seen)
    versions.arrivals = max(versions.arrivals, event.arrival)
    if event.standing == "current":
        label = versions.current.version if versions.current else ""
        versions.parts = parts_of(event.version, event.story, event.flags, versions.parts, label)
        versions.ordinal = max(versions.ordinal, event.ordinal)
        versions.current, versions.story = seen, event.story
