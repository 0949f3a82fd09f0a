"""Who reads a stream, and how far: its consumers as the server lists them, and setting them back to where they were."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from dateline_kernel.errors import Unavailable
from dateline_kernel.jetstreamapi import Refusal, asked, own_metadata
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.outlets import Reader

WITHIN = 3.0
"""Seconds for an answer."""
MADE = "dateline.made"
"""Where a consumer's metadata say when it was made first, if it was restored since."""


class _Place(Struct, frozen=True):
    stream_seq: int = 0
    last_active: datetime | None = None


class _Config(Struct, frozen=True):
    durable_name: str = ""
    ack_policy: str = "none"
    filter_subject: str = ""
    filter_subjects: tuple[str, ...] = ()
    metadata: dict[str, str] = {}


class _Consumer(Struct, frozen=True):
    name: str
    created: datetime
    config: _Config
    delivered: _Place = _Place()
    ack_floor: _Place = _Place()
    num_pending: int = 0
    num_ack_pending: int = 0
    num_redelivered: int = 0


class _Since(Struct, frozen=True):
    created: datetime


class _Done(Struct, frozen=True):
    error: Refusal | None = None
    config: dict[str, Any] = {}


class _Page(Struct, frozen=True):
    total: int = 0
    consumers: list[_Consumer] = []


async def readers_of(client: QuickClient, stream: str) -> list[Reader]:
    """All consumers of a stream, by name; none if there is no such stream. Raises Unavailable."""
    found: dict[str, Reader] = {}
    offset, total = 0, 1
    while offset < total:
        page = await asked(client, f"CONSUMER.LIST.{stream}", _Page, {"offset": offset}, WITHIN)
        # One that is made while the pages are turned moves others to the next page: by name none counts twice.
        found |= {one.name: _reader(one) for one in page.consumers}
        offset, total = offset + max(1, len(page.consumers)), page.total
    return [found[name] for name in sorted(found)]


async def consumer_since(client: QuickClient, stream: str, consumer: str) -> datetime:
    """When a consumer was made; what it hands out again was not acknowledged since. Raises Unavailable."""
    return (await asked(client, f"CONSUMER.INFO.{stream}.{consumer}", _Since, within=WITHIN)).created


async def set_back(client: QuickClient, stream: str, consumer: str, taken_to: int) -> None:
    """Have a consumer go on behind a sequence, whatever it has acknowledged since. Raises Unavailable."""
    done = await asked(client, f"CONSUMER.RESET.{stream}.{consumer}", _Done, {"seq": taken_to + 1}, WITHIN)
    if done.error is not None:
        raise Unavailable(f"consumer {consumer} of {stream} is not set back: {done.error.description}")


async def note_made(client: QuickClient, stream: str, consumer: str, made: datetime) -> None:
    """Have a consumer say when it was made first, where the server has made it anew. Raises Unavailable."""
    there = await asked(client, f"CONSUMER.INFO.{stream}.{consumer}", _Done, within=WITHIN)
    metadata = own_metadata(there.config.get("metadata")) | {MADE: made.isoformat()}
    request = {"stream_name": stream, "config": {**there.config, "metadata": metadata}, "action": "update"}
    done = await asked(client, f"CONSUMER.CREATE.{stream}.{consumer}", _Done, request, WITHIN)
    if error := there.error or done.error:
        raise Unavailable(f"consumer {consumer} of {stream}: {error.description}")


def _reader(one: _Consumer) -> Reader:
    config = one.config
    return Reader(
        name=one.name,
        filters=config.filter_subjects or ((config.filter_subject,) if config.filter_subject else ()),
        named=bool(config.durable_name),
        acknowledges=config.ack_policy != "none",
        made=_made(one).astimezone(UTC),
        taken_to=one.ack_floor.stream_seq,
        handed_to=one.delivered.stream_seq,
        waiting=one.num_pending,
        in_hand=one.num_ack_pending,
        again=one.num_redelivered,
        active=one.ack_floor.last_active and one.ack_floor.last_active.astimezone(UTC),
    )


def _made(one: _Consumer) -> datetime:
    said = one.config.metadata.get(MADE)
    return min(datetime.fromisoformat(said), one.created) if said else one.created
