"""Looking at everything that somebody may have to attend to: what ``troubles`` judges."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from dateline_kernel.agreement import Silent, silent
from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.upkeep import unsaved_since
from dateline_operate.console.failure import Failure
from dateline_operate.feeds.book import feeds_of
from dateline_operate.feeds.state import State, states
from dateline_operate.health.accepting import Known
from dateline_operate.health.overview import Overview
from dateline_operate.health.sealed import LostEnd, Sealed, lost_end, remembered
from dateline_operate.health.unlogged import Unlogged, newest_unlogged
from dateline_operate.outlets.behind import Behind, behind_of
from dateline_operate.outlets.killed import Killed, Kills
from dateline_schemas.codec import UnreadableEvent
from dateline_schemas.subjects import STORIES, TOPICS

T = TypeVar("T")


class Seen(Struct, frozen=True, kw_only=True):
    """What is known of the system; None for what is not."""

    overview: Overview
    data: Path
    now: datetime
    kills: Sequence[Killed] = ()
    behind: Sequence[Behind] = ()
    feeds: Mapping[str, State] = {}
    unsaved: datetime | None = None
    """Since when there are events that no backup has."""
    lost: LostEnd | None = None
    gone: int = 0
    """Events that the log has lost from amid it, and nobody has accepted."""
    unlogged: Sequence[Unlogged] = ()
    accepted: Sequence[Known] = ()
    """Of the same, what somebody has accepted."""
    silent: Silent | None = None
    """Servers of a cluster that the log should be on, and that are not heard of."""
    free: int | None = None
    """Free bytes on the disk of the server's data, if that is on this machine."""
    unasked: tuple[str, ...] = ()
    """What could not be looked at."""
    untold: str = ""
    """That there are readers of whom the cluster cannot tell how far they are; empty if there are none."""


async def seen_with(client: QuickClient, overview: Overview, kills: Kills, data: Path, free: int | None) -> Seen:
    """Find out the rest. Raises nothing: what does not answer is a trouble, too."""
    seen = Seen(overview=overview, data=data, now=datetime.now(UTC), free=free)
    if overview.missing:
        return seen
    there = {one.name: one for one in overview.streams}
    log, topics = there[STORIES.name], there[TOPICS.name]
    unasked: list[str] = []

    async def asked(work: Coroutine[Any, Any, T], none: T) -> T:
        try:
            return await work
        except (Unavailable, UnreadableEvent, Failure) as error:
            unasked.append(words(error))
            return none

    none: list[Killed] = []
    # At once: a server that stands still in a cluster keeps everybody waiting who asks it, each for some seconds.
    of_outlets = asyncio.gather(asked(kills.look(), none), asked(behind_of(client, seen.now), []))
    of_log = asyncio.gather(
        asked(_end(client, log.last_seq), (Sealed(), None)),
        asked(newest_unlogged(client, topics.last_seq), []),
        asked(silent(client), None),
        asked(unsaved_since(DirectReader(client)), None),
    )
    feeds, (killed, behind), ((known, lost), told, away, unsaved) = await asyncio.gather(
        asked(_feeds(client), {}), of_outlets, of_log
    )
    return replace(
        seen,
        kills=killed,
        behind=behind,
        feeds=feeds,
        lost=lost,
        gone=known.gone(log.messages, log.last_seq),
        unlogged=[one for one in told if one.fault not in known.accepted],
        accepted=[known.accepted[one.fault] for one in told if one.fault in known.accepted],
        silent=away,
        unsaved=unsaved,
        unasked=tuple(dict.fromkeys(unasked)),
        untold=str(kills.untold or ""),
    )


async def _feeds(client: QuickClient) -> dict[str, State]:
    return await states(client, await feeds_of(client))


async def _end(client: QuickClient, last: int) -> tuple[Sealed, LostEnd | None]:
    """What the server remembers, and the end that the log has lost since."""
    known = await remembered(client)
    return known, await lost_end(client, known.seal, last)
