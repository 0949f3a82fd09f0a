"""Reads one kind of event in the order of the log, as far as somebody needs it, without a gap whatever gets lost.

A consumer brings the events: it knows its place, so the server need not count for each page how many are left, through
the subjects of all stories. But the server tells a consumer of an event only a moment after the log has it. So whether
there is one is asked of the log itself, by one message (docs/adr/0029).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from dateline_kernel.delivery import Delivery, delivery_of
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.inflow import FULL, Next
from dateline_kernel.journal import Journal
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.reader import reader_from
from dateline_schemas.events import Event
from dateline_schemas.subjects import STORIES, fact_filter

PAGE = 400
"""Events asked for at a time."""
BEHIND_BY = 1_000
"""Sequences by which a replica that answers may be behind the log's newest event."""
WITHIN = 5.0
"""Seconds to wait for a page."""
LATE = 0.005
"""Seconds until a consumer is asked again for an event that the log has and it does not know of yet."""

Take = Callable[[tuple[Delivery, Msg]], None]
"""Hears of each message, in order."""

_NOTHING_MORE = ("404", "408")


class OrderedReader:
    """Reads one kind. Events wait in ``waiting``, in the order of the log, until somebody takes them."""

    def __init__(self, kind: type[Event], since: datetime) -> None:
        self.waiting: deque[tuple[Delivery, Msg]] = deque()
        self._subject = fact_filter(kind)
        self._next: dict[str, Any] = {"start_time": since.isoformat()}
        """Where to look for the next one."""
        self._consumer: _Consumer | None = None

    async def read_on(self, journal: Journal, seq: int) -> int:
        """Have at least one event in ``waiting``, unless the log has none before ``seq``, to which it must have come.

        Returns the sequence up to which none is missing then, ``seq`` at most. Raises Unavailable; may be cancelled.
        """
        if not self.waiting:
            found = await journal.direct.following(STORIES.name, self._subject, **self._next)
            if found is None or found >= seq:
                # Looked for from the beginning again, the server would look through all that came since each time.
                self._next = {"seq": max(self._next.get("seq", 1), seq - BEHIND_BY)}
                return seq
            await self._fetch(journal, found)
        behind = self.waiting[-1][0].seq + 1
        self._next = {"seq": behind}
        return min(seq, behind)

    async def _fetch(self, journal: Journal, seq: int) -> None:
        """Read a page, the first of it the event at ``seq``, which is in the log."""
        try:
            async with asyncio.timeout(WITHIN):
                while not self.waiting:
                    if self._consumer is None or self._consumer.broken:
                        await self.end()
                        self._consumer = await _consumer_at(journal, self._subject, seq, self.waiting.append)
                    if not await self._consumer.page() and not self._consumer.broken:
                        await asyncio.sleep(LATE)
        except (NatsError, OSError, TimeoutError) as error:
            if self._consumer is not None:
                self._consumer.broken = True
            raise Unavailable(f"reading {self._subject} broke off: {words(error)}") from error

    async def end(self) -> None:
        """Leave nothing behind on the server; reading on begins where it was. Raises nothing."""
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            await consumer.end()


class _Consumer:
    """One consumer, for as long as every message of it comes."""

    def __init__(self, client: QuickClient, name: str, take: Take) -> None:
        self.broken = False
        """Whether something of it was lost, or it is gone: another one must read on."""
        self._client = client
        self._name = name
        self._subscription: Subscription | None = None
        self._take = take
        self._inbox = self._client.new_inbox()
        self._heard = 0
        self._pages = 0
        self._open = 0
        """Messages that are still to come of the page that was asked for."""
        self._stirred = asyncio.Event()

    async def listen(self) -> None:
        """Before anything is asked for. Raises NatsError."""
        self._subscription = await self._client.take(f"{self._inbox}.*", self._came)

    async def page(self) -> bool:
        """Have all come that a page brings, or what is left of one that was asked for; whether any did.

        Raises NatsError.
        """
        heard = self._heard
        if not self._open:
            self._open, self._pages = PAGE, self._pages + 1
            subject = f"$JS.API.CONSUMER.MSG.NEXT.{STORIES.name}.{self._name}"
            body = msgspec.json.encode(Next(PAGE, self._client.room, no_wait=True))
            await self._client.publish(subject, body, reply=f"{self._inbox}.{self._pages}")
        while self._open and not self.broken:
            self._stirred.clear()
            await self._stirred.wait()
        return self._heard > heard

    def _came(self, message: Msg) -> None:
        """Take a message of the consumer, or the server's word that there are no more."""
        self._stirred.set()
        if self.broken:
            return
        if not message.reply:
            headers = message.headers or {}
            self.broken = headers.get("Status") not in _NOTHING_MORE and headers.get("Description") != FULL
            self._open = 0
            return
        delivery = delivery_of(message)
        if delivery.nth != self._heard + 1:
            self.broken = True
            return
        self._heard += 1
        self._open -= 1
        self._take((delivery, message))

    async def end(self) -> None:
        """Have the server forget it. Raises nothing: what it is not told to forget, it forgets by itself."""
        gone, self.broken = self.broken, True
        with suppress(NatsError, OSError, TimeoutError):
            if self._subscription is not None:
                await self._subscription.unsubscribe()
            if not gone:
                await self._client.jetstream().delete_consumer(STORIES.name, self._name)


async def _consumer_at(journal: Journal, subject: str, seq: int, take: Take) -> _Consumer:
    """One that reads from a sequence on. Raises NatsError."""
    info = await reader_from(journal.client, subject, seq)
    consumer = _Consumer(journal.client, info.name, take)
    await consumer.listen()
    return consumer
