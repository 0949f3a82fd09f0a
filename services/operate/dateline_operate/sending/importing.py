"""Takes an archive in: messages in the order of time, several in flight, those of one story one after the other."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from dateline_kernel.errors import Unavailable
from dateline_kernel.installed import build_service
from dateline_kernel.logs import configure_logs
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.runtime import assemble
from dateline_operate.console.failure import Failure
from dateline_operate.functions import function
from dateline_operate.sending.archives import Archive, Item, Unreadable
from dateline_operate.sending.importplace import Counts, Place, Progress, write_place
from dateline_schemas.feeds import Feed

MOST_BYTES = 8 * 1024 * 1024
"""Most bytes of one message that ingest reads."""
SAVED_EVERY = 1.0
"""Seconds between writes of the place. After a kill, what was done since is done again, and found to be known."""
PATIENCE = 120.0
"""Seconds to wait for a server that went away."""


class Plan(Struct, frozen=True, kw_only=True):
    """What to import, for which feed, and how fast."""

    feed: Feed
    source: Path
    place: Path
    hint: str = ""
    file_times: bool = True
    """Whether a file's time counts for stories that state no time of creation."""
    release: bool = False
    """Whether it is released to outlets like copy that comes in now."""
    per_second: float = 0.0
    jobs: int = 32


class Refused(Struct, frozen=True, kw_only=True):
    """A message that was not taken in."""

    file: str
    problem: str
    quarantine: int = 0


class Import:
    """One import. ``tell`` is called with each refused message, ``move`` with every one that is done."""

    def __init__(
        self, client: QuickClient, url: str, plan: Plan, archive: Archive, tell: Callable[[Refused], None]
    ) -> None:
        service = build_service("ingest", {**os.environ, "DATELINE_NATS_URL": url})
        log = configure_logs("ingest", "error")
        self._runtime = assemble("ingest", service.rules, service.settings, client, log)
        self._importer: Any = function("importer", "dateline-ingest")(self._runtime, plan.feed, release=plan.release)
        self._plan = plan
        self._archive = archive
        self._tell = tell
        self._last_of: dict[str, asyncio.Task[None]] = {}
        self._saved = 0.0

    async def run(self, items: Sequence[Item], start: int, counts: Counts, move: Callable[[int], None]) -> Counts:
        """Take in everything from ``start`` on. Raises Failure if the server stays away; what is done is kept."""
        self._items, self._progress, self._move = items, Progress(start, counts), move
        room = asyncio.Semaphore(max(1, self._plan.jobs))
        began = time.monotonic()
        try:
            async with asyncio.TaskGroup() as group:
                for nth in range(start, len(items)):
                    await self._keep_rate(nth - start, began)
                    await room.acquire()
                    prepared = await self._prepared(items[nth])
                    task = group.create_task(self._settle(nth, prepared, self._before(prepared)))
                    task.add_done_callback(lambda _: room.release())
                    for story in prepared.stories if not isinstance(prepared, Refused) else ():
                        self._follow(story, task)
        except ExceptionGroup as several:
            away, others = several.split(Unavailable)
            if away is None or others is not None:
                raise
            said = f"the server went away; {self._progress.upto:,} of {len(items):,} files are done."
            raise Failure(said, "Start the same import again: it goes on there.", code=3) from several
        finally:
            self._save()
            await self._runtime.close()
        return self._progress.total

    async def _keep_rate(self, done: int, began: float) -> None:
        if self._plan.per_second > 0:
            ahead = done / self._plan.per_second - (time.monotonic() - began)
            if ahead > 0:
                await asyncio.sleep(ahead)

    async def _prepared(self, item: Item) -> Any:
        if item.size > MOST_BYTES:
            return Refused(file=item.name, problem=f"{item.size:,} bytes are more than the {MOST_BYTES:,} of a message")
        try:
            data = await asyncio.to_thread(self._archive.read, item)
        except Unreadable as error:
            return Refused(file=item.name, problem=str(error))
        dated: datetime | None = item.time if self._plan.file_times else None
        return await self._importer.prepare(data, hint=self._plan.hint, dated=dated)

    def _before(self, prepared: Any) -> list[asyncio.Task[None]]:
        """Earlier messages of the same stories, which must be done first."""
        if isinstance(prepared, Refused):
            return []
        return [self._last_of[story] for story in prepared.stories if story in self._last_of]

    def _follow(self, story: str, task: asyncio.Task[None]) -> None:
        self._last_of[story] = task

        def forget(_: object) -> None:
            if self._last_of.get(story) is task:
                del self._last_of[story]

        task.add_done_callback(forget)

    async def _settle(self, nth: int, prepared: Any, before: list[asyncio.Task[None]]) -> None:
        if before:
            await asyncio.wait(before)
        told = prepared if isinstance(prepared, Refused) else None
        counts = Counts(messages=1, refused=1)
        if told is None:
            imported = await self._patiently(prepared)
            known = sum(receipt.duplicate for receipt in imported.receipts)
            stories = len(imported.receipts)
            counts = Counts(
                messages=1, stories=stories, new=stories - known, known=known, refused=bool(imported.problem)
            )
            if imported.problem:
                told = Refused(file=self._items[nth].name, problem=imported.problem, quarantine=imported.quarantine)
        if told is not None:
            self._tell(told)
        self._progress.done(nth, counts)
        self._move(1)
        if time.monotonic() - self._saved > SAVED_EVERY:
            self._save()

    async def _patiently(self, prepared: Any) -> Any:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return await self._importer.settle(prepared)
            except Unavailable:
                if time.monotonic() > deadline:
                    raise
            await asyncio.sleep(0.5)

    def _save(self) -> None:
        self._saved = time.monotonic()
        upto = self._progress.upto
        last = self._items[upto - 1] if upto else None
        place = Place(feed=self._plan.feed.name, source=str(self._plan.source), last=last, counts=self._progress.counts)
        write_place(self._plan.place, place)
