"""Outlets that have stopped reading."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from dateline_kernel.consumers import told_of
from dateline_kernel.delivery import recorded_time
from dateline_kernel.direct import DirectReader
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.outlets import Reader
from dateline_schemas.subjects import TOPICS

BEHIND = timedelta(hours=6)
"""An outlet is behind if messages wait this long, as in the alert DatelineOutletBehind."""


class Behind(Struct, frozen=True, kw_only=True):
    """An outlet for which messages wait."""

    outlet: str
    waiting: int
    since: datetime
    """When the oldest of them was posted, UTC."""


async def behind_of(client: QuickClient, now: datetime) -> list[Behind]:
    """The outlets, of those that are told, that acknowledged nothing for BEHIND while something waited as long.

    Raises Unavailable.
    """
    direct, found = DirectReader(client), []
    readers, _ = await told_of(client, TOPICS.name)
    for reader in readers:
        if may_be_behind(reader, now):
            since = await _oldest(direct, reader)
            if since is not None and now - since > BEHIND:
                found.append(Behind(outlet=reader.name, waiting=reader.not_taken, since=since))
    return found


def may_be_behind(reader: Reader, now: datetime) -> bool:
    """Whether messages wait and it has long taken nothing; they may have come just now, though. Pure."""
    waits = reader.named and reader.acknowledges and reader.not_taken > 0
    return waits and now - (reader.active or reader.made) > BEHIND


async def _oldest(direct: DirectReader, reader: Reader) -> datetime | None:
    """When the oldest message that it has not acknowledged was posted."""
    times = []
    for subject in reader.filters or (">",):
        for message in await direct.get(TOPICS.name, seq=reader.taken_to + 1, next_by_subj=subject, batch=1):
            times.append(recorded_time(message.headers or {}))
    return min(times, default=None)
