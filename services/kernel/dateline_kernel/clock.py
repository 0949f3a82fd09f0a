"""The clock of the server that keeps the log, where a wrong clock of our own must not decide alone; ends of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import Struct
from nats.aio.client import Client

from dateline_kernel.jetstreamapi import asked
from dateline_schemas.subjects import STORIES

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""Before anything that happened."""


class _Info(Struct):
    """As much of JetStream's stream info as is needed."""

    ts: datetime


async def log_time(client: Client) -> datetime:
    """The time there, a moment ago. Raises Unavailable."""
    return (await asked(client, f"STREAM.INFO.{STORIES.name}", _Info)).ts


def later(moment: datetime, by: timedelta) -> datetime:
    """A time so much later; until further notice, which is the end of all dates, it stays."""
    return moment + min(by, datetime.max.replace(tzinfo=UTC) - moment)
