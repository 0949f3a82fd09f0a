"""A cluster answers nobody for the seconds in which its servers choose a leader: commands wait for that."""

from __future__ import annotations

import asyncio
import time

from nats.errors import NoRespondersError

from dateline_kernel.agreement import Info, doubt
from dateline_kernel.connection import is_of_cluster
from dateline_kernel.errors import Unavailable
from dateline_kernel.jetstreamapi import NO_STREAM, asked
from dateline_kernel.quickclient import QuickClient
from dateline_operate.console.noanswer import NO_JETSTREAM
from dateline_operate.console.notes import note
from dateline_schemas.subjects import BUCKETS, STREAMS

CHOOSING = 30.0
"""Most seconds that a command waits; mostly servers need less than ten."""
ANSWER = 2.0
"""Seconds for an answer; a leader gives one in milliseconds."""
AGAIN = 0.2
"""Seconds until they are asked again."""


async def wait_for_leaders(client: QuickClient, most: float = CHOOSING) -> None:
    """Come back when each stream of a cluster has a leader, or after CHOOSING, or ``most`` seconds; at once for a lone
    server.

    Says on standard error what it waits for. Raises nothing: what does not answer then tells whoever asks it.
    """
    within, told = min(CHOOSING, most), False
    deadline = time.monotonic() + within
    while is_of_cluster(client) and time.monotonic() < deadline and (why := await _unled(client)):
        if not told:
            note(f"{why}; waiting up to {within:.0f} s for the cluster to choose a leader")
            told = True
        await asyncio.sleep(AGAIN)


async def _unled(client: QuickClient) -> str:
    """Why the cluster or a stream has no leader, as far as this login may ask; empty if each has one, or there is no
    JetStream. The one of the cluster, which lists consumers, is the one that answers to INFO.

    Servers that are to choose one stay silent, refuse, or answer without one. That nobody listens was seen only of a
    server without JetStream, while those of its cluster that have it were away.
    """
    streams = (*(spec.name for spec in STREAMS), *(f"KV_{bucket.name}" for bucket in BUCKETS))
    for led, what in (*((f"stream {name}", f"STREAM.INFO.{name}") for name in streams), ("the cluster", "INFO")):
        try:
            said = await asked(client, what, Info, within=ANSWER)
        except Unavailable as error:
            if client.denials or isinstance(error.__cause__, NoRespondersError):
                client.do_without()
                return ""
            return str(error)
        if said.error is not None and said.error.err_code in NO_JETSTREAM:
            return ""
        if said.error is not None and said.error.err_code != NO_STREAM:
            return f"{led}: {said.error.description}"
        if why := doubt(said.cluster):
            return f"{led}: {why}"
    return ""
