"""Declares streams, consumers and buckets from the contract, however many services do so at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import nats.js.api as api
from msgspec import Struct
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.errors import APIError, BadRequestError, NotFoundError

from dateline_kernel.clock import LONG_AGO
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.jetstreamapi import stream_info
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.settings import Keeping, ServiceSettings
from dateline_kernel.snapshots import UNFINISHED
from dateline_schemas.flow import Step, consumer_name
from dateline_schemas.subjects import (
    BUCKETS,
    DUPLICATE_WINDOW,
    STORIES,
    STREAMS,
    TOPICS,
    BucketSpec,
    StreamSpec,
    fact_filter,
)

IN_WORK = 10_000
"""Events that a consumer hands out before one of them is answered; at that number it falls silent."""
WAITING = 100_000
"""The same where events wait for their time: these may be many, and for months."""
MAX_CONSUMERS = 100_000
"""Outlets follow topics with consumers of their own; the server's default of 1,000 would be the limit of outlets."""
DAY = 24 * 3600
KEPT = Keeping()

AGAIN = 0.25
"""Seconds between tries while a cluster chooses its leaders."""
WHOLE_SINCE = "dateline.whole-since"
"""Where a stream's metadata say since when it is whole, if it was to keep what it has for longer at some time."""


class Unbounded(Struct, frozen=True):
    """A bucket that the server keeps without the bound that it should have."""

    bucket: str
    max_bytes: int
    """The bound that was refused."""
    why: str


async def declare(client: QuickClient, row: Step, settings: ServiceSettings) -> list[Unbounded]:
    """Make there be what a service needs: streams, buckets, its consumers.

    Tried again for ``connect_timeout`` seconds: servers of a cluster that just started do not answer until they agree
    who leads, nor does a stream that moves. Raises Unavailable.
    """
    deadline = asyncio.get_running_loop().time() + settings.connect_timeout
    while True:
        try:
            unbounded = await provision(client, settings.keeping)
            await declare_consumers(client, row, settings)
        except Unavailable:
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(AGAIN)
        else:
            return unbounded


async def provision(client: QuickClient, keeping: Keeping = KEPT) -> list[Unbounded]:
    """Make every stream and bucket be there as declared, on that many servers at least; what has no bound for want of
    room is returned.

    Limits that an operator set stay. Raises Unavailable.
    """
    jetstream = client.jetstream()
    try:
        for spec in STREAMS:
            await _declare_stream(jetstream, spec, keeping)
        declared = [await _declare_bucket(jetstream, bucket, keeping.replicas) for bucket in BUCKETS]
    except (NatsError, OSError, TimeoutError) as error:
        raise Unavailable(f"streams cannot be declared: {words(error)}") from error
    return [one for one in declared if one is not None]


async def declare_consumers(client: QuickClient, row: Step, settings: ServiceSettings) -> None:
    """Make the durable consumers of a service's row be there. Raises Unavailable."""
    jetstream = client.jetstream()
    for kind in row.hears:
        config = api.ConsumerConfig(
            durable_name=consumer_name(row.service, kind),
            description=f"{row.service} hears {kind.__name__}",
            filter_subject=fact_filter(kind),
            ack_policy=api.AckPolicy.EXPLICIT,
            ack_wait=settings.ack_wait,
            # The kernel counts attempts and quarantines; the server must never drop a message silently.
            max_deliver=-1,
            max_ack_pending=WAITING if kind in row.waits else IN_WORK,
        )
        try:
            await jetstream.add_consumer(STORIES.name, config)
        except (NatsError, OSError, TimeoutError) as error:
            raise Unavailable(f"consumer {config.durable_name}: {words(error)}") from error


async def _declare_stream(jetstream: JetStreamContext, spec: StreamSpec, keeping: Keeping) -> None:
    wanted = api.StreamConfig(
        name=spec.name,
        description=spec.description,
        subjects=list(spec.subjects),
        storage=api.StorageType.FILE,
        retention=api.RetentionPolicy.LIMITS,
        discard=api.DiscardPolicy.NEW,
        duplicate_window=DUPLICATE_WINDOW,
        max_consumers=MAX_CONSUMERS,
        allow_direct=True,
        allow_atomic=True,
        allow_rollup_hdrs=spec.allow_rollup,
        deny_delete=spec.deny_delete,
        num_replicas=keeping.replicas,
        max_age=keeping.topics_days * DAY if spec is TOPICS else 0,
    )
    # A busy cluster may say for seconds that a stream is not there which it has just made, and tell of it as it was.
    for attempt in range(20):
        await asyncio.sleep(min(0.05 * attempt, 0.5))
        try:
            there = (await jetstream.stream_info(spec.name)).config
        except NotFoundError:
            with suppress(BadRequestError):  # another service was a moment faster
                await jetstream.add_stream(wanted)
            continue
        if UNFINISHED in (there.metadata or {}):
            raise Unavailable(f"stream {spec.name} is being restored: `dateline restore` has to end first")
        if _serves(there, wanted):
            return
        await jetstream.update_stream(_brought_up(there, wanted))
    raise Unavailable(f"stream {spec.name} does not take the declared configuration")


def _serves(there: api.StreamConfig, wanted: api.StreamConfig) -> bool:
    has_subjects = set(wanted.subjects or ()) <= set(there.subjects or ())
    lasts_as_long = not wanted.max_age or there.max_age == wanted.max_age
    return bool(
        has_subjects
        and lasts_as_long
        and there.allow_atomic
        and there.allow_direct
        and _copies(there) >= _copies(wanted)
    )


def _brought_up(there: api.StreamConfig, wanted: api.StreamConfig) -> api.StreamConfig:
    return there.evolve(
        subjects=sorted({*(there.subjects or ()), *(wanted.subjects or ())}),
        allow_atomic=True,
        allow_direct=True,
        max_age=wanted.max_age or there.max_age,
        metadata={**(there.metadata or {}), **_forgotten(there, wanted)},
        num_replicas=max(_copies(there), _copies(wanted)),
    )


def _forgotten(there: api.StreamConfig, wanted: api.StreamConfig) -> dict[str, str]:
    """That what was too old for a stream is gone, though it would not be too old any more."""
    if not there.max_age or (wanted.max_age or 0) <= there.max_age:
        return {}
    since = datetime.now(UTC) - timedelta(seconds=there.max_age)
    return {WHOLE_SINCE: max(since.isoformat(), (there.metadata or {}).get(WHOLE_SINCE, ""))}


async def whole_since(client: QuickClient, stream: str) -> datetime:
    """The time since which a stream has all that it was ever given: what is older may have left it by its age.

    Raises Unavailable.
    """
    if (info := await stream_info(client, stream)) is None:
        raise Unavailable(f"stream {stream} is not there")
    said, age = info.config.metadata.get(WHOLE_SINCE), info.config.max_age
    since = datetime.fromisoformat(said) if said else LONG_AGO
    return max(since, info.ts - timedelta(microseconds=age // 1000)) if age else since


def _copies(config: api.StreamConfig) -> int:
    return config.num_replicas or 1


async def _declare_bucket(jetstream: JetStreamContext, spec: BucketSpec, replicas: int) -> Unbounded | None:
    try:
        await jetstream.key_value(spec.name)
    except NatsError:
        with suppress(BadRequestError):
            await jetstream.create_key_value(
                api.KeyValueConfig(
                    bucket=spec.name,
                    description=spec.description,
                    history=spec.history,
                    ttl=spec.ttl or None,
                    direct=True,
                    replicas=replicas,
                )
            )
    if replicas > 1 or spec.max_bytes:
        there = (await jetstream.stream_info(f"KV_{spec.name}")).config
        if _copies(there) < replicas:
            await jetstream.update_stream(there := there.evolve(num_replicas=replicas))
        if spec.max_bytes and (there.max_bytes or 0) <= 0:
            # The server sets a bound's room aside, and refuses any stream when all of its own is. So it must have as
            # much again for others; one that has not keeps the bucket as it is.
            try:
                for most in (2 * spec.max_bytes, spec.max_bytes):
                    await jetstream.update_stream(there.evolve(max_bytes=most, discard=api.DiscardPolicy.OLD))
            except APIError as error:
                return Unbounded(spec.name, spec.max_bytes, words(error))
    return None
