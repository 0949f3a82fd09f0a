"""Remembers what long stories came to, so that only their new events are read, however often they go on.

No answer is another one because of it. What it remembers was read from the log, and counts only where the log still has
the event that it ends with, and can read all that it counts behind that. Whoever decides from it expects that event in
the next write, as always. A new process reads the story whole.
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
"""Events from which on a story is remembered: fewer are read as quickly."""
ROOM = 64 * 1024 * 1024
"""Bytes that all of them may take, as far as their own estimates go."""
APART = 1_024
"""Bytes that a story takes beside that."""


class Folded(Struct, Generic[S], frozen=True):
    """What a story came to."""

    state: S
    seq: int = 0
    """Of its last event; 0 if it has none."""
    time: datetime = LONG_AGO
    """When the log took that: one that was put back and went on may have another event under the same number."""
    place: str = ""
    """Where that stands in the story."""


class Folding(Struct, Generic[S], frozen=True):
    """How events become what is remembered of them. Pure."""

    begun: Callable[[Sequence[Recorded[Event]]], S]
    """From all events of a story."""
    further: Callable[[S, Sequence[Recorded[Event]]], S | None]
    """With those that came behind; it leaves what it is given as it is. None where they do not follow on that."""
    weight: Callable[[S], int]
    """Bytes that it takes, about."""


class _Kept(Struct, Generic[S], frozen=True):
    folded: Folded[S]
    wrote: int
    """Sequence of what this process wrote there last: a copy that does not have it lags."""
    weight: int


class LongStories(Generic[S]):
    """The long stories that a process dealt with lately; those are forgotten that went on longest ago."""

    def __init__(self, folding: Folding[S], *, long: int = LONG, room: int = ROOM) -> None:
        self._folding = folding
        self._long = long
        self._room = room
        self._kept: OrderedDict[str, _Kept[S]] = OrderedDict()
        self._weight = 0

    async def look(self, journal: Journal, story: str, *, refused: bool = False) -> Folded[S]:
        """What a story has come to. ``refused``: a write was that went by the last look, so there must be more.

        Raises Unavailable.
        """
        return await self.further(journal, story, refused=refused) or await self._whole(journal, story)

    async def further(self, journal: Journal, story: str, *, least: int = 0, refused: bool = False) -> Folded[S] | None:
        """What a remembered story has come to, its new events read; None if it is not remembered, or does not go on
        from there to the sequence ``least`` at least.

        Raises Unavailable.
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
        """Remember what a story came to with this ``log``, if that is long or was remembered, and can be read."""
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
        """This process has written to the story."""
        if (kept := self._kept.get(story)) is not None:
            self._kept[story] = _Kept(kept.folded, seq, kept.weight)

    def forget(self, story: str) -> None:
        """As if it had not been seen."""
        if (kept := self._kept.pop(story, None)) is not None:
            self._weight -= kept.weight

    def state(self, story: str) -> S | None:
        """What it came to when it was last folded at; None if that is not remembered."""
        kept = self._kept.get(story)
        return kept.folded.state if kept else None

    @property
    def weight(self) -> int:
        """Bytes that all of it takes, about."""
        return self._weight


def _folded(state: S, log: Sequence[Recorded[Event]]) -> Folded[S]:
    if not log:
        return Folded(state)
    return Folded(state, log[-1].seq, log[-1].time, place_of(log[-1].event))
