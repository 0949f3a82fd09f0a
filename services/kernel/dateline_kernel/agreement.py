"""How far the log is, by the word of who leads it: a copy may lag, and one that is cut off lags until it is back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from msgspec import Struct

from dateline_kernel.direct import DirectReader
from dateline_kernel.directget import Incomplete, Lagging
from dateline_kernel.errors import Conflict, Unavailable
from dateline_kernel.jetstreamapi import NO_STREAM, Refusal, asked
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import STORIES, story_filter

T = TypeVar("T")

HEARD = 3.0
"""Seconds in which a leader hears of enough others if it hears of them at all: it asks them every second (nats-server,
``hbInterval``)."""
AGAIN = 0.1
"""Seconds until it is asked again whether it has."""
SILENT = 10.0
"""Seconds after which a leader takes another server for gone (nats-server, ``lostQuorumInterval``)."""

CATCHES_UP = (0.002, 0.02, 0.2, 1.0)
"""Seconds until a copy that lags is asked again: most are behind by one to ten milliseconds."""


class Copy(Struct, frozen=True):
    """One of the other servers that keep the log, as the one that answers says (``cluster.replicas``)."""

    name: str = ""
    active: int = 0
    """Nanoseconds since it was heard of; 0 where it never was."""


class Cluster(Struct, frozen=True):
    """Who keeps the log, as the server that answers says."""

    leader: str = ""
    replicas: tuple[Copy, ...] = ()


class _State(Struct, frozen=True):
    last_seq: int = 0


class Info(Struct, frozen=True):
    """What a server says of a stream and of the servers that keep it."""

    state: _State = _State()
    cluster: Cluster | None = None
    error: Refusal | None = None


class Agreed(Struct, frozen=True):
    """What a majority of the servers has."""

    last: int
    """Sequence of the newest event, or message; 0 for none."""
    alone: bool
    """Whether one server keeps all there is, and so none lags."""


class Silent(Struct, frozen=True):
    """Servers that keep the log and are away, or stand still."""

    names: tuple[str, ...]
    of: int
    """On how many servers it is kept."""


async def agreed(client: QuickClient, stream: str = STORIES.name) -> Agreed:
    """How far the log, or another stream, is. Raises Unavailable, also where who says so may not lead it.

    Of several servers the leader is asked until it has heard of a majority since the first question: had these chosen
    another one before that, it would have heard so (Raft, 6.4). Mostly that takes less than a second.
    """
    begun = time.monotonic()
    while True:
        since = time.monotonic() - begun
        last, copies = await _led(client, stream)
        if is_heard(copies, since):
            return Agreed(last, not copies)
        if since > HEARD:
            raise _unheard(stream)
        await asyncio.sleep(AGAIN)


async def seen(client: QuickClient) -> int:
    """How far the log was a moment ago, for who cannot wait: by who led it in the last HEARD seconds, and may have been
    replaced since. Raises Unavailable.
    """
    last, _ = await _led(client, STORIES.name)
    return last


async def silent(client: QuickClient) -> Silent | None:
    """The servers that keep the log and are not heard of; None if there are none.

    Of a leader that has just begun all are: it is asked again when it can have heard of them. Raises Unavailable.
    """
    for wait in (HEARD / 2, 0.0):
        _, copies = await _led(client, STORIES.name)
        names = tuple(sorted(one.name for one in copies if not 0 < one.active < SILENT * 1e9))
        if not names:
            return None
        await asyncio.sleep(wait)
    return Silent(names, 1 + len(copies))


async def _led(client: QuickClient, stream: str) -> tuple[int, Sequence[Copy]]:
    """The newest sequence and the other copies, by who says that it leads, and heard of a majority lately.

    Raises Unavailable.
    """
    info = await asked(client, f"STREAM.INFO.{stream}", Info)
    if info.error is not None and info.error.err_code == NO_STREAM:
        raise Unavailable(f"stream {stream} is not there")
    if info.error is not None:
        raise Unavailable(f"stream {stream} does not answer: {info.error.description}")
    if why := doubt(info.cluster):
        raise Unavailable(f"stream {stream}: {why}")
    copies = info.cluster.replicas if info.cluster else ()
    if not is_heard(copies, HEARD):
        raise _unheard(stream)
    return info.state.last_seq, copies


def _unheard(stream: str) -> Unavailable:
    return Unavailable(f"stream {stream}: its leader does not hear enough of the other servers")


def doubt(cluster: Cluster | None) -> str:
    """Why the server that answered does not lead; empty if it says that it does. Pure.

    Who leads answers alone. Where nobody is known to, every server does that keeps the log, by its own copy
    (nats-server, ``jsStreamInfoRequest``); it names no leader then, or one that came meanwhile, among the others.
    """
    if cluster is None:
        return ""
    if not cluster.leader:
        return "its servers are choosing a leader"
    if any(copy.name == cluster.leader for copy in cluster.replicas):
        return "a server answered that does not lead it"
    return ""


def is_heard(copies: Sequence[Copy], since: float) -> bool:
    """Whether a leader and those that it heard of in the last ``since`` seconds are more than half of all. Pure."""
    heard = sum(0 < copy.active < since * 1e9 for copy in copies)
    return 2 * (1 + heard) > 1 + len(copies)


class End(Struct, frozen=True):
    """Where a story ends, as far as it was seen."""

    story_id: str
    seq: int
    """Of its last event."""
    place: str
    """``<fact>.<place>`` of that: asked for too, as a copy that finds nothing does not say how far it is."""
    next: tuple[str, ...]
    """Where the next one of such kinds as matter stands, if there is one."""


async def confirm(client: QuickClient, direct: DirectReader, ends: Sequence[End]) -> None:
    """See that these are the ends of their stories, where a copy may have answered that lags.

    For who writes nothing: a write would be refused. Raises Conflict if one goes on, Unavailable.
    """
    if not ends:
        return
    log = await agreed(client)
    if any(end.seq > log.last for end in ends):
        raise Conflict(f"the log ends at {log.last}, before what was seen of it")
    if not log.alone:
        await asyncio.gather(*(_confirm(direct, end, log.last) for end in ends))


async def _confirm(direct: DirectReader, end: End, last: int) -> None:
    wanted = [f"story.{end.story_id}.{place}" for place in (end.place, *end.next)]

    async def there() -> set[str]:
        try:
            messages = await direct.at_once(STORIES.name, wanted, last)
        except Incomplete:
            messages = await direct.latest(STORIES.name, story_filter(end.story_id), last)
        return {(one.headers or {})["Nats-Subject"] for one in messages}

    if not (await caught_up(there)).isdisjoint(wanted[1:]):
        raise Conflict(f"story {end.story_id}: what was seen of it is not all")


async def caught_up(look: Callable[[], Awaitable[T]]) -> T:
    """What a copy says that does not lag: others raise Lagging. Raises Unavailable."""
    for wait in CATCHES_UP:
        with suppress(Lagging):
            return await look()
        await asyncio.sleep(wait)
    return await look()
