"""Which events of a long story must be remembered: those that newer events have overtaken need not be. Pure."""

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
"""Bytes that an event takes in memory besides its text, about."""


def still_counts(log: Sequence[Recorded[Event]]) -> list[Recorded[Event]]:
    """The events without which ``decide`` or ``announce`` might do something else from now on.

    All of ``log`` must be readable and announced on TOPICS. The last event is always kept: the next write names it.
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
    """Whether to keep an event; ``subjects`` are those of all announcements before it."""
    match event:
        case StoryReleased() | StoryWithdrawn():
            # An update goes out on all earlier subjects, in their order: the first announcement on each is kept.
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
    """Bytes of memory that events take, about."""
    return sum(_weight(one.event) for one in log)


def _weight(event: Event) -> int:
    if not isinstance(event, (StoryReceived, StoryEnriched, StoryReleased)):
        return AN_EVENT
    return AN_EVENT + sum(map(getsizeof, (*event.story.paragraphs, event.story.body_html)))
