"""A projection of the log in a service's memory, and the follower that keeps it as far as an event needs it.

A projection is thrown away with the process and made anew at the next start from as much of the log's past as it says
that it needs. Each instance of a service has its own.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from nats.aio.msg import Msg

from dateline_kernel.delivery import Delivery
from dateline_kernel.ending import rest
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.losses import unread
from dateline_kernel.orderedreader import OrderedReader
from dateline_kernel.runtime import Runtime
from dateline_schemas.codec import UnreadableEvent, decode
from dateline_schemas.events import Event, Recorded

PATIENCE = 5.0
"""Seconds that an event waits for the log to be read up to it, before it is put off."""
EVERY = 1.0
"""Seconds between looks for news that nobody has asked for yet."""
SHARE = 10
"""While nobody waits, reading takes at most one part in so many of the loop's time."""
BEHIND = timedelta(days=1)
"""How old events may be, at the start, to see all that they would have seen at their time."""


class Projection(Protocol):
    """What is known of the log's past, made by taking in its events one by one. Pure."""

    @property
    def kinds(self) -> tuple[type[Event], ...]:
        """The kinds of event it is made from."""
        ...

    @property
    def reach(self) -> timedelta:
        """How far back from an event it must know the log, to answer as of that event."""
        ...

    def passes_over(self, story_id: str, data: bytes) -> bool:
        """Whether an event makes no difference, as its bytes show: then they need not be decoded."""
        ...

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in the next event, in the order of the log; an Unread in place of one that cannot be read."""
        ...


class Follower:
    """Reads the log into a projection: ahead of need while there is time, and as far as an event asks."""

    def __init__(self, name: str, projection: Projection) -> None:
        self.name = name
        self.state = "not begun"
        """For /readyz: ``ok`` once it has caught up with the log."""
        self._projection = projection
        self._readers: list[OrderedReader] = []
        self._reached = 0
        self._asked = 0
        self._lock = asyncio.Lock()
        self.read = 0
        """Events taken in."""

    async def reach(self, journal: Journal, heard: Recorded[Event]) -> None:
        """Take in all that the log has before an event.

        Whoever has not begun yet begins as far before that event as the projection says. Raises Unavailable.
        """
        self._begin(heard.time - self._projection.reach)
        await self._read_to(journal, heard.seq)

    async def reached(self, journal: Journal, heard: Recorded[Event]) -> None:
        """Take in all that the log has before an event, within PATIENCE. Raises Unavailable: it has to come again."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.reach(journal, heard)
        except TimeoutError:
            raise Unavailable(f"{self.name} is read up to event {self._reached}, not yet to {heard.seq}") from None

    async def follow(self, runtime: Runtime) -> None:
        """Read what there is and then what comes, until cancelled."""
        self._begin(runtime.now() - self._projection.reach - BEHIND)
        try:
            while True:
                with suppress(Unavailable):
                    await self._catch_up(runtime)
                await rest(EVERY)
        finally:
            await self.end()

    async def _catch_up(self, runtime: Runtime) -> None:
        head = await runtime.journal.last_sequence() + 1
        await self._read_to(runtime.journal, head, rests=self.state == "ok")
        if self.state != "ok":
            runtime.log.info("projection built", projection=self.name, events=self.read, seq=head - 1)
            self.state = "ok"

    async def end(self) -> None:
        """Leave nothing behind on the server, after the last call of ``reach``. Raises nothing."""
        for reader in self._readers:
            await reader.end()

    def _begin(self, since: datetime) -> None:
        if not self._readers:
            self.state = f"is being built from {since.isoformat()}"
            for kind in self._projection.kinds:
                self._readers.append(OrderedReader(kind, since))

    async def _read_to(self, journal: Journal, seq: int, *, rests: bool = False) -> None:
        """Take in all events before ``seq``, which must be in the log already."""
        self._asked = max(self._asked, 0 if rests else seq)
        while self._reached < seq:
            async with self._lock:
                began = time.perf_counter()
                # Whoever waits for the lock has it read as far as the last of them needs.
                await self._page(journal, max(seq, self._asked))
                took = time.perf_counter() - began
            if rests and self._asked <= self._reached:
                await asyncio.sleep(took * (SHARE - 1))

    async def _page(self, journal: Journal, seq: int) -> None:
        """Read a page of each kind that is not read to ``seq``, and take in what is complete."""
        if self._reached >= seq:
            return
        # All of them to their end, also where one fails: a reader serves one at a time.
        reading = (reader.read_on(journal, seq) for reader in self._readers)
        complete = seq
        for read_up_to in await asyncio.gather(*reading, return_exceptions=True):
            if isinstance(read_up_to, BaseException):
                raise read_up_to
            complete = min(complete, read_up_to)
        await self._take_in(complete)
        self._reached = complete
        if self.state != "ok":
            self.state = f"is being built: {self.read} events, up to sequence {complete - 1}"

    async def _take_in(self, seq: int) -> None:
        """Take in what was read before a sequence, in the order of the log. May be cancelled between two events."""
        while ready := [one for one in self._readers if one.waiting and one.waiting[0][0].seq < seq]:
            first = min(ready, key=lambda one: one.waiting[0][0].seq)
            self._apply(*first.waiting.popleft())
            self.read += 1
            await asyncio.sleep(0)  # taking one in takes a third of a millisecond: whoever waits comes first

    def _apply(self, delivery: Delivery, message: Msg) -> None:
        if self._projection.passes_over(message.subject.split(".")[1], message.data):
            return
        event: Event
        try:
            event = decode(message.data)
        except UnreadableEvent as error:
            event = unread(message.subject, str(error), message.headers)
        self._projection.apply(Recorded(event, delivery.seq, delivery.time))
