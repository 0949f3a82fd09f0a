"""A room for doors under test: it records what a door does, and the test says when the door looks next."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from msgspec import Struct
from structlog.testing import LogCapture

from dateline_ingest.deliveries import Delivery, Handover, Refused
from dateline_ingest.doors.pulling_files import Entry
from dateline_ingest.formats import Unparseable
from dateline_ingest.intake import Intake
from dateline_kernel.ending import ended
from dateline_kernel.testing import PATIENCE
from dateline_schemas.feeds import Feed
from dateline_schemas.pushes import Taken


class Handed(Struct, frozen=True):
    """What a door handed over."""

    data: bytes
    hint: str
    url: str
    name: str


class Stage:
    """A room whose door runs from one rest to the next. With an ``intake``, stories go into the log."""

    def __init__(self, feed: Feed, secret: str = "", *, intake: Intake | None = None, public_url: str = "") -> None:
        self.feed = feed
        self.public_url = public_url
        self.clock = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
        self.handed: list[Handed] = []
        self.receipts: list[Taken] = []
        self.rests: list[float] = []
        self.reaches = 0
        self.moves: list[str] = []
        self.place = b""
        self.kept = b""
        """A renewed token, sealed."""
        self.notes = 0
        self.duplicates = False
        self.capture = LogCapture()
        self.log = structlog.wrap_logger(None, processors=[self.capture])
        self._secret = secret
        self._intake = intake
        self._resting: asyncio.Queue[float] = asyncio.Queue()
        self._go: asyncio.Queue[None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        """The clock of the test."""
        return self.clock

    async def take(self, data: bytes, *, hint: str = "", url: str = "", name: str = "") -> Handover:
        """Record it; append it to the log if there is one."""
        self.handed.append(Handed(data, hint, url, name))
        receipts, refused, wall = [_receipt(self.duplicates)], "", ""
        if self._intake is not None:
            try:
                delivery = Delivery(feed=self.feed, door=self.feed.door, data=data, hint=hint, url=url)
                receipts = list((await self._intake.take_in(delivery)).receipts)
            except Refused as fault:
                receipts, refused = [], str(fault)
                wall = fault.cause.wall if isinstance(fault.cause, Unparseable) else ""
        self.receipts += receipts
        return Handover(tuple(receipts), refused, wall)

    async def cursor(self) -> bytes:
        """The cursor that the door saved."""
        return self.place

    async def remember(self, cursor: bytes) -> None:
        """Keep it."""
        assert len(cursor) <= 512 * 1024
        self.place = cursor
        self.notes += 1

    async def sealed(self) -> bytes:
        """What was kept."""
        return self.kept

    async def keep_sealed(self, data: bytes) -> None:
        """Keep it."""
        self.kept = data

    def secret(self) -> str:
        """The secret."""
        return self._secret

    async def reached(self) -> None:
        """Count it."""
        self.reaches += 1

    async def moved(self, url: str) -> None:
        """Remember it."""
        self.moves.append(url)

    async def rest(self, seconds: float | None = None) -> None:
        """Tell the test that the door rests, and wait for ``look``."""
        wait = self.feed.every if seconds is None else seconds
        self.rests.append(wait)
        self._resting.put_nowait(wait)
        await self._go.get()

    async def look(self, times: int = 1) -> float:
        """Let the door look once more, or so often; the seconds that it then wants to rest. Raises what it raises."""
        for _ in range(times - 1):
            await self.look()
        assert self._task is not None
        self._go.put_nowait(None)
        resting = asyncio.create_task(self._resting.get())
        try:
            await asyncio.wait({resting, self._task}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            if resting.done():
                return resting.result()
            if self._task.done():
                self._task.result()
            raise AssertionError(f"the door did not rest within {PATIENCE:g} s")
        finally:
            resting.cancel()

    @asynccontextmanager
    async def playing(self, door: Callable[[Any], Coroutine[Any, Any, None]]) -> AsyncIterator[Stage]:
        """The door at work; its first look waits for ``look()`` like all the others."""

        async def play() -> None:
            await self._go.get()
            await door(self)

        self._task = asyncio.create_task(play())
        try:
            yield self
        finally:
            await ended(self._task)
            while not self._go.empty():
                self._go.get_nowait()

    def said(self, event: str) -> list[dict[str, Any]]:
        """Log entries of that event."""
        return [dict(entry) for entry in self.capture.entries if entry["event"] == event]

    def everything(self) -> str:
        """All that was logged, saved or handed over, as text: to search it for a secret."""
        return repr((self.capture.entries, self.place, self.kept, [(h.name, h.url, h.hint) for h in self.handed]))


def _receipt(duplicate: bool) -> Taken:
    return Taken(receipt="s-1", story_id="s", version="1", event_id="e", standing="current", duplicate=duplicate)


def put(folder: Path, name: str, data: bytes = b"copy", *, at: int = 1_900_000_000) -> Path:
    """A file with a time of its own."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    os.utime(file, (at, at))
    return file


async def put_away(stage: Stage) -> None:
    """Look until a file has been taken, has had its time to change, and has been renamed and removed."""
    for minutes in (0, 0, 2, 2, 2, 2):
        stage.clock += timedelta(minutes=minutes)
        await stage.look()


def of(name: str, size: int = -1) -> Entry:
    """A file's row in a listing."""
    return Entry(name=name, size=size, modified=1_900_000_000.0)


def names(stage: Stage) -> list[str]:
    """Names of what was handed over, in order."""
    return [handed.name for handed in stage.handed]


def newsfeed(*titles: str, ttl: str = "", extra: str = "") -> bytes:
    """An RSS document of invented stories, one a title."""
    items = "".join(
        f"<item><guid isPermaLink='false'>urn:example:{title.replace(' ', '-')}</guid><title>{title}</title>"
        f"<description>&lt;p&gt;{title}, the harbour office said.&lt;/p&gt;</description></item>"
        for title in titles
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>"
        f"<title>Harbour wire</title>{ttl}{extra}{items}</channel></rss>"
    ).encode()
