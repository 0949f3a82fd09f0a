"""A connection to NATS for the length of a block."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from nats.aio.client import Client

from dateline_kernel.connection import connect

PATIENCE = 2.0
"""Seconds that a command waits for a server before it says that there is none."""


@asynccontextmanager
async def connected_to(url: str, within: float = PATIENCE) -> AsyncIterator[Client]:
    """Connect; afterwards say goodbye. Raises Unavailable with what to do when there is no server."""
    client = await connect(url, "dateline", within)
    try:
        yield client
    finally:
        await client.close()
