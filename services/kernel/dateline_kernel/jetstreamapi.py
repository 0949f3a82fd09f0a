"""Asking JetStream ($JS.API) what nats-py has no call for, or more than it reads of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from nats.aio.client import Client
from nats.errors import Error as NatsError

from dateline_kernel.connection import denied
from dateline_kernel.errors import Unavailable, words

WITHIN = 5.0
"""Seconds for an answer."""
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
    client: Client, what: str, kind: type[T], request: Mapping[str, Any] = NOTHING, within: float = WITHIN
) -> T:
    """What it answers, as a ``kind``; ``what`` is the subject behind ``$JS.API.``. A refusal is an answer, too.

    Raises Unavailable, with what this login may not do where that is why.
    """
    try:
        answer = await client.request(f"$JS.API.{what}", msgspec.json.encode(request), timeout=within)
        return msgspec.json.decode(answer.data, type=kind)
    except (NatsError, OSError, TimeoutError, msgspec.DecodeError) as error:
        raise Unavailable(f"JetStream does not answer to {what}: {denied(client) or words(error)}") from error


def own_metadata(metadata: Mapping[str, str] | None) -> dict[str, str]:
    """What was said of a stream or consumer by others than the server, which takes its own words from nobody."""
    return {name: value for name, value in (metadata or {}).items() if not name.startswith("_nats.")}
