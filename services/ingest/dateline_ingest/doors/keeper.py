"""Keeps the doors that fetch: a shift for each feed that this process offers a door for and has the lease of.

The bucket is read every second: a feed that is new gets its shift, a changed one is started again with what it says
now, a paused or removed one is stopped. Of several processes one works a feed; if it vanishes, another takes over.
"""

from __future__ import annotations

import asyncio
import uuid

from msgspec import Struct

from dateline_ingest.doorbook import DoorBook
from dateline_ingest.doors.context import DoorContext
from dateline_ingest.doors.failing import DoorMetrics
from dateline_ingest.doors.lease import Leases
from dateline_ingest.doors.shift import Shift
from dateline_ingest.doors.table import FETCHING
from dateline_kernel.ending import cancelled
from dateline_kernel.errors import Unavailable
from dateline_schemas.feeds import Feed

EVERY = 1.0
"""Seconds between two looks at the bucket."""
GRACE = 5.0
"""Seconds that a door gets to end."""


class _AtWork(Struct):
    shift: Shift
    task: asyncio.Task[None]


class Keeper:
    """Of one process; ``every`` is the seconds between two looks."""

    def __init__(self, context: DoorContext, every: float = EVERY) -> None:
        runtime, settings = context.runtime, context.settings
        self._runtime = runtime
        self._context = context
        self._offered = frozenset(settings.doors) & frozenset(FETCHING)
        self._leases = Leases(DoorBook(runtime.client, runtime.journal.direct), uuid.uuid4().hex, settings.lease)
        self._metrics = DoorMetrics(runtime)
        self._every = min(every, settings.lease / 10)
        self._at_work: dict[str, _AtWork] = {}
        self._clinging: dict[str, asyncio.Task[None]] = {}
        """Shifts that were ended and have not ended yet: another one of their feed would read beside them."""

    async def run(self) -> None:
        """Keep them until cancelled; then stop them, and give the feeds back."""
        try:
            while not cancelled():
                try:
                    await self._look()
                except Unavailable as error:
                    self._runtime.log.warning("doors are not looked after", reason=str(error))
                    await self._stop([name for name in self._at_work if self._leases.lost(name, _tick())])
                await asyncio.sleep(self._every)
        finally:
            await self._stop(list(self._at_work))

    async def _look(self) -> None:
        wanted = {
            listed.feed.name: listed.feed for listed in await self._context.feeds.all() if self._wants(listed.feed)
        }
        await self._stop([name for name, one in self._at_work.items() if self._over(one, wanted.get(name))])
        taken = [name for name in self._at_work if not await self._leases.renew(name, _tick(), self._runtime.now())]
        if taken:
            self._runtime.log.warning("another process took these feeds", feeds=taken)
            await self._stop(taken)
        await self._leases.look(_tick())
        self._clinging = {name: task for name, task in self._clinging.items() if not task.done()}
        for name in wanted.keys() - self._at_work.keys() - self._clinging.keys():
            await self._start(wanted[name])

    def _over(self, one: _AtWork, wanted: Feed | None) -> bool:
        """Whether this shift is to end: its feed changed, or it died, which is a fault in it."""
        if one.task.done():
            fault = None if one.task.cancelled() else one.task.exception()
            self._runtime.log.error("shift died", feed=one.shift.feed.name, exc_info=fault)
        return one.task.done() or one.shift.feed != wanted

    def _wants(self, feed: Feed) -> bool:
        return feed.door in self._offered and not feed.paused

    async def _start(self, feed: Feed) -> None:
        now = self._runtime.now()
        if not self._leases.free(feed.name, _tick(), now) or not await self._leases.take(feed.name, _tick(), now):
            return
        shift = Shift(self._context, feed, self._metrics)
        task = asyncio.create_task(shift.run(), name=f"door-{feed.name}")
        self._at_work[feed.name] = _AtWork(shift, task)
        self._runtime.log.info("door opened", feed=feed.name, door=feed.door)

    async def _stop(self, names: list[str]) -> None:
        """End these shifts together, then let others have the feeds."""
        ending = {name: self._at_work.pop(name) for name in names}
        if not ending:
            return
        for one in ending.values():
            one.task.cancel()
        _, left = await asyncio.wait([one.task for one in ending.values()], timeout=GRACE)
        for name, one in ending.items():
            if one.task in left:
                self._runtime.log.error("door does not end", feed=name, door=one.shift.feed.door)
                self._clinging[name] = one.task
                continue
            self._runtime.log.info("door closed", feed=name, door=one.shift.feed.door)
            try:
                await self._leases.give_back(name)
            except Unavailable as error:
                self._runtime.log.warning("lease runs out by itself", feed=name, reason=str(error))


def _tick() -> float:
    return asyncio.get_running_loop().time()
