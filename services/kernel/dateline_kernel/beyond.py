"""Reads the waiting events that the server does not deliver, because ``max_ack_pending`` others wait already.

An event behind these would be delivered only after one of them, even if its own time came first. So it is read from the
log and answered here when it is due. When the server delivers it in the end, nothing is left to say.
"""

from __future__ import annotations

import asyncio

from nats.js.api import ConsumerInfo

from dateline_kernel.ending import rest
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.losses import Unread
from dateline_kernel.runtime import Runtime
from dateline_kernel.waiting import EVERY, Waiting
from dateline_schemas.events import Event, Recorded
from dateline_schemas.subjects import STORIES, fact_filter

AT_ONCE = 64
"""Events that are answered concurrently."""
MOST = 1_000_000
"""Most events whose time is kept, about 1 kB each; further ones wait for the server."""


class Beyond:
    """The events of one kind behind the last one that the server delivered."""

    def __init__(self, kind: type[Event], waiting: Waiting) -> None:
        self._kind = kind
        self._waiting = waiting
        self._handed_to: int | None = None
        """Sequence at which the server has stopped; None while it goes on."""
        self._read_to = 0

    def seen(self, info: ConsumerInfo) -> None:
        """See from the server's account of the consumer whether it has stopped."""
        most, handed = info.config.max_ack_pending or 0, info.delivered
        full = bool(info.num_pending) and (info.num_ack_pending or 0) >= most
        self._handed_to = handed.stream_seq if full and handed else None

    async def keep_reading(self, runtime: Runtime) -> None:
        """Read on whenever the server has stopped, until cancelled."""
        while True:
            try:
                await self._read_on(runtime)
            except Unavailable as error:
                runtime.log.warning("not read on", kind=self._kind.__name__, error=words(error))
            await rest(EVERY)

    async def _read_on(self, runtime: Runtime) -> None:
        """Read, and have answered, what the server does not deliver. Raises Unavailable."""
        handed_to = self._handed_to
        if handed_to is None or len(self._waiting) >= MOST:
            return
        start = max(handed_to, self._read_to) + 1
        if await runtime.journal.direct.following(STORIES.name, fact_filter(self._kind), seq=start) is None:
            return
        part: list[Recorded[Event]] = []
        async for heard in runtime.journal.read(start, kinds=(self._kind,), whole=False):
            if isinstance(heard.event, Unread):
                continue  # the hearing puts it into quarantine when the server hands it out
            part.append(heard)
            if len(part) == AT_ONCE:
                await self._take(runtime, part)
                part = []
                if len(self._waiting) >= MOST:
                    break
        await self._take(runtime, part)

    async def _take(self, runtime: Runtime, part: list[Recorded[Event]]) -> None:
        await asyncio.gather(*(self._waiting.look_after(runtime, heard) for heard in part))
        self._read_to = max([self._read_to, *(heard.seq for heard in part)])
