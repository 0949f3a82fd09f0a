"""Events that wait for a time, such as the end of an embargo, although clocks may jump meanwhile.

The server delivers an event that was put off after so many seconds. These do not pass while a machine sleeps, and they
are too many if the clock was behind when they were counted. So the process that put an event off also watches the
clock, and answers the event itself if the server is late.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from dateline_kernel.clock import later, log_time
from dateline_kernel.ending import rest
from dateline_kernel.errors import Unavailable
from dateline_kernel.reactions import Reaction
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Event, Recorded

LONGEST_WAIT = 86_400.0
"""Most seconds for which an event is put off; the server counts in nanoseconds, which end at three centuries."""
EVERY = 1.0
"""Seconds between looks at the clock."""
COMPARED = 60
"""Number of looks after which our clock is compared with the log's."""
LATE = timedelta(seconds=5)
"""Delay from which on the server counts as late; mostly it is there to the second."""
APART = timedelta(seconds=5)
"""Two clocks that differ by more than this are logged."""
RETRY = timedelta(minutes=1)
"""Until the next try of an event that was answered here and failed."""
FIRST, AGAIN = 1, 2
"""As which delivery the reaction gets an event. From the second on it looks in the log for an answer first."""


class Waiting:
    """The events of one kind that this process put off. If one was put off several times, the last time counts."""

    def __init__(self, consumer: str, reaction: Reaction) -> None:
        self._consumer = consumer
        self._reaction = reaction
        self._times: dict[int, tuple[datetime, Recorded[Event]]] = {}
        self._queue: list[tuple[datetime, int]] = []

    def note(self, heard: Recorded[Event], again_at: datetime | None, patience: timedelta = LATE) -> None:
        """Note when an event is to be delivered again, None for not at all. The server may be late by ``patience``."""
        known = self._times.pop(heard.seq, None)
        if again_at is None:
            return
        due = later(again_at, patience)
        self._times[heard.seq] = (due, heard)
        # An event that waits for longer than LONGEST_WAIT is put off to the same time again and again.
        if known is None or known[0] != due:
            heapq.heappush(self._queue, (due, heard.seq))

    def overdue(self, now: datetime) -> Iterator[Recorded[Event]]:
        """Events that the server should have delivered by now, each once until it is put off again."""
        while self._queue and self._queue[0][0] <= now:
            due, seq = heapq.heappop(self._queue)
            known = self._times.get(seq)
            if known is not None and known[0] == due:
                del self._times[seq]
                yield known[1]

    def __len__(self) -> int:
        return len(self._times)

    async def look_after(self, runtime: Runtime, heard: Recorded[Event]) -> None:
        """Answer an event that the server does not deliver (``beyond``), and note its time. Raises nothing."""
        again_at: datetime | None = runtime.now() + RETRY
        try:
            again_at = await self._reaction(runtime, heard, FIRST)
        except Exception as error:
            self._log(runtime, heard).warning("failed", error=repr(error)[:500])
        self.note(heard, again_at, patience=timedelta(0))

    async def keep_time(self, runtime: Runtime) -> None:
        """Answer events that the server is late with, and compare the clocks, until cancelled."""
        look = 0
        while True:
            if look % COMPARED == 0:
                with suppress(Unavailable):
                    await _compare(runtime)
            look += 1
            for heard in self.overdue(runtime.now()):
                await self._react(runtime, heard)
            await rest(EVERY)

    async def _react(self, runtime: Runtime, heard: Recorded[Event]) -> None:
        """Answer an event without acknowledging it: when the server delivers it in the end, nothing is left to say."""
        again_at: datetime | None = runtime.now() + RETRY
        log = self._log(runtime, heard)
        try:
            again_at = await self._reaction(runtime, heard, AGAIN)
        except Exception as error:
            log.warning("failed", error=repr(error)[:500])
        else:
            log.warning("server late", again_at=again_at.isoformat() if again_at else "")
        self.note(heard, again_at)

    def _log(self, runtime: Runtime, heard: Recorded[Event]) -> Any:
        return runtime.log.bind(consumer=self._consumer, seq=heard.seq, story=heard.event.story_id)


async def _compare(runtime: Runtime) -> None:
    apart = runtime.now() - await log_time(runtime.client)
    runtime.telemetry.clock.labels(runtime.service).set(apart.total_seconds())
    if abs(apart) > APART:
        runtime.log.warning("clock differs from the log's", seconds=apart.total_seconds())


def put_off(left: timedelta) -> float:
    """Seconds after which an event with ``left`` to wait is delivered again: 1 ms to LONGEST_WAIT.

    The decision is made anew then, by the clocks. So a clock that jumps ahead lets nothing out too early.
    """
    return max(0.001, min(left.total_seconds(), LONGEST_WAIT))
