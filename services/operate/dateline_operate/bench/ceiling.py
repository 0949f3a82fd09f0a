"""What this machine could do at most: the same hops with bare nats-py, same payloads, fsync and batches, no thinking.

A sender hands over by NATS request; hop 1 answers after the fsynced batch; hops 2 and 3 pull, write a batch,
acknowledge; hop 4 writes the release and then its topic messages. Four processes, one nats-server.
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

BATCH = 100
AT_ONCE = 256


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
        for name, subject in (("BARE", "bare.>"), ("OUT", "out.>")):
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
    words = [str(value) for value in (sizes.received, sizes.attributed, sizes.enriched, sizes.released, sizes.topic)]
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

    async def sender() -> None:
        for number in numbers:
            await client.request(f"push.{number}", body, timeout=30)

    began = time.perf_counter()
    await asyncio.gather(*(sender() for _ in range(AT_ONCE)))
    while True:
        info = await client.jetstream().stream_info("OUT")
        if info.state.messages >= (stories + 1) * sizes.topics:
            return stories / (time.perf_counter() - began)
        await asyncio.sleep(0.01)
