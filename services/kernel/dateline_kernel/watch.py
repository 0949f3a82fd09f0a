"""Watches a service's consumers: counts what waits, brings back a deleted consumer, wakes a pull that stalled.

Three things seen by hand make this necessary: a consumer deleted underneath leaves the subscriber spinning in
silence; nats-py's ``fetch`` stalls now and then after a server restart (nats.py #986); both keep ping alive.
"""

from __future__ import annotations

import asyncio
from typing import Any

from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from dateline_kernel.agreement import seen
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.hearing import Hearing
from dateline_kernel.provision import declare_consumers, provision
from dateline_kernel.runtime import Runtime
from dateline_schemas.flow import step
from dateline_schemas.subjects import STORIES

EVERY = 1.0
"""Seconds between looks."""
PATIENCE = 0.8
"""Seconds that whoever asks for the state waits for a look; orchestrators give a probe one second."""
CONNECTION, LOG, WRITES = "nats", "log", "writes"
"""Names of checks."""
FRESH = 0.2
"""Seconds for which a look counts: whoever asks for readiness again and again asks the server no more often."""
STALLED_AFTER = 6.0
"""Seconds with events waiting, none in work and none that came."""


class Watch:
    """Looks after the hearings of a service; knows whether it is ready."""

    def __init__(self, runtime: Runtime, hearings: list[tuple[Hearing, Any]]) -> None:
        self._runtime = runtime
        self._hearings = hearings
        self._pulled: dict[str, int] = {}
        self._idle_since: dict[str, float] = {}
        self._looking = asyncio.Lock()
        self._looked = float("-inf")
        self._look_under_way: asyncio.Task[None] | None = None
        self._last = 0
        """The log's last sequence, as far as was seen."""
        self.checks: dict[str, str] = {CONNECTION: "not looked at yet"}

    async def run(self) -> None:
        """Look again and again until cancelled, or the connection is closed for good.

        Before Python 3.12 ``wait_for``, which nats-py asks with, may swallow a cancellation that comes with an answer.
        """
        try:
            while not self._runtime.client.is_closed:
                await asyncio.wait({self._look()})
                await asyncio.sleep(EVERY)
        finally:
            if self._look_under_way is not None:
                self._look_under_way.cancel()

    async def now(self) -> dict[str, str]:
        """The checks of this moment, soon: a server that hangs is one that does not answer."""
        _, late = await asyncio.wait({self._look()}, timeout=PATIENCE)
        return {**self.checks, CONNECTION: f"no answer within {PATIENCE:g} s"} if late else self.checks

    def _look(self) -> asyncio.Task[None]:
        """The look that is under way, or a new one: it restarts what stalled, so nobody who asks may break it off."""
        if self._look_under_way is None or self._look_under_way.done():
            self._look_under_way = asyncio.create_task(self.look(), name="look")
        return self._look_under_way

    async def look(self) -> None:
        """See to it that the last look at the connection and at each consumer is fresh; all who want one share it.

        Raises nothing: what cannot be dealt with is told by ``checks`` and the log, and looked at again.
        """
        async with self._looking:
            if asyncio.get_running_loop().time() - self._looked < FRESH:
                return
            try:
                self.checks = await self._seen()
            except Exception as error:
                self.checks = {"watch": f"{type(error).__name__}: {error}"}
                self._runtime.log.error("look failed", exc_info=error)
            self._looked = asyncio.get_running_loop().time()

    async def _seen(self) -> dict[str, str]:
        if not self._runtime.client.is_connected:
            return {CONNECTION: "not connected"}
        checks = {CONNECTION: "ok", WRITES: self._runtime.failing or "ok"}
        for hearing, subscriber in self._hearings:
            checks[hearing.consumer] = await self._look_at(hearing, subscriber)
        if not self._hearings:
            checks[LOG] = await self._log_state()
        return checks

    async def _look_at(self, hearing: Hearing, subscriber: Any) -> str:
        runtime = self._runtime
        try:
            info = await runtime.client.jetstream().consumer_info(STORIES.name, hearing.consumer)
        except NotFoundError:
            runtime.log.error("consumer missing, declared again", consumer=hearing.consumer)
            try:
                await provision(runtime.client, runtime.settings.keeping)
                await declare_consumers(runtime.client, step(runtime.service), runtime.settings)
                await _restart(subscriber)
            except (Unavailable, NatsError) as error:
                return f"missing, and cannot be declared: {error}"
            return "was missing, declared again"
        except (NatsError, OSError, TimeoutError) as error:
            return f"does not answer: {words(error)}"
        waiting = info.num_pending or 0
        runtime.telemetry.pending.labels(runtime.service, hearing.consumer).set(waiting)
        runtime.telemetry.unacknowledged.labels(runtime.service, hearing.consumer).set(info.num_ack_pending or 0)
        if hearing.beyond is not None:
            hearing.beyond.seen(info)
        runtime.telemetry.in_work.set(sum(one.in_work for one, _ in self._hearings))
        if self._stalled(hearing, waiting):
            runtime.log.warning("pull stalled, started again", consumer=hearing.consumer, waiting=waiting)
            del self._idle_since[hearing.consumer]
            await _restart(subscriber)
        return "ok"

    def _stalled(self, hearing: Hearing, waiting: int) -> bool:
        """Whether nothing was done for too long about events that wait."""
        name, now = hearing.consumer, asyncio.get_running_loop().time()
        idle = waiting > 0 and hearing.in_work == 0 and self._pulled.get(name) == hearing.pulled
        self._pulled[name] = hearing.pulled
        if not idle or hearing.draining:
            self._idle_since.pop(name, None)
            return False
        return now - self._idle_since.setdefault(name, now) >= STALLED_AFTER

    async def _log_state(self) -> str:
        """``ok``, or what is wrong with the log. A sequence never falls, so one that did is of another log."""
        try:
            # A probe has no second for a cluster at rest to agree; where the log seems to have lost some, it has to.
            last = await seen(self._runtime.client)
            if last < self._last:
                last = await self._runtime.journal.last_sequence()
        except Unavailable as error:
            return str(error)
        if last < self._last:
            return (
                f"it ends at {last} and ended at {self._last} before: another store, or one that lost its end. "
                "Look into that first; a service that is started again takes it as it is"
            )
        self._last = last
        return "ok"


async def _restart(subscriber: Any) -> None:
    await subscriber.stop()
    await subscriber.start()
