"""Asking JetStream ($JS.API) what nats-py has no call for, or more than it reads of an answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from dateline_kernel.errors import Unavailable, words
from dateline_kernel.quickclient import QuickClient

WITHIN = 5.0
"""Seconds for an answer."""
LOOK = 0.1
"""Seconds between looks whether it will be none."""
NO_STREAM = 10059
"""The server's number for a stream that is not there."""
NO_MESSAGE = 10037
"""Its number for a message that is not there."""
NOTHING: Mapping[str, Any] = {}

T = TypeVar("T")


class Refusal(Struct, frozen=True):
    """``error`` of an answer: why the server did not do it."""

    err_code: int = 0
    description: str = ""


async def asked(
    client: QuickClient, what: str, kind: type[T], request: Mapping[str, Any] = NOTHING, within: float = WITHIN
) -> T:
    """What it answers, as a ``kind``; ``what`` is the subject behind ``$JS.API.``. A refusal is an answer, too.

    Raises Unavailable, with what this login may not do where that is why.
    """
    subject, begun = f"$JS.API.{what}", time.monotonic()
    try:
        asking = client.request(subject, msgspec.json.encode(request), timeout=within)
        return msgspec.json.decode((await _unless_denied(client, subject, begun, asking)).data, type=kind)
    except (NatsError, OSError, TimeoutError, msgspec.DecodeError) as error:
        why = client.denial(subject, begun) or words(error)
        raise Unavailable(f"JetStream does not answer to {what}: {why}") from error


async def _unless_denied(client: QuickClient, subject: str, begun: float, asking: Coroutine[Any, Any, Msg]) -> Msg:
    """The answer. Raises TimeoutError as soon as the server has said that this login may not ask: it says no more."""
    task = asyncio.ensure_future(asking)
    try:
        while not task.done():
            await asyncio.wait((task,), timeout=LOOK)
            if client.denial(subject, begun):
                raise TimeoutError
        return task.result()
    finally:
        task.cancel()


class StreamState(Struct, frozen=True):
    """``state`` of a stream."""

    messages: int = 0
    bytes: int = 0
    first_seq: int = 0
    last_seq: int = 0
    first_ts: datetime | None = None
    last_ts: datetime | None = None
    consumer_count: int = 0
    subjects: dict[str, int] = {}
    """Messages by subject, where they were asked for."""


class StreamConfig(Struct, frozen=True):
    """As much of a stream's configuration as is needed."""

    max_age: int = 0
    """Nanoseconds; 0 for ever."""
    metadata: dict[str, str] = {}


class StreamInfo(Struct, frozen=True):
    """What the server says of a stream."""

    ts: datetime = datetime.min
    """By its clock."""
    config: StreamConfig = StreamConfig()
    state: StreamState = StreamState()
    error: Refusal | None = None


async def stream_info(client: QuickClient, stream: str, request: Mapping[str, Any] = NOTHING) -> StreamInfo | None:
    """A stream as it is now; None if there is none of that name. Raises Unavailable."""
    info = await asked(client, f"STREAM.INFO.{stream}", StreamInfo, request)
    if info.error is not None and info.error.err_code != NO_STREAM:
        raise Unavailable(f"stream {stream}: {info.error.description}")
    return info if info.error is None else None


def own_metadata(metadata: Mapping[str, str] | None) -> dict[str, str]:
    """What was said of a stream or consumer by others than the server, which takes its own words from nobody."""
    return {name: value for name, value in (metadata or {}).items() if not name.startswith("_nats.")}
