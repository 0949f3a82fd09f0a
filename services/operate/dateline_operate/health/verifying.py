"""Reads everything that a running Dateline keeps, and checks that it is whole: the log, the originals, the topics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import datetime

from msgspec import Struct
from nats.aio.msg import Msg

from dateline_kernel.clock import LONG_AGO
from dateline_kernel.journal import Journal
from dateline_kernel.originals import OriginalMissing, Originals
from dateline_kernel.posted import posted_on
from dateline_kernel.provision import whole_since
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.remembering import Lately
from dateline_operate.health.accepting import Accepted, Known
from dateline_operate.health.logcheck import REMEMBERED, Fault, LogCheck, Raw, orphan
from dateline_operate.health.unlogged import unlogged
from dateline_schemas.codec import UnreadableEvent, decode
from dateline_schemas.events import Arrival, Event, StoryReleased, StoryWithdrawn
from dateline_schemas.subjects import STORIES, TOPICS, story_filter

TOGETHER = 2_000
"""Number of messages after which their causes, originals and topics are looked up."""
AT_ONCE = 32
"""Most originals that are read at once."""
AGAIN, TRIES = 0.5, 10
"""Something missing may still come: seconds between looks for it, and number of looks."""
TOLD = (StoryReleased, StoryWithdrawn)

Progress = Callable[[int, int], None]
"""Called with (sequence, last sequence)."""


class Verified(Struct, kw_only=True):
    """What a verification found."""

    events: int = 0
    originals: int = 0
    """Originals that were read, each once, however many events refer to it."""
    topics: int = 0
    """Messages on topics that were looked up."""
    last: int = 0
    """Sequence of the newest event at the beginning."""
    seal: str = ""
    """Seal of all that was read: kept elsewhere, it shows later whether anything was changed."""
    faults: list[Fault] = []
    accepted: list[Known] = []
    """Faults that somebody has accepted: they are not among the others."""
    seconds: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong, but what somebody has accepted."""
        return not self.faults

    def pass_over(self, accepted: Accepted) -> None:
        """Count what somebody has accepted for no fault."""
        self.accepted += [accepted[one] for one in self.faults if one in accepted]
        self.faults = [one for one in self.faults if one not in accepted]


class Verifier:
    """One pass over everything."""

    def __init__(self, client: QuickClient, check: LogCheck, *, log_only: bool) -> None:
        self.found = Verified()
        self._client = client
        self._journal = Journal(client, "publish")
        self._originals = Originals(client)
        self._check = check
        self._log_only = log_only
        self._read = Lately(REMEMBERED)

    async def run(self, progress: Progress, last: int | None = None) -> Verified:
        """Read to a sequence, else to the end that the log has now. Raises Unavailable."""
        found = self.found
        found.last = await self._journal.last_sequence() if last is None else last
        since = LONG_AGO if self._log_only else await whole_since(self._client, TOPICS.name)
        part: list[tuple[datetime, int, Event]] = []
        async for message, at in self._journal.messages(self._check.seal.seq + 1, found.last):
            if at.seq > found.last:
                break
            event, faults = self._check.take(Raw(at.seq, message.subject, message.data))
            found.faults += faults
            if event is not None:
                part.append((at.time, at.seq, event))
            if len(part) == TOGETHER:
                await self._look_up(part, since)
                part = []
                progress(at.seq, found.last)
        await self._look_up(part, since)
        found.faults += self._check.end(found.last)
        if not self._log_only:
            messages = self._journal.direct.every(TOPICS.name, "topic.>")
            found.faults += [one.fault for one in await unlogged(self._client, messages)]
        found.events, found.seal = self._check.events, str(self._check.seal)
        return found

    async def _look_up(self, part: Sequence[tuple[datetime, int, Event]], since: datetime) -> None:
        await self._causes()
        if self._log_only:
            return
        await self._kept([(seq, event) for _, seq, event in part if isinstance(event, Arrival)])
        await self._posted([(seq, event) for time, seq, event in part if isinstance(event, TOLD) and time > since])

    async def _causes(self) -> None:
        """Look up causes that are older than the events in memory, in their stories."""
        unknown, self._check.unknown = self._check.unknown, []
        for seq, event in unknown:
            messages = self._journal.direct.every(STORIES.name, story_filter(event.story_id))
            if event.cause not in {one.id async for one in _readable(messages)}:
                self.found.faults.append(orphan(seq, event))

    async def _kept(self, intakes: Sequence[tuple[int, Arrival]]) -> None:
        """Read the originals that were not read yet, and check that they match the hashes that name them."""
        places = asyncio.Semaphore(AT_ONCE)

        async def see(seq: int, event: Arrival) -> None:
            async with places:
                try:
                    size = len(await self._originals.get(event.original))
                except OriginalMissing as error:
                    said = str(error)
                else:
                    said = "" if size == event.original_bytes else f"original {event.original} has {size} bytes"
            if said:
                self.found.faults.append(Fault(kind="original", seq=seq, said=said, story_id=event.story_id))

        fresh = {event.original: (seq, event) for seq, event in intakes if not self._read.add(event.original)}
        self.found.originals += len(fresh)
        async with asyncio.TaskGroup() as group:
            for seq, event in fresh.values():
                group.create_task(see(seq, event))

    async def _posted(self, told: Sequence[tuple[int, StoryReleased | StoryWithdrawn]]) -> None:
        """Check that every topic has the last announcement of its story, or a newer one."""
        wanted = {subject: (seq, event) for seq, event in told for subject in event.subjects}
        self.found.topics += len(wanted)
        for tries in range(TRIES):
            if tries:
                await asyncio.sleep(AGAIN)  # what was said just now is posted a moment later
            there = await posted_on(self._journal.direct, list(wanted))
            wanted = {
                subject: said
                for subject, said in wanted.items()
                if subject not in there or there[subject].number < said[1].number
            }
            if not wanted:
                return
        for subject, (seq, event) in wanted.items():
            said = f"announcement {event.number} of the story is not on {subject}"
            self.found.faults.append(Fault(kind="topic", seq=seq, said=said, story_id=event.story_id))


async def _readable(messages: AsyncIterator[Msg]) -> AsyncIterator[Event]:
    async for message in messages:
        with suppress(UnreadableEvent):
            yield decode(message.data)
