"""What it costs the server to be read in order: `python tests/bench/bench_following.py [stories ...]`.

Stories of four events are written into a server of its own, in memory; 16,000 and 60,000 if it is not said. A
page of 400 StoryAttributed from the middle of the log is read by direct get, by a consumer of that kind, and by one of
two kinds. Printed for each way: milliseconds of a page (median, longest) and of nats-server's processor time, mean.
"""

from __future__ import annotations

import statistics
import sys
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import nats.js.api as api

from dateline_kernel.commit import GroupCommit, Message
from dateline_kernel.direct import DirectReader
from dateline_kernel.loop import run_loop
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import provisioned, real_server
from dateline_operate.bench.running import cpu_seconds
from dateline_schemas.events import StoryAttributed, StoryCanceled
from dateline_schemas.subjects import STORIES, fact_filter

PAGE, PAGES = 400, 20
WANTED, RARE = fact_filter(StoryAttributed), fact_filter(StoryCanceled)
PAYLOAD = b"x" * 1_400
FACTS = ("received", "attributed", "enriched", "released")


async def main(sizes: list[int]) -> None:
    """Print the figures for logs of so many stories."""
    with real_server() as server:
        async with provisioned(server) as client:
            commit, there = GroupCommit(client), 0
            for size in sizes:
                await _write(commit, size - there)
                there = size
                print(f"{size:,} stories: ms a page, longest, ms of nats-server's processor time")
                for name, read in (await _ways(client, size * len(FACTS) // 2)).items():
                    took, worked = await _timed(server.pid or 0, read)
                    print(f"  {name:32}{statistics.median(took):8.1f} {max(took):8.1f} {worked:8.1f}")
            await commit.close()


async def _write(commit: GroupCommit, stories: int) -> None:
    for begun in range(0, stories, PAGE // len(FACTS)):
        names = [uuid.uuid4() for _ in range(min(PAGE // len(FACTS), stories - begun))]
        await commit.commit([Message(f"story.{name}.{fact}.1", PAYLOAD, {}) for name in names for fact in FACTS])


async def _ways(client: QuickClient, middle: int) -> dict[str, Callable[[], Awaitable[object]]]:
    direct = DirectReader(client)

    def consumer(**filters: Any) -> api.ConsumerConfig:
        return api.ConsumerConfig(
            ack_policy=api.AckPolicy.NONE,
            mem_storage=True,
            deliver_policy=api.DeliverPolicy.BY_START_SEQUENCE,
            opt_start_seq=middle,
            **filters,
        )

    one = await client.jetstream().add_consumer(STORIES.name, consumer(filter_subject=WANTED))
    two = await client.jetstream().add_consumer(STORIES.name, consumer(filter_subjects=[WANTED, RARE]))
    return {
        "by direct get": lambda: direct.get(STORIES.name, next_by_subj=WANTED, batch=PAGE, seq=middle),
        "by a consumer of one kind": lambda: _page(client, one.name),
        "by a consumer of two kinds": lambda: _page(client, two.name),
        "whether there is a next one": lambda: direct.following(STORIES.name, WANTED, seq=middle),
        "making a consumer of one kind": lambda: client.jetstream().add_consumer(
            STORIES.name, consumer(filter_subject=WANTED)
        ),
    }


async def _page(client: QuickClient, name: str) -> None:
    """What a consumer has, up to a page of it."""
    inbox = client.new_inbox()
    subscription = await client.subscribe(inbox)
    request = msgspec.json.encode({"batch": PAGE, "no_wait": True})
    await client.publish(f"$JS.API.CONSUMER.MSG.NEXT.{STORIES.name}.{name}", request, reply=inbox)
    for _ in range(PAGE):
        if not (await subscription.next_msg(timeout=60)).reply:
            break
    await subscription.unsubscribe()


async def _timed(pid: int, read: Callable[[], Awaitable[object]]) -> tuple[list[float], float]:
    took: list[float] = []
    worked = cpu_seconds(pid)
    for _ in range(PAGES):
        began = time.perf_counter()
        await read()
        took.append((time.perf_counter() - began) * 1e3)
    return took, (cpu_seconds(pid) - worked) / PAGES * 1e3


if __name__ == "__main__":
    run_loop(main([int(size) for size in sys.argv[1:]] or [16_000, 60_000]))
