"""How long a backup and its restore take: ``python tests/bench/bench_backup.py [stories]``, 10,000 if it is not said.

What the real services wrote for some stories is written again and again into a server of its own, as `bench_capacity`
does. `dateline backup`, `restore` and `verify` run as people run them. Printed: seconds, megabytes, the most memory
that each took, and how long a write takes before the backup and while it is made.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench_capacity import samples_of, write_more
from msgspec import Struct

from dateline_kernel.commit import GroupCommit, Message
from dateline_kernel.connection import connect, leave
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.loop import run_loop
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import FEED_EVENTS

EVERY = 0.02
WRITES = 200
MEGA = 1_000_000


class Ran(Struct, frozen=True):
    """A command, and what it took."""

    said: dict[str, object]
    seconds: float
    memory: int
    """Bytes, at the most."""


async def dateline(*words: str) -> Ran:
    """Run a command that answers in JSON; 1 is what it says of events under names that are not theirs."""
    began = time.monotonic()
    command = str(Path(sys.executable).with_name("dateline"))
    process = await asyncio.create_subprocess_exec(command, *words, "--json", stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    most, reading = 0, asyncio.create_task(process.stdout.read())
    while not reading.done():
        most = max(most, _most(process.pid))
        await asyncio.wait({reading}, timeout=0.05)
    assert await process.wait() in (0, 1)
    return Ran(json.loads(reading.result()), time.monotonic() - began, most)


def _most(pid: int) -> int:
    """The most memory that a process had, proc(5); 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


async def writes(client: QuickClient, until: asyncio.Event, most: int = sys.maxsize) -> list[float]:
    """Milliseconds of one write after the other, until that happens or there are enough."""
    commit, took = GroupCommit(client), list[float]()
    while not until.is_set() and len(took) < most:
        began = time.perf_counter()
        await commit.commit([Message("feed.bench.heard", b"x" * 200, {})])
        took.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(EVERY)
    await commit.close()
    return took


def shown(took: list[float]) -> str:
    """Median and the second longest of a hundred."""
    return (
        f"p50 {statistics.median(took):.1f} ms, p99 {statistics.quantiles(took, n=100)[98]:.1f} ms, {len(took)} writes"
    )


async def main(stories: int) -> None:
    """Print what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        samples = await samples_of(Path(folder) / "real")
        server = EmbeddedServer(Path(folder) / "many")
        server.start()
        try:
            await write_more(server, samples, stories)
            client = await connect(server.url, "bench")
            done = asyncio.Event()
            before = await writes(client, done, WRITES)
            meanwhile = asyncio.create_task(writes(client, done))
            made = await dateline("backup", f"{folder}/backups", "--nats", server.url)
            done.set()
            during = await meanwhile
            await leave(client)
        finally:
            server.stop()
        kept = server.kept
        restored = await dateline("restore", str(made.said["backup"]), "--data", f"{folder}/data")
        again = EmbeddedServer(Path(folder) / "data" / "nats")
        again.start()
        try:
            verified = await dateline("verify", "--seal", str(made.said["seal"]), "--nats", again.url)
        finally:
            again.stop()
        size = sum(file.stat().st_size for file in Path(str(made.said["backup"])).glob("**/*") if file.is_file())
    print(f"{stories:,} stories, {kept / MEGA:,.0f} MB in the store, {size / MEGA:,.0f} MB in the backup")
    for name, ran in (("backup", made), ("restore", restored), ("verify", verified)):
        print(f"{name:8} {ran.seconds:6.1f} s, {ran.memory / MEGA:,.0f} MB of memory at the most")
    print(f"a write to {FEED_EVENTS.name} before: {shown(before)}")
    print(f"a write while it is made: {shown(during)}")


if __name__ == "__main__":
    os.environ.pop("DATELINE_NATS_URL", None)
    run_loop(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
