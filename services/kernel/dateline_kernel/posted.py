"""What stands on TOPICS: the newest message on a subject, and all subjects that have a story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from nats.aio.msg import Msg

from dateline_kernel.delivery import recorded_time
from dateline_kernel.direct import DirectReader
from dateline_schemas.headers import number_in
from dateline_schemas.subjects import TOPICS, topic_filter


class Posted(Struct, frozen=True):
    """The newest message on a subject: its place in the stream, and the story's announcement it carries."""

    seq: int
    number: int
    time: datetime
    """When the stream took it, UTC."""
    kind: str = ""
    """``fact`` of the announcement."""
    release: str = ""
    """Id of the event that it announces."""


async def posted_on(direct: DirectReader, subjects: Sequence[str]) -> dict[str, Posted]:
    """Subject -> its newest message; subjects without any are left out. Raises Unavailable."""
    return _posted(await direct.latest_on(TOPICS.name, subjects))


async def posted_of(direct: DirectReader, story_id: str) -> dict[str, Posted]:
    """Subject -> its newest message, for every subject that has the story, sorted. Raises Unavailable.

    The server looks through all its subjects for them: some 10 ms if there are 400,000 (no command prints it). That is
    too much for each release, for which the log tells the subjects as well.
    """
    found = _posted(await direct.latest(TOPICS.name, topic_filter(story_id=story_id)))
    return dict(sorted(found.items()))


def _posted(messages: Sequence[Msg]) -> dict[str, Posted]:
    found: dict[str, Posted] = {}
    for message in messages:
        headers = message.headers or {}
        seq, number = int(headers["Nats-Sequence"]), number_in(headers)
        kind, release = headers.get("Dateline-Kind", ""), headers.get("Dateline-Release", "")
        found[headers["Nats-Subject"]] = Posted(seq, number, recorded_time(headers), kind, release)
    return found
