"""Watches how far outlets have read, kills above all: metrics for Prometheus, and a line in the service's log.

An outlet that runs a story and has not read that it was killed must be called by somebody (docs/adr/0032).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from dateline_kernel.consumers import told_of
from dateline_kernel.ending import rest
from dateline_kernel.errors import Unavailable
from dateline_kernel.kills import kills_of
from dateline_kernel.projections import Follower
from dateline_kernel.runtime import Runtime
from dateline_publish.owed import KillNews, Owed
from dateline_schemas.outlets import Reader
from dateline_schemas.subjects import TOPICS

EVERY = 2.0
"""Seconds between looks."""


async def watch_outlets(runtime: Runtime) -> None:
    """Look every EVERY seconds until cancelled."""
    outlets = Outlets(runtime)
    runtime.telemetry.registry.register(outlets)
    async with asyncio.TaskGroup() as group:
        group.create_task(outlets.follow(), name="kills")
        while True:
            try:
                await outlets.look()
            except Unavailable as error:
                runtime.log.warning("outlets are not watched", reason=str(error))
            await rest(EVERY)


class Outlets(Collector):
    """How far each outlet has read. A collector, as a gauge would keep the last value of an outlet that is gone."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._owed = Owed(runtime.now())
        self._readers: Sequence[Reader] = ()
        self._untold: frozenset[str] = frozenset()
        """Readers of whom nobody told at the last look."""
        self._looked: datetime = runtime.now()

    async def follow(self) -> None:
        """Follow the kills of the log until cancelled."""
        await Follower("kills", self._owed).follow(self._runtime)

    async def look(self) -> None:
        """Look once at which kills are posted and how far the outlets have read. Raises Unavailable."""
        runtime = self._runtime
        unposted = self._owed.unposted
        kills = await kills_of(runtime.journal.direct, unposted) if unposted else ()
        readers, untold = await told_of(runtime.client, TOPICS.name)
        names = untold.names if untold is not None else frozenset[str]()
        # An outlet of whom nobody tells is as far as it was, and owes what it owed.
        readers += [one for one in self._readers if one.name in names]
        if names and names != self._untold:
            runtime.log.warning("some outlets are not watched", reason=str(untold))
        self._untold, self._readers, self._looked = names, readers, runtime.now()
        unknown = names.difference(one.name for one in readers)
        for told in self._owed.look(kills, readers, self._looked, unknown):
            self._tell(told)

    def _tell(self, told: KillNews) -> None:
        log = self._runtime.log
        say, what = (log.info, "kill taken") if told.taken else (log.warning, "kill not taken yet")
        about = told.kill
        say(what, outlet=told.outlet, story=about.story_id, version=about.version, seconds=round(told.seconds, 1))

    def collect(self) -> Iterable[Metric]:
        """What Prometheus reads."""
        service = self._runtime.service
        labels = ["service", "outlet"]
        waiting = GaugeMetricFamily("dateline_outlet_waiting", "Messages that an outlet has not taken", labels=labels)
        kills = GaugeMetricFamily("dateline_outlet_kills", "Kills that an outlet has not taken", labels=labels)
        oldest = GaugeMetricFamily("dateline_outlet_kill_seconds", "Age of the oldest of these kills", labels=labels)
        owed = self._owed.by_outlet()
        for reader in self._readers:
            count, since = owed.get(reader.name, (0, self._looked))
            for family, value in (
                (waiting, reader.not_taken),
                (kills, count),
                (oldest, max(0.0, (self._looked - since).total_seconds())),
            ):
                family.add_metric([service, reader.name], value)
        return waiting, kills, oldest
