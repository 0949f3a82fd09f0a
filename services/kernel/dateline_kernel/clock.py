"""The clock of the server that keeps the log: for what a wrong clock of our own must not tell too early."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct
from nats.aio.client import Client
from nats.errors import Error as NatsError

from dateline_kernel.errors import Unavailable, words
from dateline_schemas.subjects import STORIES

WITHIN = 5.0
"""Seconds to wait for an answer."""


class _Info(Struct):
    """As much of JetStream's stream info as is needed."""

    ts: datetime


async def log_time(client: Client) -> datetime:
    """The time there, a moment ago. Raises Unavailable."""
    try:
        answer = await client.request(f"$JS.API.STREAM.INFO.{STORIES.name}", timeout=WITHIN)
        return msgspec.json.decode(answer.data, type=_Info).ts
    except (NatsError, OSError, TimeoutError, msgspec.DecodeError) as error:
        raise Unavailable(f"the log does not tell its time: {words(error)}") from error
