"""The clock of the server that keeps the log, where a wrong clock of our own must not decide alone; ends of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dateline_kernel.errors import Unavailable
from dateline_kernel.jetstreamapi import stream_info
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import STORIES

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""Before anything that happened."""


async def log_time(client: QuickClient) -> datetime:
    """The time there, a moment ago. Raises Unavailable."""
    if (info := await stream_info(client, STORIES.name)) is None:
        raise Unavailable("the log is not there")
    return info.ts


def later(moment: datetime, by: timedelta) -> datetime:
    """A time so much later; until further notice, which is the end of all dates, it stays."""
    return moment + min(by, datetime.max.replace(tzinfo=UTC) - moment)
