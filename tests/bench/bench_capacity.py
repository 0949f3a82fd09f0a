"""How big the log gets: ``python tests/bench/bench_capacity.py [stories]``, 50,000 if it is not said.

Some invented stories go through the real services. What these wrote - events, topic messages, originals - is written
again and again under other stories' names into a server of its own, with the streams as declared and every batch
fsynced. Printed: what a story takes of the disk and of the server's memory, how long the server takes to start again,
ended and killed, and how long a story's events take to load, when there are a thousand stories and when there are all.
"""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from dateline_kernel.commit import GroupCommit, Message
from dateline_kernel.connection import connect
from dateline_kernel.direct import DirectReader
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.loop import run_loop
from dateline_kernel.provision import provision
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import PATIENCE, eventually
from dateline_operate.bench.running import running
from dateline_operate.bench.wirecopy import newsml
from dateline_schemas.subjects import ORIGINALS, STORIES, TOPICS

SAMPLES = 200
AT_ONCE = 100
"""Stories written in one turn."""
FEW = 1_000
LOADS = 500
KILO = 1000

Written = Mapping[str, Sequence[Message]]
"""What the services wrote for one story, by stream."""


class Size(Struct, frozen=True):
    """A server with so many stories, started anew."""

    disk: int
    """Bytes."""
    memory: int
    """Bytes, of what was started anew and has not been asked for anything."""
    ended: float
    """Seconds until it answers after an orderly end."""
    killed: float
    """Seconds until it answers after kill -9."""
    loading: float
    """Milliseconds that a story's events take to load, median."""


async def main(stories: int) -> None:
    """Print what was measured."""
    more = stories - FEW
    with tempfile.TemporaryDirectory() as folder:  # on a disk, where tests have theirs in memory
        samples = await samples_of(Path(folder) / "real")
        server = EmbeddedServer(Path(folder) / "many")
        server.start()
        try:
            few = await _size(server, Path(folder) / "many", await write_more(server, samples, FEW))
            many = await _size(server, Path(folder) / "many", await write_more(server, samples, more))
        finally:
            server.stop()
    messages = statistics.mean(sum(map(len, written.values())) for written in samples.values())
    print(f"{stories:,} stories of {messages:.1f} messages")
    print(f"disk, kB a story:                   {(many.disk - few.disk) / KILO / more:8.1f}")
    print(f"memory of nats-server, kB a story:  {(many.memory - few.memory) / KILO / more:8.1f}")
    print(f"until it answers after its end, s:  {few.ended:8.1f} with {FEW:,} stories, {many.ended:.1f} with all")
    print(f"until it answers after kill -9, s:  {few.killed:8.1f} with {FEW:,} stories, {many.killed:.1f} with all")
    print(f"loading a story's events, ms:       {few.loading:8.2f} with {FEW:,} stories, {many.loading:.2f} with all")


async def samples_of(folder: Path) -> dict[str, Written]:
    """What the services write for some stories, by the stories' ids."""
    async with running(folder) as bench:
        sending = bench.sender.send((newsml(number, seed=6) for number in range(SAMPLES)), SAMPLES, lambda *_: None)
        await asyncio.gather(sending, bench.released(SAMPLES))
        found: dict[str, dict[str, list[Message]]] = defaultdict(lambda: defaultdict(list))
        for stream in (STORIES.name, TOPICS.name):
            for message in await _everything(bench.client, stream):
                found[message.headers["ce-subject"]][stream].append(message)
        originals = await _everything(bench.client, ORIGINALS.name)
    # Which original is whose matters to nothing that is measured here.
    for written, *pair in zip(found.values(), originals[::2], originals[1::2], strict=True):
        written[ORIGINALS.name] = pair
    return dict(found)


async def _everything(client: QuickClient, stream: str) -> list[Message]:
    reader, found, seq = DirectReader(client), [], 1
    while page := await reader.get(stream, seq=seq, next_by_subj=">", batch=200):
        for message in page:
            headers = dict(message.headers or {})
            seq = int(headers["Nats-Sequence"]) + 1
            own = {name: value for name, value in headers.items() if not name.startswith("Nats-")}
            found.append(Message(headers["Nats-Subject"], message.data, own))
    return found


async def write_more(server: EmbeddedServer, samples: dict[str, Written], stories: int) -> list[str]:
    """Write so many more stories; their names."""
    client = await connect(server.url, "capacity")
    await provision(client)
    ways = {stream: GroupCommit(client, timeout=60) for stream in (STORIES.name, TOPICS.name, ORIGINALS.name)}
    pattern, names = list(samples.items()), list[str]()
    while len(names) < stories:
        fresh = {secrets.token_hex(16): pattern[(len(names) + nth) % len(pattern)] for nth in range(AT_ONCE)}
        for stream, way in ways.items():
            messages = [_renamed(one, old, name) for name, (old, all_) in fresh.items() for one in all_[stream]]
            await asyncio.gather(*(way.commit([message]) for message in messages))
        names += fresh
    for way in ways.values():
        await way.close()
    await client.close()
    return names


def _renamed(message: Message, old: str, name: str) -> Message:
    """The same of another story; an original, which is named by what it says, by another name of that length."""
    subject = message.subject.replace(old, name)
    if subject == message.subject:
        kind, _, own = subject.rpartition(".")
        subject = f"{kind}.{secrets.token_urlsafe(len(own) * 3 // 4)}"
    payload = message.payload.replace(old.encode(), name.encode())
    return Message(subject, payload, {**message.headers, "ce-subject": name})


async def _size(server: EmbeddedServer, folder: Path, names: Sequence[str]) -> Size:
    await asyncio.to_thread(server.stop)
    ended = await _start(server)
    await asyncio.to_thread(server.kill)
    killed = await _start(server)
    memory = _memory(server)
    loading = await _loading(server, names)
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Size(disk=disk, memory=memory, ended=ended, killed=killed, loading=loading)


async def _start(server: EmbeddedServer) -> float:
    """Seconds until the server tells of its streams."""
    began = time.perf_counter()
    await asyncio.to_thread(server.start)
    client = await connect(server.url, "capacity", PATIENCE)
    await eventually(lambda: client.jetstream().stream_info(ORIGINALS.name))
    await client.close()
    return time.perf_counter() - began


def _memory(server: EmbeddedServer) -> int:
    """Bytes of memory that the server has, by proc(5)."""
    return int(Path(f"/proc/{server.pid}/statm").read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def _loading(server: EmbeddedServer, names: Sequence[str]) -> float:
    """Milliseconds that a story's events take to load, median."""
    client = await connect(server.url, "capacity")
    reader, taken = DirectReader(client), []
    for name in random.Random(1).choices(names, k=LOADS):
        began = time.perf_counter()
        await reader.latest(STORIES.name, f"story.{name}.>")
        taken.append(time.perf_counter() - began)
    await client.close()
    return statistics.median(taken) * 1e3


if __name__ == "__main__":
    run_loop(main(int(sys.argv[1]) if sys.argv[1:] else 50_000))
