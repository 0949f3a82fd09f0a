"""A Dateline of its own to be measured: server and services, running, and a sender that has a key."""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from dateline_kernel.connection import connect
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_kernel.provision import provision
from dateline_kernel.quickclient import QuickClient
from dateline_operate.bench.sender import Sender, Window
from dateline_operate.up.supervisor import ServiceProcess
from dateline_schemas.feeds import Feed, encode_feed, key_digest
from dateline_schemas.flow import FLOW
from dateline_schemas.subjects import FEEDS, STORIES

LAST = "publish-enriched"
READY, THROUGH = 60.0, 600.0
"""Longest seconds for a service to become ready, and for stories to be dealt with."""


class Bench:
    """A running Dateline of its own."""

    def __init__(
        self, client: QuickClient, sender: Sender, services: list[ServiceProcess], server: EmbeddedServer
    ) -> None:
        self.client = client
        self.sender = sender
        self.services = services
        self.server = server
        self._acknowledged = 0

    def cpu_seconds(self) -> dict[str, float]:
        """Processor time that each process has had so far; empty where the system does not tell."""
        pids = {service.name: service.pid for service in self.services}
        pids |= {"nats-server": self.server.pid, "the sender": os.getpid()}
        return {name: seconds for name, pid in pids.items() if pid and (seconds := cpu_seconds(pid)) is not None}

    async def released(self, count: int, window: Window | None = None) -> None:
        """Wait until so many more enriched stories were dealt with by publish, and tell the window on the way."""
        before, self._acknowledged = self._acknowledged, self._acknowledged + count
        deadline = time.monotonic() + THROUGH
        while True:
            info = await self.client.jetstream().consumer_info(STORIES.name, LAST)
            through = info.ack_floor.consumer_seq if info.ack_floor else 0
            if through >= self._acknowledged and not info.num_ack_pending:
                return
            if window is not None:
                window.through(through - before)
            if time.monotonic() > deadline:
                raise Unavailable(f"{LAST} stands at {info.ack_floor} of {self._acknowledged}")
            await asyncio.sleep(0.02)


@asynccontextmanager
async def running(folder: Path, people: str = "rules") -> AsyncIterator[Bench]:
    """Server and services, ready; all ended afterwards."""
    folder.mkdir(parents=True)
    server = EmbeddedServer(folder / "nats")
    await asyncio.to_thread(server.start)
    env = {**os.environ, "DATELINE_NATS_URL": server.url, "DATELINE_PEOPLE": people, "DATELINE_ACK_WAIT": "60"}
    services = [ServiceProcess(row.service, 0, folder / f"{row.service}.log", env) for row in FLOW]
    client = await connect(server.url, "bench")
    try:
        await provision(client)
        key = secrets.token_hex(16)
        bucket = await client.jetstream().key_value(FEEDS.name)
        await bucket.put("bench", encode_feed(Feed(name="bench", key_sha256=key_digest(key))))
        for service in services:
            service.start()
        async with httpx.AsyncClient() as http:
            for service in services:
                await _ready(http, service)
        yield Bench(client, Sender(services[0].port, key), services, server)
    finally:
        for service in services:
            service.ask_to_end()
        for service in services:
            await asyncio.to_thread(service.wait, time.monotonic() + 15)
        await client.close()
        await asyncio.to_thread(server.stop)


async def _ready(http: httpx.AsyncClient, service: ServiceProcess) -> None:
    deadline = time.monotonic() + READY
    while time.monotonic() < deadline:
        if service.pid is None:
            break
        try:
            if (await http.get(f"{service.url}/readyz")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.05)
    raise Unavailable(f"{service.name} did not become ready:\n{service.last_words(20)}")


def cpu_seconds(pid: int) -> float | None:
    """User and system time of a process, by proc(5); None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
