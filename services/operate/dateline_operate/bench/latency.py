"""How long it takes from the answer to a sender until the story is in the hands of an outlet that pulls."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable

from msgspec import Struct
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import api

WITHIN = 60.0
"""Seconds after the last push in which the last story must be readable."""


class Latency(Struct, frozen=True):
    """Milliseconds, of many stories."""

    p50: float
    p99: float
    longest: float
    within: tuple[float, ...]
    """Percentiles 1 to 99, in milliseconds: within so many 1, 2, ... 99 of a hundred stories came."""


class Stopwatch:
    """Notes of each story when it was accepted, and when its first topic message was read."""

    def __init__(self, client: Client, stream: str, name_of: Callable[[Msg], str]) -> None:
        self._client = client
        self._stream = stream
        self._name_of = name_of
        self._accepted: dict[str, float] = {}
        self._readable: dict[str, float] = {}
        self._reading: asyncio.Task[None] | None = None

    async def start(self, count: int) -> None:
        """Begin to read, until so many stories came."""
        config = api.ConsumerConfig(
            deliver_policy=api.DeliverPolicy.NEW, ack_policy=api.AckPolicy.NONE, mem_storage=True
        )
        info = await self._client.jetstream().add_consumer(self._stream, config)
        outlet = await self._client.jetstream().pull_subscribe_bind(info.name, stream=self._stream)

        async def read() -> None:
            while len(self._readable) < count:
                for message in await outlet.fetch(1, timeout=30):
                    self._readable.setdefault(self._name_of(message), time.perf_counter())

        self._reading = asyncio.create_task(read())

    def accepted(self, name: str) -> None:
        """The sender has its answer."""
        self._accepted[name] = time.perf_counter()

    async def stop(self) -> Latency:
        """Wait for the last story. Raises TimeoutError if it does not come."""
        assert self._reading is not None
        await asyncio.wait_for(self._reading, WITHIN)
        taken = [max(0.0, (self._readable[name] - at) * 1000) for name, at in self._accepted.items()]
        cuts = statistics.quantiles(taken, n=100)
        return Latency(cuts[49], cuts[98], max(taken), tuple(cuts))
