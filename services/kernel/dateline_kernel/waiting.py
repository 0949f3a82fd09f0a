"""What waits for its time, for clocks that jump while the server counts seconds.

The server hands out again what was put off when so many seconds have gone by. They do not go by while a machine
sleeps; and a clock that was behind when they were counted, or is put right meanwhile, makes them too many. So whoever
put an event off looks at the clock as well, and does not wait for the server where that is late.
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
"""Seconds for which an event is put off at the most: three centuries are none, by the server's nanoseconds."""
EVERY = 1.0
"""Seconds between looks at the clock."""
COMPARED = 60
"""Looks after which it is compared with the log's."""
LATE = timedelta(seconds=5)
"""By how much the server is late, for who looks at the clock: mostly it is there to the second."""
APART = timedelta(seconds=5)
"""Two clocks that differ by more than this are logged."""
RETRY = timedelta(minutes=1)
"""Until the next try of what the server was late with, and failed."""
FIRST, AGAIN = 1, 2
"""The delivery that it counts as: what follows may be in the log already."""


class Waiting:
    """Events of one kind that were put off, as this process knows them. Of several times the last one counts."""

    def __init__(self, consumer: str, reaction: Reaction) -> None:
        self._consumer = consumer
        self._reaction = reaction
        self._times: dict[int, tuple[datetime, Recorded[Event]]] = {}
        self._queue: list[tuple[datetime, int]] = []

    def note(self, heard: Recorded[Event], again_at: datetime | None, patience: timedelta = LATE) -> None:
        """It is to come again at this time, or need not; the server has so much longer to hand it out."""
        known = self._times.pop(heard.seq, None)
        if again_at is None:
            return
        due = later(again_at, patience)
        self._times[heard.seq] = (due, heard)
        # One that waits for longer than a day is put off each day to the same time.
        if known is None or known[0] != due:
            heapq.heappush(self._queue, (due, heard.seq))

    def overdue(self, now: datetime) -> Iterator[Recorded[Event]]:
        """Those that the server should have handed out by now, each once until it is put off anew."""
        while self._queue and self._queue[0][0] <= now:
            due, seq = heapq.heappop(self._queue)
            known = self._times.get(seq)
            if known is not None and known[0] == due:
                del self._times[seq]
                yield known[1]

    def __len__(self) -> int:
        return len(self._times)

    async def look_after(self, runtime: Runtime, heard: Recorded[Event]) -> None:
        """Answer an event that the server does not hand out; it comes again at its time. Raises nothing."""
        again_at: datetime | None = runtime.now() + RETRY
        try:
            again_at = await self._reaction(runtime, heard, FIRST)
        except Exception as error:
            self._log(runtime, heard).warning("failed", error=repr(error)[:500])
        self.note(heard, again_at, patience=timedelta(0))

    async def keep_time(self, runtime: Runtime) -> None:
        """React to what has waited for its time where the server is late with it; compare clocks. Until cancelled."""
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
        """It is not acknowledged: when the server hands it out in the end, nothing is left to do about it."""
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
    """Seconds after which an event that has ``left`` to wait is handed out again.

    The server goes by the seconds that pass; whoever decides then looks at the clock. So what waits ends when both say
    so, and a clock that jumps ahead meanwhile lets nothing out that the log's clock does not.
    """
    return max(0.001, min(left.total_seconds(), LONGEST_WAIT))
