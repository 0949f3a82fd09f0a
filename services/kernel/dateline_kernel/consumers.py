"""Who reads a stream, and how far: its consumers as the server lists them ($JS.API.CONSUMER.LIST)."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from msgspec import Struct
from nats.errors import Error as NatsError

from dateline_kernel.errors import Unavailable, words
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.outlets import Reader

WITHIN = 3.0
"""Seconds for an answer."""


class _Place(Struct, frozen=True):
    stream_seq: int = 0
    last_active: datetime | None = None


class _Config(Struct, frozen=True):
    durable_name: str = ""
    ack_policy: str = "none"
    filter_subject: str = ""
    filter_subjects: tuple[str, ...] = ()


class _Consumer(Struct, frozen=True):
    name: str
    created: datetime
    config: _Config
    delivered: _Place = _Place()
    ack_floor: _Place = _Place()
    num_pending: int = 0
    num_ack_pending: int = 0
    num_redelivered: int = 0


class _Page(Struct, frozen=True):
    total: int = 0
    consumers: list[_Consumer] = []


async def readers_of(client: QuickClient, stream: str) -> list[Reader]:
    """All consumers of a stream, by name; none if there is no such stream. Raises Unavailable."""
    found: dict[str, Reader] = {}
    offset, total = 0, 1
    while offset < total:
        page = await _page(client, stream, offset)
        # One that is made while the pages are turned moves others to the next page: by name none counts twice.
        found |= {one.name: _reader(one) for one in page.consumers}
        offset, total = offset + max(1, len(page.consumers)), page.total
    return [found[name] for name in sorted(found)]


async def _page(client: QuickClient, stream: str, offset: int) -> _Page:
    request = msgspec.json.encode({"offset": offset})
    try:
        answer = await client.request(f"$JS.API.CONSUMER.LIST.{stream}", request, timeout=WITHIN)
        return msgspec.json.decode(answer.data, type=_Page)
    except (NatsError, OSError, TimeoutError, msgspec.DecodeError) as error:
        raise Unavailable(f"JetStream does not say who reads {stream}: {words(error)}") from error


def _reader(one: _Consumer) -> Reader:
    config = one.config
    return Reader(
        name=one.name,
        filters=config.filter_subjects or ((config.filter_subject,) if config.filter_subject else ()),
        named=bool(config.durable_name),
        acknowledges=config.ack_policy != "none",
        made=one.created.astimezone(UTC),
        taken_to=one.ack_floor.stream_seq,
        handed_to=one.delivered.stream_seq,
        waiting=one.num_pending,
        in_hand=one.num_ack_pending,
        again=one.num_redelivered,
        active=one.ack_floor.last_active and one.ack_floor.last_active.astimezone(UTC),
    )
