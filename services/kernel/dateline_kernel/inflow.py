"""The messages of a pull consumer as they flow in: one request that stays open, and whatever has come is one batch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from dateline_kernel.quickclient import QuickClient

EXPIRES = 1.0
"""Seconds that a request stays open; after a restart of the server it takes as long until the next one."""
GRACE = 0.5
"""Seconds after which a request that should have ended is given up, and another one made."""
REFUSED = 0.1
"""Seconds to wait when there is nobody to ask."""
TURNS = 4
"""Of the loop, that a message takes from the socket to here, and one more."""

FULL = "Message Size Exceeds MaxBytes"
"""How the server ends a request that has no room for the next message; its status, 409, says other things as well."""

_PENDING = "Nats-Pending-Messages"


class Next(msgspec.Struct, frozen=True, omit_defaults=True):
    """Body of ``$JS.API.CONSUMER.MSG.NEXT`` (NATS ADR-37)."""

    batch: int
    max_bytes: int
    """At which the request ends, before its batch is full. One that has no room for the next message brings none."""
    expires: int = 0
    """Nanoseconds."""
    no_wait: bool = False
    """Whether it ends with what there is now."""
    idle_heartbeat: int = 0
    """Nanoseconds after which the server says that it is there; 0 if it need not."""


class Inflow:
    """Messages of a pull consumer, as they come, at most about ``most`` that nobody has taken yet."""

    def __init__(self, client: QuickClient, subject: str, inbox: str, most: int) -> None:
        self._client = client
        self._subject = subject
        self._inbox = inbox
        self._most = most
        self._ready: list[Msg] = []
        self._open = 0
        self._deadline = 0.0
        self._asked = 0
        self._refused = False
        self._stirred = asyncio.Event()

    async def batch(self) -> list[Msg]:
        """What has come since the last call; waits for the first message, and for nothing that is not here yet.

        Raises NatsError.
        """
        loop = asyncio.get_running_loop()
        while not self._ready:
            self._stirred.clear()
            if loop.time() >= self._deadline:
                self._open = 0
            if self._open <= 0:
                if self._refused:
                    await asyncio.sleep(REFUSED)
                await self._ask(loop.time())
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._deadline):
                    await self._stirred.wait()
        await self._gather()
        if self._open <= self._most // 2 and loop.time() < self._deadline:
            # Asked before it runs dry, so that the server always knows where to send the next one.
            await self._ask(loop.time())
        # Last: whoever is cancelled while it asks, or cannot ask, has taken nothing.
        came, self._ready = self._ready, []
        return came

    async def _gather(self) -> None:
        """Read on while the connection brings more, up to a batch; for a single message nothing is read on.

        A turn of the loop reads 256 kB at the most, a few dozen events, and what is answered in one batch is written
        in one: the fewer they are, the less the server has to do.
        """
        seen, turns = len(self._ready), 0
        while 1 < seen < self._most and turns < TURNS:
            await asyncio.sleep(0)
            turns = turns + 1 if len(self._ready) == seen else 0
            seen = len(self._ready)

    async def _ask(self, now: float) -> None:
        self._asked += 1
        self._refused = False
        wanted = self._most - max(0, self._open)
        self._open = self._most
        self._deadline = now + EXPIRES + GRACE
        body = msgspec.json.encode(Next(wanted, self._client.room, expires=int(EXPIRES * 1e9)))
        await self._client.publish(self._subject, body, reply=f"{self._inbox}.{self._asked}")

    def came(self, message: Msg) -> None:
        """Take a message of the consumer, or the server's word that a request has ended."""
        if message.reply:
            self._ready.append(message)
            self._open -= 1
        else:
            headers = message.headers or {}
            self._open -= int(headers.get(_PENDING, self._most))
            self._refused = self._refused or _PENDING not in headers
        self._stirred.set()

    async def give_back(self) -> None:
        """Let others have what nobody took."""
        with suppress(NatsError, OSError):
            for message in self._ready:
                await message.nak()


@asynccontextmanager
async def inflow(
    client: QuickClient, stream: str, consumer: str, most: int, *, acked: bool = True
) -> AsyncIterator[Inflow]:
    """The messages of a pull consumer while the block lasts; ``acked``: what nobody took is given back at its end.

    Raises NatsError.
    """
    inbox = client.new_inbox()
    flow = Inflow(client, f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}", inbox, most)
    subscription = await client.take(f"{inbox}.*", flow.came)
    try:
        yield flow
    finally:
        with suppress(NatsError, OSError):
            await subscription.unsubscribe()
        if acked:
            await flow.give_back()
