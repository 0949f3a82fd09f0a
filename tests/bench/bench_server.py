"""What the server pays for a message: `python tests/bench/bench_server.py [turns]`.

Microseconds of nats-server's processor time, and of the writer's or reader's, for a message of an event's size that is
written in an atomic batch or read by a consumer. The ways take turns, on a server of their own; ten turns if it is not
said. Two ways differ for sure where they do so by more than the spread, the standard error of the mean.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import nats.js.api as api

from dateline_kernel.commit import GroupCommit, Message
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.inflow import inflow
from dateline_kernel.loop import run_loop
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import provisioned
from dateline_operate.bench.running import cpu_seconds
from dateline_schemas.codec import cloudevent_headers
from dateline_schemas.events import StoryReceived
from dateline_schemas.examples import EXAMPLES
from dateline_schemas.subjects import STORIES, fact_filter

MESSAGES = 1_200
"""A turn of each way."""
EVENT, SMALL = 6_000, 300
BATCH = 60
"""As many as there mostly are when the path is busy."""

Way = Callable[[], Awaitable[object]]


class Bench:
    """Messages nobody has written yet, and the ways to write and read them."""

    def __init__(self, client: QuickClient) -> None:
        self._client = client
        self._commit = GroupCommit(client)
        self._numbers: Iterator[int] = itertools.count(1)
        self._headers = cloudevent_headers(EXAMPLES[StoryReceived], "ingest", datetime.now(UTC))

    def ways(self) -> dict[str, Way]:
        """By name."""
        return {
            "written, in batches of 15": lambda: self._write(batch=15),
            f"written, in batches of {BATCH}": self._write,
            "written, in batches of 240": lambda: self._write(batch=240),
            f"  {BATCH}, of {SMALL} bytes": lambda: self._write(size=SMALL),
            f"  {BATCH}, with nothing expected": lambda: self._write(without="Nats-Expected-Last-Subject-Sequence"),
            f"  {BATCH}, without an id of its own": lambda: self._write(without="Nats-Msg-Id"),
            f"  {BATCH}, without CloudEvents": lambda: self._write(without="ce-"),
            "read, and acknowledged one by one": lambda: self._read(api.AckPolicy.EXPLICIT),
            "read, not acknowledged": lambda: self._read(api.AckPolicy.NONE),
        }

    async def _write(self, batch: int = BATCH, size: int = EVENT, without: str = "none") -> None:
        for _ in range(MESSAGES // batch):
            numbers = itertools.islice(self._numbers, batch)
            await self._commit.commit([self._message(number, size, without) for number in numbers])

    def _message(self, number: int, size: int, without: str) -> Message:
        headers = {**self._headers, "Nats-Msg-Id": f"{number:032x}", "Nats-Expected-Last-Subject-Sequence": "0"}
        headers = {name: value for name, value in headers.items() if not name.startswith(without)}
        return Message(f"story.bench{number}.received.1", b"x" * size, headers)

    async def _read(self, ack: api.AckPolicy) -> None:
        config = api.ConsumerConfig(
            durable_name="bench", ack_policy=ack, filter_subject=fact_filter(StoryReceived), max_ack_pending=MESSAGES
        )
        jetstream = self._client.jetstream()
        await jetstream.add_consumer(STORIES.name, config)
        left = MESSAGES
        async with inflow(self._client, STORIES.name, "bench", 128, acked=False) as flow:
            while left > 0:
                came = await flow.batch()
                left -= len(came)
                for message in came if ack is api.AckPolicy.EXPLICIT else ():
                    await self._client.acknowledge(message)
        await self._client.flush()
        await jetstream.delete_consumer(STORIES.name, "bench")


async def main(turns: int) -> None:
    """Print a line for each way."""
    with tempfile.TemporaryDirectory() as folder:  # on a disk, where tests have theirs in memory
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            async with provisioned(server) as client:
                ways = Bench(client).ways()
                costs: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
                for _ in range(turns):
                    for name, way in ways.items():
                        costs[name].append(await _cost(server.pid or 0, way))
        finally:
            server.stop()
    print(f"microseconds a message of {EVENT:,} bytes       the server   spread     we   spread")
    for name, taken in costs.items():
        cells = (f"{statistics.mean(one):10.1f} {_spread(one):8.1f}" for one in zip(*taken, strict=True))
        print(f"{name:42}" + "".join(cells))


async def _cost(pid: int, way: Way) -> tuple[float, float]:
    before, ours = cpu_seconds(pid) or 0.0, time.process_time()
    await way()
    done = ((cpu_seconds(pid) or 0.0) - before, time.process_time() - ours)
    return done[0] / MESSAGES * 1e6, done[1] / MESSAGES * 1e6


def _spread(values: tuple[float, ...]) -> float:
    return statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0.0


if __name__ == "__main__":
    run_loop(main(int(sys.argv[1]) if sys.argv[1:] else 10))
