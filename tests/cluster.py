"""A cluster of three nats-servers for tests, and wires between them that can be cut."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import nats.js.api as api

from dateline_kernel.connection import connect, leave
from dateline_kernel.delivery import delivery_of
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.inflow import inflow
from dateline_kernel.provision import provision
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.reader import ABANDONED, PAGE
from dateline_kernel.settings import Keeping
from dateline_kernel.testing import PATIENCE, eventually, own_port, scratch_folder
from dateline_schemas.subjects import BUCKETS, STORIES, STREAMS

T = TypeVar("T")

SERVERS = 3
NOWHERE = "127.0.0.1:1"
"""Address that a server gives the others as its own: an unreachable one, so that they only use the wires."""
READER = api.ConsumerConfig(
    ack_policy=api.AckPolicy.NONE, mem_storage=True, num_replicas=1, inactive_threshold=ABANDONED
)


class Member(EmbeddedServer):
    """One server of a cluster."""

    def __init__(self, folder: Path, port: int, number: int, listens: int, routes: Sequence[int]) -> None:
        """``listens``: its port for the other servers. ``routes``: ports by which it reaches them."""
        super().__init__(folder, port)
        self.name = f"member-{number}"
        self.number = number
        self._listens = listens
        self._routes = routes

    def configuration(self) -> str:
        """Configuration of a single server, with a name and the routes to the others."""
        routes = json.dumps([f"nats://127.0.0.1:{port}" for port in self._routes])
        alone = super().configuration().replace("dateline-embedded", self.name)
        own = f'listen: "127.0.0.1:{self._listens}", advertise: "{NOWHERE}"'
        return f'{alone}cluster {{ name: "wire", {own}, routes: {routes} }}\n'

    @contextmanager
    def paused(self) -> Iterator[None]:
        """While the process stands still, with all its connections open (SIGSTOP, then SIGCONT)."""
        assert self.pid is not None
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)


class Wires:
    """The connections between the servers. They can be cut: nothing comes in, nothing goes out."""

    def __init__(self, listens: Sequence[int]) -> None:
        self._listens = listens
        self._cut: set[frozenset[int]] = set()
        self._open: dict[asyncio.StreamWriter, frozenset[int]] = {}
        self._servers: list[asyncio.Server] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wires", daemon=True)

    def start(self) -> dict[tuple[int, int], int]:
        """Listen for each pair of servers; the ports, by (from, to)."""
        self._thread.start()
        ends = range(len(self._listens))
        return {(one, other): self._run(self._listen(one, other)) for one in ends for other in ends if one != other}

    def stop(self) -> None:
        """Close all connections."""
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def cut(self, server: int, *others: int) -> None:
        """Cut a server off from these others, or from all."""
        ends = others or range(len(self._listens))
        self._run(self._break({frozenset((server, other)) for other in ends}))

    def mend(self) -> None:
        """Restore all connections."""
        self._cut.clear()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _end(self) -> None:
        for server in self._servers:
            server.close()
        await self._break(set(self._open.values()))
        while self._open:
            await asyncio.sleep(0.01)

    async def _break(self, ways: set[frozenset[int]]) -> None:
        self._cut |= ways
        for writer, ends in list(self._open.items()):
            if ends in ways:
                writer.transport.abort()

    async def _listen(self, one: int, other: int) -> int:
        async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._join(frozenset((one, other)), self._listens[other], reader, writer)

        server = await asyncio.start_server(joined, "127.0.0.1", 0)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def _join(
        self, ends: frozenset[int], port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._open[writer] = ends
        try:
            if ends not in self._cut:
                with suppress(OSError):
                    there, back = await asyncio.open_connection("127.0.0.1", port)
                    self._open[back] = ends
                    try:
                        await asyncio.gather(_carry(reader, back), _carry(there, writer))
                    finally:
                        del self._open[back]
                        back.transport.abort()
        finally:
            del self._open[writer]
            writer.transport.abort()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Raises ConnectionError at the end, so that the way back ends as well."""
    while data := await reader.read(1 << 16):
        writer.write(data)
        await writer.drain()
    raise ConnectionResetError


class Parts(NamedTuple):
    """What each of three servers does in a test."""

    leader: Member
    keeper: Member
    """It sees the leader, and has what that has."""
    behind: Member
    """The one that is to lag."""


class Cluster:
    """The servers, and the wires between them."""

    def __init__(self, members: Sequence[Member], wires: Wires) -> None:
        self.members = members
        self.wires = wires

    @property
    def urls(self) -> str:
        """As DATELINE_NATS_URL names a cluster."""
        return ",".join(member.url for member in self.members)

    async def leader(self, client: QuickClient, stream: str = STORIES.name) -> Member:
        """The server that leads a stream."""

        async def look() -> Member | None:
            info = await client.jetstream().stream_info(stream)
            name = info.cluster.leader if info.cluster else ""
            return next((member for member in self.members if member.name == name), None)

        found = await eventually(look)
        assert found is not None
        return found

    async def parts(self, client: QuickClient, stream: str = STORIES.name, *, leads: str = "") -> Parts:
        """Who leads a stream; one that goes on with it, and leads a second stream if that is named; and a third."""
        leader = await self.leader(client, stream)
        others = [member for member in self.members if member is not leader]
        keeper = await self.led_by_another(client, leads, than=leader) if leads else others[0]
        [behind] = [member for member in others if member is not keeper]
        return Parts(leader, keeper, behind)

    async def led_by_another(self, client: QuickClient, stream: str, than: Member) -> Member:
        """Move a stream's leadership to any server but this one; the new leader."""

        async def look() -> Member | None:
            now = await self.leader(client, stream)
            if now is not than:
                return now
            await client.request(f"$JS.API.STREAM.LEADER.STEPDOWN.{stream}", b"", timeout=5)
            return None

        found = await eventually(look)
        assert found is not None
        return found


@contextmanager
def cluster(folder: Path | None = None) -> Iterator[Cluster]:
    """Three servers, started; ended when the block ends."""
    with ExitStack() as stack:
        home = folder or stack.enter_context(scratch_folder())
        ports = [stack.enter_context(own_port()) for _ in range(2 * SERVERS)]
        listens, doors = ports[:SERVERS], ports[SERVERS:]
        wires = Wires(listens)
        ways = wires.start()
        stack.callback(wires.stop)
        members = []
        for number in range(SERVERS):
            routes = [port for (one, _), port in ways.items() if one == number]
            members.append(Member(home / f"server-{number}", doors[number], number, listens[number], routes))
        for member in members:
            member.start(PATIENCE)
            stack.callback(member.kill)
        yield Cluster(members, wires)


@asynccontextmanager
async def connected(urls: str) -> AsyncIterator[QuickClient]:
    """A connection to whichever server lives, once they agree who leads."""
    client = await connect(urls, "test", PATIENCE)
    try:
        await eventually(client.jetstream().account_info)
        yield client
    finally:
        await leave(client)


async def agreed(urls: str) -> None:
    """Come back once they agree who leads them."""
    async with connected(urls):
        pass


async def copies(client: QuickClient) -> set[int]:
    """The numbers of servers that keep a stream or bucket; a single number if all are kept by as many."""
    names = [spec.name for spec in STREAMS] + [f"KV_{spec.name}" for spec in BUCKETS]
    infos = [await client.jetstream().stream_info(name) for name in names]
    return {1 + len((info.cluster.replicas or []) if info.cluster else []) for info in infos}


async def spread(client: QuickClient) -> bool:
    """Whether everything is declared on all servers."""
    return await copies(client) == {SERVERS}


async def caught_up(client: QuickClient) -> bool:
    """Whether every copy of every stream has all that there is: a server that was killed last needs a moment."""
    for spec in STREAMS:
        info = await client.jetstream().stream_info(spec.name)
        copies = info.cluster.replicas if info.cluster and info.cluster.replicas else []
        if not all(copy.current and not copy.lag for copy in copies):
            return False
    return True


async def read_at_each(client: QuickClient, stream: str) -> dict[str, dict[int, int]]:
    """By server that keeps a stream, what can be read of its own copy: a digest of each message, by sequence.

    A server that is no cluster is called by the empty name.
    """
    jetstream = client.jetstream()
    info = await jetstream.stream_info(stream)
    others = [copy.name for copy in info.cluster.replicas or []] if info.cluster else []
    servers = {info.cluster.leader or "", *others} if info.cluster and others else {""}
    found: dict[str, dict[int, int]] = {}
    while servers - set(found):
        # One that is kept once stands on one server after the other, and reads what that has.
        reader = await jetstream.add_consumer(stream, READER)
        server = (reader.cluster.leader if reader.cluster and others else None) or ""
        if server not in found:
            found[server] = await _all_of(client, stream, reader.name, reader.num_pending or 0)
        await jetstream.delete_consumer(stream, reader.name)
    return found


async def _all_of(client: QuickClient, stream: str, reader: str, count: int) -> dict[int, int]:
    found: dict[int, int] = {}
    async with inflow(client, stream, reader, PAGE, acked=False) as flow:
        with suppress(TimeoutError):
            while len(found) < count:
                async with asyncio.timeout(PATIENCE):
                    messages = await flow.batch()
                found |= {delivery_of(one).seq: hash((one.subject, one.data)) for one in messages}
    return found


async def provisioned_on_all(client: QuickClient) -> None:
    """Declare everything on all servers, and wait until it is there."""

    async def declared() -> bool:
        await provision(client, Keeping(replicas=SERVERS))
        return await spread(client)

    await eventually(declared)
