"""One process of the ceiling's chain: ``python -m dateline_operate.bench.hop HOP URL TOPICS SIZE...``."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.nuid import NUID

from dateline_kernel.errors import Unavailable
from dateline_kernel.loop import run_loop

BATCH = 100


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
        original, payload = b"x" * self.sizes[0], b"x" * self.sizes[1]
        while True:
            await self.wake.wait()
            self.wake.clear()
            await asyncio.sleep(0)
            while self.waiting:
                batch, self.waiting = self.waiting[:BATCH], self.waiting[BATCH:]
                await self.write([(f"original.{message.subject[5:]}", original) for message in batch])
                await self.write([(f"bare.1.{message.subject[5:]}", payload) for message in batch])
                for message in batch:
                    await message.respond(b"ok")

    async def next(self, hop: int) -> None:
        """Pull, write, acknowledge."""
        subscription = await self.client.jetstream().pull_subscribe_bind(f"hop{hop}", stream="BARE")
        payload, topic = b"x" * self.sizes[hop + 1], b"x" * self.sizes[5]
        while True:
            try:
                batch = await subscription.fetch(BATCH, timeout=1)
            except (TimeoutError, nats.errors.Error):
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
    run_loop(_hop(int(hop), url, int(topics), [int(size) for size in sizes]))


if __name__ == "__main__":
    _main(sys.argv[1:])
