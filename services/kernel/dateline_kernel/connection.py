"""Connecting to NATS: bounded at start, for ever afterwards."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError

from dateline_kernel.errors import Unavailable
from dateline_kernel.headers import quicken

RECONNECT: dict[str, Any] = {
    "max_reconnect_attempts": -1,
    "reconnect_time_wait": 0.25,
    "connect_timeout": 2,
    # A half-open connection (power cut, cut cable) is noticed after two missed pings.
    "ping_interval": 5,
    "max_outstanding_pings": 2,
    # Nothing may pile up unsaid while the server is away: writers are told at once instead.
    "pending_size": 8 * 1024 * 1024,
}

FIRST_TRY: dict[str, Any] = {
    "allow_reconnect": False,
    "max_reconnect_attempts": 1,
    "reconnect_time_wait": 0.05,
    "connect_timeout": 1,
}


_USER = re.compile(r"//[^/]*@")


def servers_of(url: str) -> list[str]:
    """The addresses of a setting: one, or those of a cluster with commas between them."""
    return [part.strip() for part in url.split(",") if part.strip()]


def shown(url: str) -> str:
    """The same for people to read: without user, password and token."""
    return ", ".join(_USER.sub("//", server) for server in servers_of(url))


async def reachable(url: str, within: float) -> None:
    """Wait until a server answers at ``url``, at most ``within`` seconds. Raises Unavailable with what to do."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        try:
            client = await nats.connect(servers_of(url), error_cb=_quiet, **FIRST_TRY)
        except (OSError, NatsError, TimeoutError) as error:
            if asyncio.get_running_loop().time() >= deadline:
                raise Unavailable(
                    f"no NATS server at {shown(url)} within {within:g} s ({error or type(error).__name__}). "
                    "Start one (`dateline up` does) or set DATELINE_NATS_URL to where it runs."
                ) from error
            await asyncio.sleep(0.1)
            continue
        await client.close()
        return


async def connect(url: str, name: str, within: float = 20.0) -> Client:
    """A connection that comes back by itself for ever. Raises Unavailable if there is no server to begin with."""
    await reachable(url, within)
    return quicken(await nats.connect(servers_of(url), name=name, error_cb=_quiet, **RECONNECT))


async def _quiet(error: Exception) -> None:
    """Losing a connection shows in readiness and in what the writers are told; a log line each try would flood."""
