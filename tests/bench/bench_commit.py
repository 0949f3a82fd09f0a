"""What messages cost that are written side by side, and in one batch: `python tests/bench/bench_commit.py`.

Milliseconds until they are on disk (median) and of nats-server's processor time, by how many they are. The two ways
take turns, on a server of their own; `FEW` of `dateline_kernel.commit` should stand where the columns cross, or below.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from dateline_kernel.commit import GroupCommit, Message
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.loop import run_loop
from dateline_kernel.testing import provisioned
from dateline_operate.bench.running import cpu_seconds

SIZES = (2, 3, 5, 8, 12, 20)
ROUNDS, REPEATS = 4, 25
PAYLOAD = b"x" * 6_900

Write = Callable[[list[Message]], Awaitable[int]]


class Cost:
    """Of one way and one number of messages."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.processor = 0.0

    def cells(self) -> tuple[float, float]:
        """Milliseconds waited and worked for one write of that many."""
        return statistics.median(self.waited) * 1e3, self.processor / len(self.waited) * 1e3


async def main() -> None:
    """Print a line for each number of messages."""
    with tempfile.TemporaryDirectory() as folder:  # on a disk, where tests have theirs in memory
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            async with provisioned(server) as client:
                commit = GroupCommit(client)
                costs = await _measured(server.pid or 0, (commit._side_by_side, commit._write))
        finally:
            server.stop()
    print("messages of 6.9 kB:     ms until on disk        ms of the server's processor")
    print("                     side by side   batch          side by side   batch")
    for size in SIZES:
        (wait, work), (batch_wait, batch_work) = (cost.cells() for cost in costs[size])
        print(f"{size:8} {wait:23.1f} {batch_wait:7.1f} {work:21.2f} {batch_work:7.2f}")


async def _measured(pid: int, ways: tuple[Write, Write]) -> dict[int, tuple[Cost, Cost]]:
    costs = {size: (Cost(), Cost()) for size in SIZES}
    number = 0
    for _ in range(ROUNDS):
        for size in SIZES:
            for way, cost in zip(ways, costs[size], strict=True):
                before = cpu_seconds(pid) or 0.0
                for _ in range(REPEATS):
                    messages = [Message(f"story.bench{number + nth}.received.1", PAYLOAD, {}) for nth in range(size)]
                    number += size
                    began = time.perf_counter()
                    await way(messages)
                    cost.waited.append(time.perf_counter() - began)
                cost.processor += (cpu_seconds(pid) or 0.0) - before
    return costs


if __name__ == "__main__":
    run_loop(main())
