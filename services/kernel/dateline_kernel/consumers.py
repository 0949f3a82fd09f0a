"""Who reads a stream, and how far: its consumers as the server lists them, and setting them back to where they were."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct

from dateline_kernel.errors import Unavailable
from dateline_kernel.jetstreamapi import NO_STREAM, Refusal, asked
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.restorations import made_before
from dateline_schemas.flow import FLOW, consumer_name
from dateline_schemas.outlets import Reader
from dateline_schemas.subjects import STORIES

WITHIN = 3.0
"""Seconds for an answer."""
LISTED = 8.0
"""Seconds for a list: a cluster's server waits four for those that do not answer it (``jsConsumerListRequest``)."""
OURS = frozenset(consumer_name(row.service, kind) for row in FLOW for kind in row.hears)
"""Consumers of the log that are our services'."""


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


class _Since(Struct, frozen=True):
    created: datetime


class _Done(Struct, frozen=True):
    error: Refusal | None = None


class _Page(Struct, frozen=True):
    total: int = 0
    consumers: list[_Consumer] = []
    missing: list[str] | None = None
    """Those of a cluster whose leaders did not answer in time."""
    error: Refusal | None = None


class Untold(Unavailable):
    """A cluster knows of readers and cannot tell how far they are: left out, one would pass for having nothing to read.

    Mostly they have no name: those stand on one server, and are gone for as long as that is.
    """

    advice = (
        "Of the others it is told. These are outlets, or they read without a name on a server of the cluster that is "
        "away: `dateline status` has its name."
    )

    def __init__(self, stream: str, names: frozenset[str], told: list[Reader]) -> None:
        super().__init__(f"how far {', '.join(sorted(names))} of stream {stream} got is not told")
        self.names = names
        self.told = told
        """The others."""


async def readers_of(client: QuickClient, stream: str, *, known: bool = False) -> list[Reader]:
    """All consumers of a stream, by name; none if there is no such stream.

    Raises Untold, Unavailable. Of the log's, or if those that are ``known`` are enough, only our services' must be
    told.
    """
    restored, made = await made_before(client, stream)
    found: dict[str, Reader] = {}
    missing: set[str] = set()
    offset, total = 0, 1
    while offset < total:
        page = await asked(client, f"CONSUMER.LIST.{stream}", _Page, {"offset": offset}, LISTED)
        if page.error is not None and page.error.err_code != NO_STREAM:
            raise Unavailable(f"the consumers of stream {stream} are not told: {page.error.description}")
        missing.update(page.missing or ())
        # One that is made while the pages are turned moves others to the next page: by name none counts twice.
        for one in page.consumers:
            # The second in which a restore ends is its own: nobody else makes one in it.
            came_along = one.created.timestamp() < restored + 1
            found[one.name] = _reader(one, made.get(one.name, one.created) if came_along else one.created)
        offset, total = offset + max(1, len(page.consumers) + len(page.missing or ())), page.total
    told = [found[name] for name in sorted(found)]
    missing -= found.keys()  # turned to another page, and told there
    if untold := missing & OURS if known or stream == STORIES.name else missing:
        raise Untold(stream, frozenset(untold), told)
    return told


async def told_of(client: QuickClient, stream: str) -> tuple[list[Reader], Untold | None]:
    """Those with a name of whom it is told how far they are, and why that may not be all. Raises Unavailable."""
    try:
        readers, untold = await readers_of(client, stream), None
    except Untold as error:
        readers, untold = error.told, error
    return [one for one in readers if one.named], untold


async def consumer_since(client: QuickClient, stream: str, consumer: str) -> datetime:
    """When a consumer was made; what it hands out again was not acknowledged since. Raises Unavailable."""
    return (await asked(client, f"CONSUMER.INFO.{stream}.{consumer}", _Since, within=WITHIN)).created


async def set_back(client: QuickClient, stream: str, consumer: str, taken_to: int) -> None:
    """Have a consumer go on behind a sequence, whatever it has acknowledged since. Raises Unavailable."""
    done = await asked(client, f"CONSUMER.RESET.{stream}.{consumer}", _Done, {"seq": taken_to + 1}, WITHIN)
    if done.error is not None:
        raise Unavailable(f"consumer {consumer} of {stream} is not set back: {done.error.description}")


def _reader(one: _Consumer, made: datetime) -> Reader:
    config = one.config
    return Reader(
        name=one.name,
        filters=config.filter_subjects or ((config.filter_subject,) if config.filter_subject else ()),
        named=bool(config.durable_name),
        acknowledges=config.ack_policy != "none",
        made=made.astimezone(UTC),
        taken_to=one.ack_floor.stream_seq,
        handed_to=one.delivered.stream_seq,
        waiting=one.num_pending,
        in_hand=one.num_ack_pending,
        again=one.num_redelivered,
        active=one.ack_floor.last_active and one.ack_floor.last_active.astimezone(UTC),
    )
