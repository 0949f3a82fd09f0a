"""Which events of a story still count for what is said of it next: not those that newer ones overtook. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from sys import getsizeof

from dateline_publish.life import Life, folded
from dateline_schemas.events import (
    Event,
    Recorded,
    StoryCanceled,
    StoryEnriched,
    StoryHeld,
    StoryReceived,
    StoryRefused,
    StoryReleased,
    StoryWithdrawn,
)

AN_EVENT = 4_096
"""Bytes that an event takes in memory beside its text, about."""


def still_counts(log: Sequence[Recorded[Event]]) -> list[Recorded[Event]]:
    """Those of a story's events without which something else would be decided, or announced, as it goes on.

    ``decide`` says the same to both. All of the log must stand on TOPICS, and all of it can be read. The last event is
    among them: what is written next expects it.
    """
    life = folded(log)
    subjects: set[str] = set()
    kept: list[Recorded[Event]] = []
    for one in log:
        counts = _counts(life, one.event, subjects)
        if isinstance(one.event, (StoryReleased, StoryWithdrawn)):
            subjects.update(one.event.subjects)
        if counts or one is log[-1]:
            kept.append(one)
    return kept


def _counts(life: Life, event: Event, subjects: set[str]) -> bool:
    """``subjects``: those of all announcements before it."""
    match event:
        case StoryReleased() | StoryWithdrawn():
            # Whatever it went out on first, an update goes out on, in this order.
            is_newest = event.number >= life.number or event.ordinal == life.newest
            return is_newest or event.ordinal in life.kills or not subjects.issuperset(event.subjects)
        case StoryEnriched():
            is_out = life.out is not None and life.out.ordinal == event.ordinal
            return event is life.latest or is_out or event.ordinal > life.newest
        case StoryReceived(standing="current"):
            return event is life.latest or event.ordinal > life.newest
        case StoryCanceled():
            return event.ordinal in life.kills
        case StoryHeld() | StoryRefused():
            return event.ordinal > life.newest or event.ordinal in life.kills
        case _:
            return False


def weight(log: Sequence[Recorded[Event]]) -> int:
    """Bytes that events take in memory, about."""
    return sum(_weight(one.event) for one in log)


def _weight(event: Event) -> int:
    if not isinstance(event, (StoryReceived, StoryEnriched, StoryReleased)):
        return AN_EVENT
    return AN_EVENT + sum(map(getsizeof, (*event.story.paragraphs, event.story.body_html)))
