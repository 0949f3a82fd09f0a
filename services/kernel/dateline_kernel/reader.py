"""Reading the log in its order, by a consumer that the server keeps in its memory and forgets by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from datetime import datetime

import nats.js.api as api
from msgspec import Struct
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from dateline_kernel.agreement import CATCHES_UP
from dateline_kernel.delivery import Delivery, delivery_of
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.inflow import Inflow, inflow
from dateline_kernel.jetstreamapi import NO_MESSAGE, Refusal, asked
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import STORIES

PAGE = 1_000
"""Events under way to a reader at the most."""
SILENCE = 5.0
"""Seconds without an answer after which it is seen what became of a read."""

ABANDONED = 60.0
"""Seconds without a request after which the server forgets a reader."""


class _Place(Struct, frozen=True):
    seq: int = 0


class _Found(Struct, frozen=True):
    message: _Place = _Place()
    error: Refusal | None = None


async def reader_from(client: QuickClient, subject: str, start: int | datetime) -> api.ConsumerInfo:
    """A reader of the events on a subject, from a sequence, or from a time of the log, on. Raises NatsError, OSError.

    One subject each: for several the server goes through all subjects at every block of its files. It stands on one
    server of a cluster only, since nothing is lost with it: who reads knows how far that came, and begins another one
    there, without a word to a majority for every page.
    """
    config = api.ConsumerConfig(
        filter_subject=subject,
        ack_policy=api.AckPolicy.NONE,
        mem_storage=True,
        num_replicas=1,
        inactive_threshold=ABANDONED,
    )
    if isinstance(start, int):
        config.deliver_policy, config.opt_start_seq = api.DeliverPolicy.BY_START_SEQUENCE, start
    else:
        config.deliver_policy = api.DeliverPolicy.BY_START_TIME
        config.opt_start_time = start.isoformat()  # type: ignore[assignment]
    return await client.jetstream().add_consumer(STORIES.name, config)


async def messages_of(
    client: QuickClient, start: int | datetime, last: int, subject: str
) -> AsyncIterator[tuple[Msg, Delivery]]:
    """The messages on a subject from ``start`` to the sequence ``last`` or a little more, as they are stored.

    One that the server cannot read is left out by it, without a word. A copy that does not have all of them yet is
    waited for, or another one asked. Raises Unavailable, also where none comes to the end.
    """
    if last == 0:
        return
    try:
        for wait in CATCHES_UP:
            async with aclosing(_as_far_as_it_goes(client, start, last, subject)) as read:
                async for message, delivery in read:
                    start = delivery.seq + 1
                    yield message, delivery
            if not await stands(client, STORIES.name, subject, start, last):
                return
            await asyncio.sleep(wait)
    except NotFoundError as error:
        raise Unavailable(f"stream {STORIES.name} is not there") from error
    except (NatsError, OSError, TimeoutError) as error:
        raise Unavailable(f"reading {STORIES.name} broke off: {words(error)}") from error
    raise Unavailable(f"reading {STORIES.name} broke off at {start}: the copies that answer lag behind {last}")


async def stands(client: QuickClient, stream: str, subject: str, start: int | datetime, last: int) -> bool:
    """Whether a stream's leader has a message on a subject between these places it can read. Raises Unavailable."""
    if isinstance(start, int) and start > last:
        return False
    place = {"seq": start} if isinstance(start, int) else {"start_time": start.isoformat()}
    asked_for = {"next_by_subj": subject, **place}
    found = await asked(client, f"STREAM.MSG.GET.{stream}", _Found, asked_for)
    if found.error is not None and found.error.err_code != NO_MESSAGE:
        raise Unavailable(f"the leader of {stream} does not answer: {found.error.description}")
    return 0 < found.message.seq <= last


async def _as_far_as_it_goes(
    client: QuickClient, start: int | datetime, last: int, subject: str
) -> AsyncGenerator[tuple[Msg, Delivery], None]:
    """What the copy has that answers. Raises Unavailable, NatsError, OSError."""
    reader, left = await _begun(client, subject, start)
    while left:
        heard, whole = 0, True
        async with inflow(client, STORIES.name, reader, PAGE, acked=False) as flow:
            while left and whole and (messages := await _came(flow)):
                for message in messages:
                    delivery = delivery_of(message)
                    whole = delivery.nth == heard + 1
                    if not whole:
                        break
                    heard = delivery.nth
                    left, start = delivery.pending if delivery.seq < last else 0, delivery.seq + 1
                    yield message, delivery
        if not left:
            break
        if await _silent(client, reader, heard):
            if await stands(client, STORIES.name, subject, start, last):
                raise Unavailable(f"reading {STORIES.name} broke off: no event came within {SILENCE:g} s")
            break  # what is left is damaged
        reader, left = await _begun(client, subject, start)
    with suppress(NotFoundError):
        await client.jetstream().delete_consumer(STORIES.name, reader)


async def _begun(client: QuickClient, subject: str, start: int | datetime) -> tuple[str, int]:
    """The name of a reader, and how many events there are for it."""
    info = await reader_from(client, subject, start)
    return info.name, info.num_pending or 0


async def _silent(client: QuickClient, name: str, heard: int) -> bool:
    """Whether a reader that brings no more is there, and has no more. Else it is made to go: the server was restarted,
    or whoever reads took longer over a page than it waits, or something got lost on the way.
    """
    jetstream = client.jetstream()
    with suppress(NotFoundError):
        info = await jetstream.consumer_info(STORIES.name, name)
        if info.delivered is None or info.delivered.consumer_seq <= heard:
            return True
        await jetstream.delete_consumer(STORIES.name, name)
    return False


async def _came(flow: Inflow) -> list[Msg]:
    """What has come; nothing after so long a silence."""
    try:
        async with asyncio.timeout(SILENCE):
            return await flow.batch()
    except TimeoutError:
        return []
