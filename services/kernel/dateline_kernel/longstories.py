"""Remembers the folded state of long stories, so that only their new events are read each time (ADR 51).

It changes no answer. A state is made from events that were read from the log, and is used only if the log still has the
last of them, and every event after it can be read. The next write expects the story's last event, as always. A new
process reads each story whole once.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct

from dateline_kernel.agreement import CATCHES_UP
from dateline_kernel.clock import LONG_AGO
from dateline_kernel.directget import Incomplete
from dateline_kernel.journal import Journal, place_of
from dateline_kernel.losses import unread_of
from dateline_schemas.events import Event, Recorded

S = TypeVar("S")

LONG = 50
"""Number of events from which on a story is remembered; shorter ones are read as quickly."""
ROOM = 64 * 1024 * 1024
"""Most bytes that all states together may take, by ``Folding.weight``."""
APART = 1_024
"""Bytes that a story takes besides its state, about."""


class Folded(Struct, Generic[S], frozen=True):
    """The state of a story after all its events."""

    state: S
    seq: int = 0
    """Sequence of its last event; 0 if it has none."""
    time: datetime = LONG_AGO
    """When the log took that event. A log that was restored and went on may have another one under its sequence."""
    place: str = ""
    """``<fact>.<place>`` of that event."""


class Folding(Struct, Generic[S], frozen=True):
    """How a story's events become its state. Pure."""

    begun: Callable[[Sequence[Recorded[Event]]], S]
    """All events of a story -> its state."""
    further: Callable[[S, Sequence[Recorded[Event]]], S | None]
    """A state and newer events -> a new state; None if they do not follow on it."""
    weight: Callable[[S], int]
    """A state -> the bytes of memory that it takes, about."""


class _Kept(Struct, Generic[S], frozen=True):
    folded: Folded[S]
    wrote: int
    """Sequence of the last event that this process wrote to the story; a copy of the log without it lags."""
    weight: int


class LongStories(Generic[S]):
    """The states of the long stories that this process dealt with lately; the least recent ones are forgotten first."""

    def __init__(self, folding: Folding[S], *, long: int = LONG, room: int = ROOM) -> None:
        self._folding = folding
        self._long = long
        self._room = room
        self._kept: OrderedDict[str, _Kept[S]] = OrderedDict()
        self._weight = 0

    async def look(self, journal: Journal, story: str, *, refused: bool = False) -> Folded[S]:
        """The state of a story now. ``refused``: a write after the last look was refused, so there is more.

        Raises Unavailable.
        """
        return await self.further(journal, story, refused=refused) or await self._whole(journal, story)

    async def further(self, journal: Journal, story: str, *, least: int = 0, refused: bool = False) -> Folded[S] | None:
        """The state of a remembered story now, its new events read.

        None if it is not remembered, or its new events cannot all be read, or end before the sequence ``least``. Raises
        Unavailable.
        """
        kept = self._kept.get(story)
        if kept is None:
            return None
        least = max(least, kept.wrote, kept.folded.seq + refused)
        for wait in (0, *CATCHES_UP[:2]):
            await asyncio.sleep(wait)
            folded = await self._read_on(journal, story, kept.folded)
            if folded is not None and folded.seq >= least:
                self._keep(story, folded, kept.wrote)
                return folded
        self.forget(story)
        return None

    async def _read_on(self, journal: Journal, story: str, folded: Folded[S]) -> Folded[S] | None:
        try:
            async for events in journal.pages(story, folded.seq, folded.time):
                state = None if unread_of(events) else self._folding.further(folded.state, events)
                if state is None:
                    return None
                folded = _folded(state, events)
        except Incomplete:
            return None
        return folded

    async def _whole(self, journal: Journal, story: str) -> Folded[S]:
        log = await journal.load(story, whole=False)
        return self.keep(story, self._folding.begun(log), log)

    def keep(self, story: str, state: S, log: Sequence[Recorded[Event]]) -> Folded[S]:
        """Remember a story's state after ``log``, if that can be read and is long or was remembered before."""
        folded, kept = _folded(state, log), self._kept.get(story)
        if unread_of(log):
            self.forget(story)
        elif kept is not None or len(log) >= self._long:
            self._keep(story, folded, kept.wrote if kept else 0)
        return folded

    def _keep(self, story: str, folded: Folded[S], wrote: int) -> None:
        self.forget(story)
        kept = _Kept(folded, wrote, APART + self._folding.weight(folded.state))
        self._kept[story] = kept
        self._weight += kept.weight
        while self._weight > self._room:
            self.forget(next(iter(self._kept)))

    def wrote(self, story: str, seq: int) -> None:
        """Note that this process has written to the story; ``seq`` is the sequence of its last event now."""
        if (kept := self._kept.get(story)) is not None:
            self._kept[story] = _Kept(kept.folded, seq, kept.weight)

    def forget(self, story: str) -> None:
        """Forget a story."""
        if (kept := self._kept.pop(story, None)) is not None:
            self._weight -= kept.weight

    def state(self, story: str) -> S | None:
        """The state that is remembered of a story, its newest events maybe not counted in; None if there is none."""
        kept = self._kept.get(story)
        return kept.folded.state if kept else None

    @property
    def weight(self) -> int:
        """Bytes that all states take, about."""
        return self._weight


def _folded(state: S, log: Sequence[Recorded[Event]]) -> Folded[S]:
    if not log:
        return Folded(state)
    return Folded(state, log[-1].seq, log[-1].time, place_of(log[-1].event))
