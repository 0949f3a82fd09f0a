"""What this machine could do at most: the same hops with bare nats-py, same payloads, fsync and batches, no thinking.

A sender hands over by NATS request; hop 1 writes the original, then the event, and answers; hops 2 and 3 pull, write
a batch, acknowledge; hop 4 writes the release and then its topic messages. Four processes, one nats-server. Nothing is
parsed, decoded, loaded, logged or checked.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import nats
from msgspec import Struct
from nats.aio.client import Client
from nats.js import api

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_operate.bench.sender import Window

BATCH = 100
AT_ONCE = 256
"""Senders, each of which waits for its answer."""
UNDER_WAY = 1_000
"""Stories between the sender and the topics at the most, for the ceiling as for the pipeline."""


class Sizes(Struct, frozen=True):
    """Bytes of one story at each step of the real path, and on how many topics it goes out."""

    pushed: int
    received: int
    attributed: int
    enriched: int
    released: int
    topic: int
    topics: int


async def measure_ceiling(folder: Path, sizes: Sizes, stories: int) -> float:
    """Stories a second through the bare hops. Raises Unavailable."""
    server = EmbeddedServer(folder)
    await asyncio.to_thread(server.start)
    try:
        client = await nats.connect(server.url)
        jetstream = client.jetstream()
        for name, subject in (("BARE", "bare.>"), ("ORIGINAL", "original.>"), ("OUT", "out.>")):
            await jetstream.add_stream(api.StreamConfig(name=name, subjects=[subject], allow_atomic=True))
        for hop in (1, 2, 3):
            await jetstream.add_consumer(
                "BARE",
                api.ConsumerConfig(durable_name=f"hop{hop}", filter_subject=f"bare.{hop}.*", max_ack_pending=10_000),
            )
        hops = [_spawn(hop, server.url, sizes) for hop in (0, 1, 2, 3)]
        try:
            await _warm(client)
            return await _run(client, sizes, stories)
        finally:
            for process in hops:
                process.terminate()
                process.wait()
            await client.close()
    finally:
        await asyncio.to_thread(server.stop)


def _spawn(hop: int, url: str, sizes: Sizes) -> subprocess.Popen[bytes]:
    words = [
        str(value)
        for value in (sizes.pushed, sizes.received, sizes.attributed, sizes.enriched, sizes.released, sizes.topic)
    ]
    command = [sys.executable, "-m", "dateline_operate.bench.hop", str(hop), url, str(sizes.topics), *words]
    return subprocess.Popen(command)


async def _warm(client: Client) -> None:
    for _ in range(200):
        try:
            await client.request("push.0", b"warm", timeout=1)
            return
        except (nats.errors.Error, TimeoutError):
            await asyncio.sleep(0.05)
    raise Unavailable("the bare hops did not start")


async def _run(client: Client, sizes: Sizes, stories: int) -> float:
    numbers = iter(range(1, stories + 1))
    body = b"x" * sizes.pushed

    window = Window(UNDER_WAY)

    async def sender() -> None:
        for number in numbers:
            await window.room()
            await client.request(f"push.{number}", body, timeout=30)

    async def watch() -> None:
        while (through := await _through(client, sizes.topics)) < stories:
            window.through(through)
            await asyncio.sleep(0.02)

    began = time.perf_counter()
    await asyncio.gather(watch(), *(sender() for _ in range(AT_ONCE)))
    return stories / (time.perf_counter() - began)


async def _through(client: Client, topics: int) -> int:
    """Stories that are on all their topics, the warm one left out."""
    return (await client.jetstream().stream_info("OUT")).state.messages // topics - 1
