"""What stands on topics: the newest announcement of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dateline_kernel.delivery import recorded_time
from dateline_kernel.direct import DirectReader
from dateline_schemas.headers import number_in
from dateline_schemas.subjects import TOPICS


class Posted(Struct, frozen=True):
    """The newest message on a subject: its place in the stream, and the story's announcement it carries."""

    seq: int
    number: int
    time: datetime
    """When the stream took it, UTC."""


async def posted_on(direct: DirectReader, subjects: Sequence[str]) -> dict[str, Posted]:
    """What stands on each of these subjects; those that nothing stands on are left out. Raises Unavailable."""
    found: dict[str, Posted] = {}
    for message in await direct.latest_on(TOPICS.name, subjects):
        headers = message.headers or {}
        seq, number = int(headers["Nats-Sequence"]), number_in(headers)
        found[headers["Nats-Subject"]] = Posted(seq, number, recorded_time(headers))
    return found
