"""Watches a service's consumers: counts what waits, brings back a deleted consumer, wakes a pull that stalled.

Three things seen by hand make this necessary: a consumer deleted underneath leaves the subscriber spinning in
silence; nats-py's ``fetch`` stalls now and then after a server restart (nats.py #986); both keep ping alive.
"""

from __future__ import annotations

import asyncio
from typing import Any

from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from dateline_kernel.errors import Unavailable
from dateline_kernel.hearing import Hearing
from dateline_kernel.provision import declare_consumers, provision
from dateline_kernel.runtime import Runtime
from dateline_schemas.flow import step
from dateline_schemas.subjects import STORIES

EVERY = 1.0
"""Seconds between looks."""
STALLED_AFTER = 6
"""Looks in a row with events waiting, none in work and none handled."""


class Watch:
    """Looks after the hearings of a service; knows whether it is ready."""

    def __init__(self, runtime: Runtime, hearings: list[tuple[Hearing, Any]]) -> None:
        self._runtime = runtime
        self._hearings = hearings
        self._handled: dict[str, int] = {}
        self._idle: dict[str, int] = {}
        self.checks: dict[str, str] = {"nats": "not looked at yet"}

    async def run(self) -> None:
        """Look again and again until cancelled, or the connection is closed for good.

        Before Python 3.12 ``wait_for``, which nats-py asks with, may swallow a cancellation that comes with an answer.
        """
        while not self._runtime.client.is_closed:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """One look at the connection and at each consumer."""
        if not self._runtime.client.is_connected:
            self.checks = {"nats": "not connected"}
            return
        checks = {"nats": "ok"}
        for hearing, subscriber in self._hearings:
            checks[hearing.consumer] = await self._look_at(hearing, subscriber)
        if not self._hearings:
            checks["log"] = await self._log_state()
        self.checks = checks

    async def _look_at(self, hearing: Hearing, subscriber: Any) -> str:
        runtime = self._runtime
        try:
            info = await runtime.client.jetstream().consumer_info(STORIES.name, hearing.consumer)
        except NotFoundError:
            runtime.log.error("consumer missing, declared again", consumer=hearing.consumer)
            try:
                await provision(runtime.client, runtime.settings.replicas)
                await declare_consumers(runtime.client, step(runtime.service), runtime.settings)
                await _restart(subscriber)
            except (Unavailable, NatsError) as error:
                return f"missing, and cannot be declared: {error}"
            return "was missing, declared again"
        except (NatsError, OSError, TimeoutError) as error:
            return f"does not answer: {error or type(error).__name__}"
        waiting = info.num_pending or 0
        runtime.telemetry.pending.labels(runtime.service, hearing.consumer).set(waiting)
        runtime.telemetry.in_work.set(sum(one.in_work for one, _ in self._hearings))
        stalled = waiting > 0 and hearing.in_work == 0 and self._handled.get(hearing.consumer) == hearing.handled
        self._handled[hearing.consumer] = hearing.handled
        self._idle[hearing.consumer] = self._idle.get(hearing.consumer, 0) + 1 if stalled else 0
        if self._idle[hearing.consumer] >= STALLED_AFTER and not hearing.draining:
            runtime.log.warning("pull stalled, started again", consumer=hearing.consumer, waiting=waiting)
            self._idle[hearing.consumer] = 0
            await _restart(subscriber)
        return "ok"

    async def _log_state(self) -> str:
        try:
            await self._runtime.journal.last_sequence()
        except Unavailable as error:
            return str(error)
        return "ok"


async def _restart(subscriber: Any) -> None:
    await subscriber.stop()
    await subscriber.start()
