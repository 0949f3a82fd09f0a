"""What this machine could do at most: the same hops with bare nats-py, same payloads, fsync and batches, no thinking.

A sender hands over by NATS request; hop 1 answers after the fsynced batch; hops 2 and 3 pull, write a batch,
acknowledge; hop 4 writes the release and then its topic messages. Four processes, one nats-server.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nats
from msgspec import Struct
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import api
from nats.js.errors import NotFoundError
from nats.nuid import NUID

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
            for hop in hops:
                hop.terminate()
                hop.wait()
            await client.close()
    finally:
        await asyncio.to_thread(server.stop)


def _spawn(hop: int, url: str, sizes: Sizes) -> subprocess.Popen[bytes]:
    words = [str(value) for value in (sizes.received, sizes.attributed, sizes.enriched, sizes.released, sizes.topic)]
    command = [sys.executable, "-m", "dateline_operate.bench.ceiling", str(hop), url, str(sizes.topics), *words]
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


class Hop:
    """One bare process of the chain."""

    def __init__(self, client: Client, sizes: Sequence[int], topics: int) -> None:
        self.client = client
        self.sizes = sizes
        self.topics = topics
        self.nuid = NUID()
        self.waiting: list[Msg] = []
        self.wake = asyncio.Event()

    async def first(self) -> None:
        """Take requests, write them in batches, answer."""

        async def take(message: Msg) -> None:
            self.waiting.append(message)
            self.wake.set()

        await self.client.subscribe("push.*", cb=take)
        payload = b"x" * self.sizes[0]
        while True:
            await self.wake.wait()
            self.wake.clear()
            await asyncio.sleep(0)
            while self.waiting:
                batch, self.waiting = self.waiting[:BATCH], self.waiting[BATCH:]
                await self.write([(f"bare.1.{message.subject[5:]}", payload) for message in batch])
                for message in batch:
                    await message.respond(b"ok")

    async def next(self, hop: int) -> None:
        """Pull, write, acknowledge."""
        subscription = await self.client.jetstream().pull_subscribe_bind(f"hop{hop}", stream="BARE")
        payload, topic = b"x" * self.sizes[hop], b"x" * self.sizes[4]
        while True:
            try:
                batch = await subscription.fetch(BATCH, timeout=1)
            except (TimeoutError, NotFoundError, nats.errors.Error):
                continue
            names = [message.subject.rsplit(".", 1)[1] for message in batch]
            await self.write([(f"bare.{hop + 1}.{name}", payload) for name in names])
            if hop == 3:
                await self.write([(f"out.{nth}.{name}", topic) for name in names for nth in range(self.topics)])
            for message in batch:
                await message.ack()

    async def write(self, messages: Sequence[tuple[str, bytes]]) -> None:
        """One atomic batch, with the message ids that the real path has."""
        batch, count = self.nuid.next().decode(), len(messages)
        for nth, (subject, payload) in enumerate(messages, 1):
            headers = {"Nats-Msg-Id": subject, "Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(nth)}
            if nth < count:
                await self.client.publish(subject, payload, headers=headers)
                continue
            headers["Nats-Batch-Commit"] = "1"
            answer = await self.client.request(subject, payload, headers=headers, timeout=30)
            if "error" in json.loads(answer.data):
                raise Unavailable(answer.data.decode())


async def _hop(hop: int, url: str, topics: int, sizes: Sequence[int]) -> None:
    client = await nats.connect(url)
    bare = Hop(client, sizes, topics)
    await (bare.first() if hop == 0 else bare.next(hop))


def _main(words: Sequence[str]) -> None:
    hop, url, topics, *sizes = words
    run: Any = asyncio.run
    try:
        import uvloop

        run = uvloop.run
    except ImportError:
        pass
    run(_hop(int(hop), url, int(topics), [int(size) for size in sizes]))


if __name__ == "__main__":
    _main(sys.argv[1:])
