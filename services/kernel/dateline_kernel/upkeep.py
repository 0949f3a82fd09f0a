"""The last backup, as the server remembers it: who makes one notes it, and a service shows how old it is (ADR 45)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from nats.errors import Error as NatsError
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from dateline_kernel.delivery import recorded_time
from dateline_kernel.direct import DirectReader
from dateline_kernel.ending import rest
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import STORIES, UPKEEP

if TYPE_CHECKING:
    from dateline_kernel.runtime import Runtime

BACKUP = "backup"
"""Key in UPKEEP of the last backup of a whole log."""
WITHIN = 3.0
"""Seconds for an answer."""
EVERY, WHILE_EMPTY = 30.0, 1.0
"""Seconds between looks; and while there is nothing that could be in a backup."""


class LastBackup(Struct, frozen=True, kw_only=True):
    """What stands under ``BACKUP``."""

    began: datetime
    """When it was begun, UTC: what came later is not in it."""
    seal: str
    """Of the log, for ``dateline verify --seal``."""


async def note(client: QuickClient, key: str, what: Struct) -> None:
    """Have the server remember something in UPKEEP. Raises Unavailable, also where the login may not."""
    try:
        value = msgspec.json.encode(what)
        await client.jetstream().publish(f"$KV.{UPKEEP.name}.{key}", value, timeout=WITHIN)
    except (NatsError, OSError, TimeoutError) as error:
        raise Unavailable(words(error)) from error


async def last_backup(direct: DirectReader) -> LastBackup | None:
    """The last backup of a whole log; None if none is known. Raises Unavailable."""
    for message in await direct.entries(UPKEEP.name, BACKUP):
        try:
            return msgspec.json.decode(message.data, type=LastBackup)
        except msgspec.DecodeError:
            break  # somebody else wrote there: nothing is known of a backup
    return None


async def unsaved_since(direct: DirectReader) -> datetime | None:
    """Since when there is what no backup has: the last one, else the first event of the log. None of an empty log.

    Raises Unavailable.
    """
    if (last := await last_backup(direct)) is not None:
        return last.began
    first = await direct.get(STORIES.name, seq=1, next_by_subj=">", batch=1)
    return recorded_time(first[0].headers or {}) if first else None


async def watch_backups(runtime: Runtime) -> None:
    """Show the age of the last backup, until cancelled."""
    age = _Age(runtime)
    runtime.telemetry.registry.register(age)
    while True:
        try:
            age.since = await unsaved_since(runtime.journal.direct)
        except Unavailable as error:
            runtime.log.warning("backups are not watched", reason=str(error))
        await rest(WHILE_EMPTY if age.since is None else EVERY)


class _Age(Collector):
    """No gauge: it grows between looks, and an empty log has none."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.since: datetime | None = None

    def collect(self) -> Iterable[Metric]:
        family = GaugeMetricFamily(
            "dateline_backup_age_seconds",
            "Since the last whole backup was begun, or the log, if there is none",
            labels=["service"],
        )
        if self.since is not None:
            age = (self._runtime.now() - self.since).total_seconds()
            family.add_metric([self._runtime.service], max(0.0, age))
        yield family
