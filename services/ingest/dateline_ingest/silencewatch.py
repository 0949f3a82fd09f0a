"""Watches for silent feeds: FeedSilent and FeedHeard to FEED_EVENTS, each once, and what Prometheus reads.

What was said stands in FEED_EVENTS, so that is where the watch looks before it says anything: every process watches, a
restart forgets nothing, and of two that see the same silence the server lets one speak.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct
from nats.aio.msg import Msg
from prometheus_client import Gauge

from dateline_ingest.doorbook import DoorBook, Noted, tell
from dateline_ingest.feeds import Feeds, Listed
from dateline_ingest.silence import Finding, Watched, silence_of
from dateline_kernel.ending import rest
from dateline_kernel.errors import Conflict, Unavailable
from dateline_kernel.runtime import Runtime
from dateline_schemas.doors import WATCH, Watching, heard_in, noted
from dateline_schemas.feeds import FeedHeard, FeedSilent, decode_feed_event
from dateline_schemas.subjects import FEED_EVENTS, feed_subject

LONGEST_PAUSE = 5.0
SHORTEST_PAUSE = 0.25
WRITTEN_EVERY = timedelta(seconds=10)
GAP = timedelta(seconds=60)
"""If nobody watched for so long, watching begins anew."""


class Said(Struct, frozen=True):
    """The last event of a subject."""

    event: FeedSilent | FeedHeard
    seq: int


class SilenceWatch:
    """Looks at all feeds again and again."""

    def __init__(self, runtime: Runtime, feeds: Feeds) -> None:
        self._runtime = runtime
        self._feeds = feeds
        self._book = DoorBook(runtime.client, runtime.journal.direct)
        registry = runtime.telemetry.registry
        self._silent = Gauge("dateline_feed_silent", "1 while a story is overdue", ["feed"], registry=registry)
        self._last = Gauge(
            "dateline_feed_last_seconds", "Seconds since the feed's last story", ["feed"], registry=registry
        )
        self._shown: set[str] = set()

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            pause = LONGEST_PAUSE
            try:
                pause = await self.look()
            except Unavailable as error:
                self._runtime.log.warning("silence is not watched", reason=str(error))
            await rest(pause)

    async def look(self) -> float:
        """Look once; the seconds until it is time to look again. Raises Unavailable."""
        listed = await self._feeds.all()
        now = self._runtime.now()
        watching = await self._watching(now)
        heard = await self._book.all("heard")
        silent, back = await self._said("silent"), await self._said("heard")
        for each in listed:
            name = each.feed.name
            watched = _watched(each, heard.get(name), silent.get(name), back.get(name))
            finding = silence_of(watched, watching, now)
            self._show(watched, finding, now)
            await self._say(finding, silent.get(name), back.get(name))
        self._forget({each.feed.name for each in listed})
        soonest = min((each.feed.silent_after for each in listed if each.feed.silent_after), default=3600)
        return min(LONGEST_PAUSE, max(SHORTEST_PAUSE, soonest / 4))

    async def _watching(self, now: datetime) -> datetime:
        there = await self._book.get(WATCH)
        known = noted(there.value, Watching)
        if known is None or now - known.until > GAP:
            known = Watching(since=now, until=now)
        elif now - known.until < WRITTEN_EVERY:
            return known.since
        with suppress(Conflict):  # another process watches too
            value = msgspec.json.encode(Watching(since=known.since, until=now))
            await self._book.put(WATCH, value, there.revision)
        return known.since

    async def _said(self, what: str) -> dict[str, Said]:
        messages = await self._runtime.journal.direct.latest(FEED_EVENTS.name, f"feed.*.{what}")
        return {said.event.feed: said for said in _decoded(messages, what)}

    async def _say(self, finding: Finding, silent: Said | None, back: Said | None) -> None:
        event = finding.say
        if event is None:
            return
        what, before = ("silent", silent) if isinstance(event, FeedSilent) else ("heard", back)
        if not await tell(self._runtime, what, event, event.since.isoformat(), before.seq if before else 0):
            return  # another process said it
        if isinstance(event, FeedSilent):
            self._runtime.log.warning("feed silent", feed=event.feed, since=event.since.isoformat())
        else:
            self._runtime.log.info("feed heard again", feed=event.feed, silent_since=event.since.isoformat())

    def _show(self, watched: Watched, finding: Finding, now: datetime) -> None:
        name = watched.feed.name
        self._shown.add(name)
        self._silent.labels(name).set(finding.silent)
        if watched.heard is not None:
            self._last.labels(name).set(max(0.0, (now - watched.heard).total_seconds()))

    def _forget(self, there: set[str]) -> None:
        for name in self._shown - there:
            for gauge in (self._silent, self._last):
                with suppress(KeyError):
                    gauge.remove(name)
        self._shown &= there


def _watched(each: Listed, heard: Noted | None, silent: Said | None, back: Said | None) -> Watched:
    return Watched(
        feed=each.feed,
        changed=each.changed.astimezone(UTC),
        heard=heard_in(heard.value) if heard is not None else None,
        silent=silent.event if silent is not None and isinstance(silent.event, FeedSilent) else None,
        back=back.event if back is not None and isinstance(back.event, FeedHeard) else None,
    )


def _decoded(messages: Sequence[Msg], what: str) -> list[Said]:
    """What stands at the feed's own subject, where the next one is expected; not what an earlier release put beside."""
    said = []
    for message in messages:
        headers = message.headers or {}
        with suppress(msgspec.DecodeError):
            event = decode_feed_event(message.data)
            own = headers["Nats-Subject"] == feed_subject(event.feed, what)
            if own and isinstance(event, (FeedSilent, FeedHeard)):
                said.append(Said(event, int(headers["Nats-Sequence"])))
    return said
