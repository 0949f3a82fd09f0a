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
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import nats
from msgspec import Struct
from nats.aio.client import Client
from nats.js import api

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_operate.bench.latency import Latency, Stopwatch
from dateline_operate.bench.sender import Window, paced

AT_ONCE = 256
"""Number of senders; each waits for its answer before it sends again."""
UNDER_WAY = 1_000
"""Most stories between sender and topics at a time, for the ceiling as for the pipeline."""


class Sizes(Struct, frozen=True):
    """Bytes of one story at each step of the real path, and on how many topics it goes out."""

    pushed: int
    received: int
    attributed: int
    enriched: int
    released: int
    topic: int
    topics: int


class Bare:
    """The running bare hops. Rounds may follow one another; each counts only its own stories."""

    def __init__(self, client: Client, sizes: Sizes) -> None:
        self._client = client
        self._sizes = sizes
        self._before = 0

    async def throughput(self, stories: int) -> float:
        """Seconds that so many stories take."""
        self._before = await self._through()
        numbers = iter(range(self._before + 1, self._before + stories + 1))
        body = b"x" * self._sizes.pushed
        window = Window(UNDER_WAY)

        async def sender() -> None:
            for number in numbers:
                await window.room()
                await self._client.request(f"push.{number}", body, timeout=30)

        async def watch() -> None:
            while (through := await self._through() - self._before) < stories:
                window.through(through)
                await asyncio.sleep(0.02)

        began = time.perf_counter()
        await asyncio.gather(watch(), *(sender() for _ in range(AT_ONCE)))
        return time.perf_counter() - began

    async def latency(self, per_second: float, count: int, each: Callable[[], None]) -> Latency:
        """At a steady rate: from the sender's answer until the story's first topic message is in an outlet's hands.

        ``each`` is called after each answer.
        """
        watch = Stopwatch(self._client, "OUT", lambda message: message.subject.rpartition(".")[2])
        await watch.start(count)
        first = await self._through() + 1
        body = b"x" * self._sizes.pushed

        async def push(number: int) -> None:
            await self._client.request(f"push.{number}", body, timeout=30)
            watch.accepted(str(number))
            each()

        await paced((push(number) for number in range(first, first + count)), per_second)
        return await watch.stop()

    async def _through(self) -> int:
        """Stories that are on all their topics."""
        return (await self._client.jetstream().stream_info("OUT")).state.messages // self._sizes.topics

    async def warm(self) -> None:
        """Wait until the hops answer, and one story is through. Raises Unavailable."""
        for _ in range(200):
            try:
                await self._client.request("push.0", b"warm", timeout=1)
                break
            except (nats.errors.Error, TimeoutError):
                await asyncio.sleep(0.05)
        else:
            raise Unavailable("the bare hops did not start")
        while not await self._through():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def bare_hops(folder: Path, sizes: Sizes) -> AsyncIterator[Bare]:
    """A server and the hops, warm; all ended afterwards. Raises Unavailable."""
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
            bare = Bare(client, sizes)
            await bare.warm()
            yield bare
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
