"""A connection to NATS that lasts for a block."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dateline_kernel.connection import connect, leave
from dateline_kernel.errors import Unavailable
from dateline_kernel.keys import keys_from
from dateline_kernel.quickclient import QuickClient
from dateline_operate.console.noanswer import explained
from dateline_operate.leaders import CHOOSING, wait_for_leaders

PATIENCE = 2.0
"""Seconds that a command waits for a server before it says that there is none."""


@asynccontextmanager
async def connected_to(
    url: str, within: float = PATIENCE, *, reader: str = "", choosing: float = CHOOSING
) -> AsyncIterator[QuickClient]:
    """Connect for a block. Raises Unavailable, with what to do, when there is no server.

    A cluster gets time to choose its leaders before the block begins, ``choosing`` seconds at the most. An Unavailable
    that leaves the block becomes a NoAnswer, with what the server shows of the cause. Credentials come from the
    environment, as for a service. With a ``reader``'s name the login may be an outlet's, which hears nothing but
    what is meant for it (docs/outlets.md).
    """
    inbox = f"_INBOX_{reader}" if reader else "_INBOX"
    client = await connect(url, "dateline", within, keys_from(os.environ), inbox)
    try:
        if not reader:
            await wait_for_leaders(client, choosing)
        yield client
    except Unavailable as error:
        raise await explained(client, url, error) from error
    finally:
        await leave(client)
