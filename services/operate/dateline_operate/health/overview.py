"""What ``status`` shows: one look at the streams, the consumers, the quarantine and the services."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.markup import escape
from rich.table import Table

from dateline_kernel.connection import shown
from dateline_kernel.consumers import readers_of
from dateline_kernel.jetstreamapi import StreamState, stream_info
from dateline_kernel.quickclient import QuickClient
from dateline_operate.console.noanswer import NEEDED
from dateline_operate.console.terminal import day_and_clock, table
from dateline_operate.up.upfile import read_up
from dateline_operate.up.vitals import Vitals, look
from dateline_schemas.subjects import QUARANTINE, STORIES

if TYPE_CHECKING:
    import httpx


class StreamSeen(Struct, frozen=True, kw_only=True):
    """One stream; ``there`` is false before any service ran."""

    name: str
    there: bool
    messages: int = 0
    bytes: int = 0
    first_seq: int = 0
    last_seq: int = 0
    first: datetime | None = None
    last: datetime | None = None


class ConsumerSeen(Struct, frozen=True, kw_only=True):
    """How far a durable consumer of the log has come."""

    name: str
    pending: int
    """Events that wait."""
    ack_pending: int
    """Events in work."""
    redelivered: int
    acked_to: int
    """Everything up to this sequence is done."""
    active: datetime | None = None
    """When it last acknowledged something, UTC; None if it never did."""


class Overview(Struct, frozen=True, kw_only=True):
    """One look."""

    nats_url: str
    streams: tuple[StreamSeen, ...]
    consumers: tuple[ConsumerSeen, ...]
    quarantine: dict[str, int]
    """Service -> number of things in quarantine."""
    services: tuple[Vitals, ...]
    """The services of the ``dateline up`` with this data folder; none if it does not run."""

    @property
    def ready(self) -> bool:
        """Whether there are services, and all of them are ready."""
        return bool(self.services) and all(service.ready for service in self.services)

    @property
    def missing(self) -> list[str]:
        """Streams that are not there."""
        return [one.name for one in self.streams if not one.there]


async def overview(client: QuickClient, http: httpx.AsyncClient, data: Path) -> Overview:
    """Look at everything once. Raises Unavailable when the server does not answer."""
    by_subject = {QUARANTINE.name: {"subjects_filter": ">"}}
    infos = {name: await stream_info(client, name, by_subject.get(name, {})) for name in NEEDED}
    states = {name: info.state if info else None for name, info in infos.items()}
    up = read_up(data)
    services = up.services if up is not None else ()
    return Overview(
        nats_url=shown(client.connected_url.geturl()) if client.connected_url else "",
        streams=tuple(_seen(name, state) for name, state in states.items()),
        consumers=await _consumers(client) if states[STORIES.name] else (),
        quarantine=_by_service(states[QUARANTINE.name]),
        services=tuple([await look(http, service.name, service.url) for service in services]),
    )


async def _consumers(client: QuickClient) -> tuple[ConsumerSeen, ...]:
    """The durable consumers of the log; ephemeral ones only look at it for a while."""
    return tuple(
        ConsumerSeen(
            name=one.name,
            pending=one.waiting,
            ack_pending=one.in_hand,
            redelivered=one.again,
            acked_to=one.taken_to,
            active=one.active,
        )
        for one in await readers_of(client, STORIES.name)
        if one.named
    )


def _seen(name: str, state: StreamState | None) -> StreamSeen:
    if state is None:
        return StreamSeen(name=name, there=False)
    return StreamSeen(
        name=name,
        there=True,
        messages=state.messages,
        bytes=state.bytes,
        first_seq=state.first_seq,
        last_seq=state.last_seq,
        first=state.first_ts if state.messages else None,
        last=state.last_ts if state.messages else None,
    )


def _by_service(state: StreamState | None) -> dict[str, int]:
    counts: dict[str, int] = {}
    for subject, count in (state.subjects if state else {}).items():
        service = subject.split(".")[1]
        counts[service] = counts.get(service, 0) + count
    return counts


def tables(seen: Overview) -> list[Table]:
    """The look as tables for people."""
    sizes = ("messages", "kB", "first", "last")
    streams = table("stream", *sizes, "newest", title=f"NATS {escape(seen.nats_url)}", right=sizes)
    for one in seen.streams:
        newest = day_and_clock(one.last) if one.last else "" if one.there else "not there"
        cells = (f"{one.messages:,}", f"{one.bytes / 1000:,.0f}", f"{one.first_seq:,}", f"{one.last_seq:,}")
        streams.add_row(one.name, *cells, newest)
    places = ("waiting", "in work", "redelivered", "done to")
    consumers = table("consumer", *places, title="Consumers of the log", right=places)
    for consumer in seen.consumers:
        numbers = (consumer.pending, consumer.ack_pending, consumer.redelivered, consumer.acked_to)
        consumers.add_row(consumer.name, *(f"{number:,}" for number in numbers))
    quarantine = table("service", "kept", title="Quarantine (`dateline quarantine ls`)", right=("kept",))
    for refuser, count in seen.quarantine.items() or (("nothing", 0),):
        quarantine.add_row(refuser, str(count))
    done = ("handled", "waiting")
    services = table("service", *done, "state", title="Services of `dateline up`", right=done)
    for service in seen.services:
        state = "[green]ready[/]" if service.ready else f"[bold red]not ready[/] {escape(service.wrong)}"
        services.add_row(service.name, f"{service.handled:,}", f"{service.pending:,}", state)
    return [streams, consumers, quarantine, *([services] if seen.services else [])]
