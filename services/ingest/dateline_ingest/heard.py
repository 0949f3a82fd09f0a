"""When each feed's last story came in: noted by whoever takes in, kept in DOORS under ``heard.<feed>``.

Not derived from the log: its subjects do not name feeds, and reading every story again to see whose it is would cost
more than taking it in. A note costs nothing; the bucket is written at once for a feed that was quiet, and every two
seconds for a busy one. A process that dies loses two seconds of notes at most, which silence allows for.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime

from dateline_ingest.doorbook import NOTHING, DoorBook
from dateline_kernel.ending import cancelled
from dateline_kernel.errors import Conflict, Unavailable
from dateline_kernel.runtime import Runtime
from dateline_schemas.doors import heard_in

EVERY = 2.0
"""Seconds between two writes for a feed, at least."""
AGAIN = 1.0
"""Seconds to wait while the bucket does not answer."""


class Heard:
    """The notes of one process: the same ones for each of its doors."""

    def __init__(self) -> None:
        self._fresh: dict[str, datetime] = {}
        self._written: dict[str, float] = {}
        self._wake = asyncio.Event()

    def note(self, feed: str, at: datetime) -> None:
        """A story of a feed came in that was not there before. ``at`` is UTC."""
        self._fresh[feed] = at
        self._wake.set()

    async def run(self, runtime: Runtime) -> None:
        """Write what is noted until cancelled, and a last time then."""
        book = DoorBook(runtime.client, runtime.journal.direct)
        try:
            while not cancelled():
                await self._wake.wait()
                self._wake.clear()
                wait = await self._write(book, asyncio.get_running_loop().time())
                if self._fresh:
                    self._wake.set()
                    await asyncio.sleep(wait)
        finally:
            with suppress(Unavailable, TimeoutError):
                await asyncio.wait_for(self._write(book, float("inf")), 3.0)

    async def _write(self, book: DoorBook, tick: float) -> float:
        """Write the notes that are due; the seconds until others are."""
        due = [feed for feed in self._fresh if tick - self._written.get(feed, float("-inf")) >= EVERY]
        if not due:
            return EVERY / 4
        try:
            there = await book.all("heard")
            for feed in due:
                at, known = self._fresh[feed], there.get(feed, NOTHING)
                before = heard_in(known.value)
                if before is not None and before >= at:
                    del self._fresh[feed]
                    continue
                with suppress(Conflict):  # another process wrote: seen next time
                    await book.put(f"heard.{feed}", at.isoformat().encode(), known.revision)
                    self._written[feed] = tick
                    if self._fresh[feed] == at:
                        del self._fresh[feed]
        except Unavailable:
            return AGAIN
        return EVERY / 4
