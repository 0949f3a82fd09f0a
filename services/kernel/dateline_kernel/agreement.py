"""How far the log is, by the word of who leads it: a copy may lag, and one that is cut off lags until it is back."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from dateline_kernel.errors import Unavailable
from dateline_kernel.jetstreamapi import Refusal, asked
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import STORIES

HEARD = timedelta(seconds=3)
"""How long ago a leader may have heard of the others: these choose another one after 4 seconds without it at the
soonest (nats-server, ``minElectionTimeout``). One that was cut off believes that it leads for much longer."""


class Copy(Struct, frozen=True):
    """One of the other servers that keep the log, as its leader says (``cluster.replicas``)."""

    active: int = 0
    """Nanoseconds since it was heard of."""


class _State(Struct, frozen=True):
    last_seq: int = 0


class _Cluster(Struct, frozen=True):
    replicas: tuple[Copy, ...] = ()


class _Info(Struct, frozen=True):
    state: _State = _State()
    cluster: _Cluster = _Cluster()
    error: Refusal | None = None


class Agreed(Struct, frozen=True):
    """What a majority of the servers has."""

    last: int
    """Sequence of the newest event; 0 for none."""
    alone: bool
    """Whether one server keeps all there is, and so none lags."""


async def agreed(client: QuickClient) -> Agreed:
    """How far the log is. Raises Unavailable, also where who says so may not lead any more."""
    info = await asked(client, f"STREAM.INFO.{STORIES.name}", _Info)
    if info.error is not None:
        raise Unavailable(f"stream {STORIES.name} does not answer: {info.error.description}")
    copies = info.cluster.replicas
    if not has_majority(copies):
        raise Unavailable(f"stream {STORIES.name}: its leader does not hear enough of the other servers")
    return Agreed(info.state.last_seq, not copies)


def has_majority(copies: tuple[Copy, ...]) -> bool:
    """Whether a leader, with those that it has just heard of, is more than half of all. Pure."""
    heard = sum(timedelta(microseconds=copy.active // 1_000) < HEARD for copy in copies)
    return 2 * (1 + heard) > 1 + len(copies)
