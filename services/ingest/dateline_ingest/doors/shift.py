"""One feed's door at work: started, started again when it fails, until it is cancelled."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from traceback import format_exception

from dateline_ingest.doors.context import DoorContext
from dateline_ingest.doors.failing import DoorMetrics, Streak, pause
from dateline_ingest.doors.feedroom import FeedRoom
from dateline_ingest.doors.room import Door, DoorFault
from dateline_ingest.doors.table import door_of
from dateline_kernel.ending import cancelled
from dateline_kernel.errors import Unavailable
from dateline_schemas.feeds import Feed

STEADY = 10.0
"""Seconds without a fault after which a source that answered counts as working again, if no round ended before."""


MOST_WAITS = 5
"""Times in a row that the wait for the log is doubled: it comes back for all feeds at once."""


class Shift:
    """Works one feed in this process."""

    def __init__(self, context: DoorContext, feed: Feed, metrics: DoorMetrics) -> None:
        self.feed = feed
        self._metrics = metrics
        self._streak = Streak(context.runtime, feed.name)
        self._steady: asyncio.Task[None] | None = None
        self._room = FeedRoom(context, feed, reached=self._reached, worked=self._works)

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            # A library may swallow a cancellation that comes together with what it waited for.
            while not cancelled():
                await self._try()
                await asyncio.sleep(pause(self._streak.count, random.random(), self.feed.every))
        finally:
            self._unsteady()
            self._metrics.gone(self.feed.name)

    async def _try(self) -> None:
        """Run the door once, and tell how it ended."""
        feed, log = self.feed, self._room.log
        try:
            await self._streak.recall()
            await self._found()(self._room)
            raise DoorFault("the door ended by itself; that is a fault in it")
        except DoorFault as fault:
            reason = self._room.without_secrets(str(fault))
            log.warning("door failed", reason=reason)
        except Unavailable as error:
            # Not the source's fault: nothing to tell about the feed.
            log.warning("door waits for the log", reason=str(error))
            self._streak.count = max(self._streak.count, min(self._streak.count + 1, MOST_WAITS))
            return
        except asyncio.CancelledError:
            if cancelled():
                raise
            reason = f"CancelledError: something in door {feed.door} gave up its own work; see the log of ingest"
            log.error("door broke", reason=reason)
        except Exception as error:
            reason = f"{type(error).__name__}: a fault in door {feed.door}; see the log of ingest"
            log.error("door broke", exception=self._room.without_secrets("".join(format_exception(error))))
        self._unsteady()
        self._metrics.failed(feed)
        await self._tell(reason)

    def _found(self) -> Door:
        try:
            return door_of(self.feed.door)
        except ImportError as error:
            what = f"door {self.feed.door} cannot be used here: {error}"
            raise DoorFault(f"{what}; install its library, or leave the door out of `doors`") from error

    async def _tell(self, reason: str) -> None:
        try:
            await self._streak.add(reason)
        except Unavailable as error:
            self._room.log.warning("not told that the feed fails", reason=str(error))

    async def _reached(self) -> None:
        if self._steady is None:
            self._steady = asyncio.create_task(self._settle(), name=f"steady-{self.feed.name}")

    async def _settle(self) -> None:
        await asyncio.sleep(STEADY)
        await self._works()

    async def _works(self) -> None:
        """A round is done, and the source answered in it: it does not fail any more."""
        if self._steady is None:
            return
        if self._steady is not asyncio.current_task():
            self._unsteady()
        self._steady = None
        was = self._streak.open
        with suppress(Unavailable):  # the next round says it
            await self._streak.end()
            self._metrics.works(self.feed.name)
            if was:
                self._room.log.info("door works again")

    def _unsteady(self) -> None:
        if self._steady is not None:
            self._steady.cancel()
            self._steady = None
