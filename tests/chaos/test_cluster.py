"""A cluster of three servers that keeps the log three times: any one of them may die while stories come in."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from nats.aio.client import Client
from siege import ROUNDS, besieged, started

from dateline_kernel.connection import connect
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.provision import provision
from dateline_kernel.settings import Keeping
from dateline_kernel.testing import PATIENCE, eventually, own_port
from dateline_schemas.subjects import BUCKETS, STREAMS

STORIES = int(os.environ.get("DATELINE_CHAOS_STORIES", "2000")) // 10
ROUNDS_EACH = max(1, ROUNDS // 2)
"""Choosing new leaders takes seconds: a tenth of the stories and half of the kills that a lone server gets."""
SERVERS = 3


class Member(EmbeddedServer):
    """One server of a cluster."""

    def __init__(self, folder: Path, port: int, number: int, ports: Sequence[int]) -> None:
        super().__init__(folder, port)
        self._number = number
        self._ports = ports

    def configuration(self) -> str:
        """That of a lone server, with a name of its own and the way to the others."""
        routes = json.dumps([f"nats://127.0.0.1:{port}" for port in self._ports])
        alone = super().configuration().replace("dateline-embedded", f"member-{self._number}")
        listen = f"127.0.0.1:{self._ports[self._number]}"
        return f'{alone}cluster {{ name: "wire", listen: "{listen}", routes: {routes} }}\n'


@contextmanager
def cluster(folder: Path) -> Iterator[list[Member]]:
    """The servers, all started; all ended afterwards."""
    with ExitStack() as stack:
        ports = [stack.enter_context(own_port()) for _ in range(2 * SERVERS)]
        between, doors = ports[:SERVERS], ports[SERVERS:]
        members = [Member(folder / f"server-{nth}", doors[nth], nth, between) for nth in range(SERVERS)]
        for member in members:
            member.start(PATIENCE)
            stack.callback(member.stop)
        yield members


@asynccontextmanager
async def connected(members: Sequence[Member]) -> AsyncIterator[Client]:
    """A connection to whichever server lives, once they agree who leads."""
    client = await connect(urls(members), "test", PATIENCE)
    try:
        await eventually(client.jetstream().account_info)
        yield client
    finally:
        await client.close()


def urls(members: Sequence[Member]) -> str:
    """As DATELINE_NATS_URL names a cluster."""
    return ",".join(member.url for member in members)


async def copies(client: Client) -> set[int]:
    """On how many servers the streams and buckets are kept."""
    names = [spec.name for spec in STREAMS] + [f"KV_{spec.name}" for spec in BUCKETS]
    infos = [await client.jetstream().stream_info(name) for name in names]
    return {1 + len((info.cluster.replicas or []) if info.cluster else []) for info in infos}


async def test_copies_are_raised_to_what_is_told_and_never_lowered(tmp_path: Path) -> None:
    """A log that began on one server of a cluster is spread over it as soon as a service is told so."""
    with cluster(tmp_path) as members:
        async with connected(members) as client:
            await provision(client)
            assert await copies(client) == {1}
            await provision(client, Keeping(replicas=SERVERS))
            await eventually(lambda: spread(client))
            await provision(client)
            assert await copies(client) == {SERVERS}


async def test_killing_each_server_of_a_cluster_in_turn_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """The services go on with the two that are left, and the third catches up when it is back."""
    with cluster(tmp_path) as members:
        async with connected(members) as client:
            with started(urls(members), tmp_path, DATELINE_REPLICAS=str(SERVERS)) as processes:
                await eventually(lambda: spread(client))
                await besieged(client, processes, members, STORIES, ROUNDS_EACH)


async def spread(client: Client) -> bool:
    """Whether the services have declared everything on all servers."""
    return await copies(client) == {SERVERS}
