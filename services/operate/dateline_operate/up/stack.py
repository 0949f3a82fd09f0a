"""All of Dateline on one machine: the message server, and one process for each service. ``up`` and ``demo`` run it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_operate.console.failure import Failure
from dateline_operate.console.guessing import meant
from dateline_operate.feeds.book import ensure_demo_feed
from dateline_operate.health.sealed import LostEnd, end_missing
from dateline_operate.link import connected_to
from dateline_operate.up.orphans import end_orphans
from dateline_operate.up.room import Room, free_bytes, turn_over
from dateline_operate.up.supervisor import ServerProcess, ServiceProcess, is_free
from dateline_operate.up.upfile import ServiceAt, Up, up_path, write_up
from dateline_operate.up.vitals import Vitals, look
from dateline_schemas.flow import FLOW

if TYPE_CHECKING:
    import httpx

GRACE = 15.0
"""Seconds that services get to finish what they have in work."""


class Plan(Struct, frozen=True, kw_only=True):
    """What to run, and where."""

    data: Path
    nats_url: str = ""
    """A server that runs already; empty to start one."""
    nats_port: int = 0
    """Port of the embedded server, if it is free; 0 for any."""
    http_port: int = 0
    """Port of ingest; 0 for any free one."""
    services: tuple[str, ...] = tuple(row.service for row in FLOW)


class Stack:
    """Runs a plan. ``start``, then ``tend`` again and again, then ``stop``."""

    def __init__(self, plan: Plan, free: Callable[[Path], int] = free_bytes) -> None:
        self.plan = plan
        self._free = free
        self.since = datetime.now(UTC)
        self.server: ServerProcess | None = None
        self.services: list[ServiceProcess] = []
        self.demo_key = ""
        self.lost: LostEnd | None = None
        """What the log lacked when it was started: once it has grown again nobody sees that."""
        self.room = Room()
        self._written = True

    @property
    def nats_url(self) -> str:
        """Address of the message server."""
        return self.server.server.url if self.server else self.plan.nats_url

    async def start(self) -> None:
        """Start the server, make sure that somebody may push, start the services. Raises Failure, KernelError."""
        check_installed(self.plan.services)
        if "ingest" in self.plan.services and self.plan.http_port and not is_free(self.plan.http_port):
            advice = "Another `dateline up`? --port takes another one, --port 0 any."
            raise Failure(f"port {self.plan.http_port} of this machine is taken.", advice)
        logs = self.plan.data / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        if not self.plan.nats_url:
            await self._start_server()
        async with connected_to(self.nats_url) as client:
            self.demo_key = await ensure_demo_feed(client, self.plan.data)
            with suppress(Unavailable):  # `status` asks again
                self.lost = await end_missing(client)
        env = {**os.environ, "DATELINE_NATS_URL": self.nats_url}
        for name in self.plan.services:
            port = self.plan.http_port if name == "ingest" else 0
            self.services.append(ServiceProcess(name, port, logs / f"{name}.log", env))
        for service in self.services:
            service.start()
        self.write()

    @property
    def kept(self) -> int:
        """Bytes of stored messages that our server has to read before it answers; 0 where the server is not ours."""
        return 0 if self.plan.nats_url else EmbeddedServer(self._server_folder).kept

    def leave_off(self) -> None:
        """Wait no longer for a server that is still starting."""
        if self.server is not None:
            self.server.server.leave_off()

    @property
    def _server_folder(self) -> Path:
        return (self.plan.data / "nats").resolve()

    async def _start_server(self) -> None:
        folder = self._server_folder
        await asyncio.to_thread(end_orphans, folder)
        self.server = ServerProcess(folder, self.plan.nats_port)
        await asyncio.to_thread(self.server.start)

    def where(self) -> Up:
        """What up.json says: where the server and the services listen, and their processes."""
        return Up(
            pid=os.getpid(),
            nats_url=self.nats_url,
            nats_pid=self.server.server.pid if self.server else None,
            services=tuple(ServiceAt(service.name, service.pid, service.url) for service in self.services),
            since=self.since,
        )

    def write(self) -> None:
        """Write up.json for the other commands. If the disk refuses it, the next ``tend`` tries again."""
        self._written = False
        with suppress(OSError):
            write_up(self.plan.data, self.where())
            self._written = True

    async def tend(self) -> None:
        """Start again what ended unasked or hung, when that is due.

        Raises Failure for a service that can never run with its settings.
        """
        changed = not (self._written and up_path(self.plan.data).exists())
        if self.server is not None:
            self.room = self.room.looked(self._free(self.plan.data))
            if self.room.regained:
                await asyncio.to_thread(self.server.renew)
            changed = await asyncio.to_thread(self.server.tend) or changed
            turn_over(self.server.log)
        for service in self.services:
            turn_over(service.log)
            changed = service.tend() or changed
            if service.hopeless:
                raise Failure(f"{service.name} cannot run: {service.hopeless}", f"Its log is {service.log}.")
        if changed:
            self.write()

    async def look(self, http: httpx.AsyncClient) -> list[Vitals]:
        """How the services are doing, in the order of the flow. A service that seems to hang is ended by the next
        ``tend``.
        """
        seen = await asyncio.gather(*(look(http, service.name, service.url) for service in self.services))
        for service, vitals in zip(self.services, seen, strict=True):
            service.looked(vitals)
        return list(seen)

    async def ready(self, http: httpx.AsyncClient, within: float) -> None:
        """Tend until every service is ready. Raises Failure with the last words of one that is not."""
        deadline = time.monotonic() + within
        while True:
            await self.tend()
            vitals = await self.look(http)
            late = next((one for one in vitals if not one.ready), None)
            if late is None:
                return
            if time.monotonic() > deadline:
                words = next(service.last_words(8) for service in self.services if service.name == late.name)
                raise Failure(f"{late.name} is not ready after {within:g} s ({late.wrong}). Its last words:\n{words}")
            await asyncio.sleep(0.1)

    async def stop(self) -> None:
        """End the services, then the server. What was accepted is on disk."""
        await asyncio.to_thread(self._stop)

    def _stop(self) -> None:
        for service in self.services:
            service.ask_to_end()
        deadline = time.monotonic() + GRACE
        for service in self.services:
            service.wait(deadline)
        if self.server is not None:
            self.server.server.stop()
        up_path(self.plan.data).unlink(missing_ok=True)


def check_installed(services: tuple[str, ...]) -> None:
    """Raises Failure if one of these services is not installed here."""
    there = {entry.name for entry in entry_points(group="dateline.services")}
    for name in services:
        if name not in there:
            known = ", ".join(sorted(there)) or "none"
            advice = f"Install dateline-{name}, or leave it out with --services."
            said = f"service {name!r} is not installed here{meant(name, there)}; installed are: {known}."
            raise Failure(said, advice, code=2)
