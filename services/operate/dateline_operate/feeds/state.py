"""How feeds are doing, by what the processes of ingest wrote to DOORS and FEED_EVENTS."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct
from nats.aio.msg import Msg

from dateline_kernel.clock import LONG_AGO
from dateline_kernel.delivery import recorded_time
from dateline_kernel.direct import DirectReader
from dateline_kernel.quickclient import QuickClient
from dateline_operate.feeds.faults import SCHEMES
from dateline_schemas.doors import Failing, Watching, heard_in, noted
from dateline_schemas.feeds import Feed, FeedEvent, FeedHeard, FeedMoved, FeedSilent, decode_feed_event
from dateline_schemas.subjects import DOORS, FEED_EVENTS, FEEDS, feed_subject


class State(Struct, frozen=True, kw_only=True):
    """One feed. Times are UTC."""

    heard: datetime | None = None
    """When its last story came in; None if never."""
    silent: datetime | None = None
    """Since when it is silent; None if it is not."""
    failing: Failing | None = None
    moved: str = ""
    """New address that its source states, if the entry still has the old one."""


async def states(client: QuickClient, feeds: Sequence[Feed]) -> dict[str, State]:
    """By name. Raises Unavailable."""
    reader = DirectReader(client)
    heard = _of_bucket(await _bucket(reader, "heard"))
    failing = _of_bucket(await _bucket(reader, "failing"))
    silent = _open(await _said(reader, "silent"), await _said(reader, "heard"))
    changed = {_key(message): recorded_time(message.headers or {}) for message in await reader.entries(FEEDS.name)}
    watching = noted(_of_bucket(await _bucket(reader, "watch")).get("all"), Watching)
    anew = watching.since if watching else LONG_AGO
    moved = await _said(reader, "moved")
    now = datetime.now(UTC)
    return {
        feed.name: State(
            heard=heard_in(heard.get(feed.name)),
            silent=silent.get(feed.name) if _overdue(feed, max(changed.get(feed.name, now), anew), now) else None,
            failing=noted(failing.get(feed.name), Failing) if feed.door in SCHEMES and not feed.paused else None,
            moved=_moved(feed, moved.get(feed.name)),
        )
        for feed in feeds
    }


async def forget(client: QuickClient, feed: str) -> None:
    """Delete what is kept of a removed feed: another feed of that name begins anew. Raises KeyError, NatsError."""
    bucket = await client.jetstream().key_value(DOORS.name)
    for what in ("cursor", "heard", "failing"):
        await bucket.delete(f"{what}.{feed}")


async def _bucket(reader: DirectReader, what: str) -> list[Msg]:
    return await reader.latest(f"KV_{DOORS.name}", f"$KV.{DOORS.name}.{what}.*")


def _of_bucket(messages: Sequence[Msg]) -> dict[str, bytes]:
    found = {}
    for message in messages:
        headers = message.headers or {}
        if not headers.get("KV-Operation"):
            found[_key(message)] = message.data
    return found


def _key(message: Msg) -> str:
    """What stands behind the last dot: a feed's name."""
    return (message.headers or {})["Nats-Subject"].rpartition(".")[2]


def _overdue(feed: Feed, anew: datetime, now: datetime) -> bool:
    """Whether a silence that was told may still count: the clock starts anew when the entry is written, as by a resume,
    and when somebody begins to watch."""
    return not feed.paused and feed.silent_after > 0 and now - anew > timedelta(seconds=feed.silent_after)


async def _said(reader: DirectReader, what: str) -> dict[str, FeedEvent]:
    """The newest of each feed at its own subject, as whoever watches reads it."""
    found = {}
    for message in await reader.latest(FEED_EVENTS.name, f"feed.*.{what}"):
        with suppress(msgspec.DecodeError):
            event = decode_feed_event(message.data)
            if (message.headers or {})["Nats-Subject"] == feed_subject(event.feed, what):
                found[event.feed] = event
    return found


def _open(silent: dict[str, FeedEvent], heard: dict[str, FeedEvent]) -> dict[str, datetime]:
    """The silences that no later FeedHeard has ended."""
    found = {}
    for name, event in silent.items():
        back = heard.get(name)
        if isinstance(event, FeedSilent) and not (isinstance(back, FeedHeard) and back.since >= event.since):
            found[name] = event.since
    return found


def _moved(feed: Feed, said: FeedEvent | None) -> str:
    return said.moved if isinstance(said, FeedMoved) and said.url == feed.url else ""
