"""FastStream's batch subscriber, with a pull of its own (``inflow``).

FastStream handles a pull either message by message, which costs 0.1 ms of processor time each, or as one batch, for
which it waits its whole timeout: 27 ms at the median with 50 ms. nats-py's ``fetch`` asks anew for every batch and
puts a timer and a task round every message. What is wanted is in between: messages flow in on a request that stays
open, and are handed over, as one batch, as soon as there is anyone free to work on them. Only the loop differs from
FastStream's, so only the loop is replaced.
"""

from __future__ import annotations

import asyncio
from typing import Any

from faststream.nats.subscriber.usecases import BatchPullStreamSubscriber
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from dateline_kernel.ending import ended
from dateline_kernel.inflow import REFUSED, Inflow, inflow
from dateline_kernel.quickclient import QuickClient

AT_ONCE = 2
"""Batches under way: while one waits for its fsync, the next one is worked on."""


class ImpatientPull(BatchPullStreamSubscriber):
    """Hands over what the server has sent as soon as there is a place for it to be worked on."""

    __slots__ = ()

    client: QuickClient
    consumer: str

    async def _consume_pull(self) -> None:
        places = asyncio.Semaphore(AT_ONCE)
        under_way: set[asyncio.Task[None]] = set()
        async with inflow(self.client, self.stream.name, self.consumer, self.pull_sub.batch_size) as flow:
            while self.running:
                await places.acquire()
                task = asyncio.create_task(self.consume(await patient(flow)))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
                task.add_done_callback(lambda _: places.release())

    async def leave_off(self) -> None:
        """Pull no more, and give back what nobody took; what is under way goes on. Raises nothing."""
        for task in self.tasks:
            await ended(task)


async def patient(flow: Inflow) -> list[Msg]:
    """The next batch; the connection comes back by itself, and the watch looks after stalls."""
    while True:
        try:
            return await flow.batch()
        except (NatsError, OSError):
            await asyncio.sleep(REFUSED)


def impatient(subscriber: Any, client: QuickClient, consumer: str) -> ImpatientPull:
    """The same subscriber with the other loop; to be called before it is started.

    FastStream's registrator makes its own classes and offers no place for ours, so the class is exchanged.
    """
    subscriber.__class__ = type(
        "ImpatientPull", (ImpatientPull,), {"__slots__": (), "client": client, "consumer": consumer}
    )
    return subscriber  # type: ignore[no-any-return]
