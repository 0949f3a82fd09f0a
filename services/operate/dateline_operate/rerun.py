"""A service's reaction called again with what it heard, event by event from the log."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from dateline_kernel.deliberating import Deliberate
from dateline_kernel.errors import Duplicate, KernelError
from dateline_kernel.journal import Journal
from dateline_kernel.service import Service
from dateline_operate.replaying import Compared, Tally, compare, superseded
from dateline_schemas.events import CreditOverridden, Event, Recorded, StoryRefused
from dateline_schemas.flow import step

TOGETHER = 64
"""Events whose stories are loaded, compared and appended at a time."""
FAILURES_SHOWN = 10


def holds_state(service: Service) -> bool:
    """Whether its decisions depend on more than the event: then replaying must not append."""
    return any(isinstance(reaction, Deliberate) for reaction in service.reactions.values())


def replies(service: Service) -> tuple[type[Event], ...]:
    """What it says in answer. A refusal is what the kernel says when there is none, an override is an editor's."""
    return tuple(kind for kind in step(service.name).says if kind not in (StoryRefused, CreditOverridden))


class Rerun:
    """One service's reactions over events of the log, counted into ``tally``."""

    def __init__(self, journal: Journal, service: Service, tally: Tally, examples: int) -> None:
        self.journal = journal
        self.service = service
        self.tally = tally
        self.examples = examples

    async def some(self, heard: Sequence[Recorded[Event]]) -> None:
        """Replay some events, and append what differs unless it is a dry run. Raises KernelError."""
        logs = await asyncio.gather(*(self.journal.load(one.event.story_id) for one in heard))
        to_append: list[Event] = []
        for one, log in zip(heard, logs, strict=True):
            await asyncio.sleep(0)  # nothing here waits for anything, and Ctrl-C needs somewhere to come through
            if superseded(log, one):
                self.tally.looked_at += 1
                self.tally.superseded += 1
                continue
            for follower in self.service.followers:
                await follower.reach(self.journal, one)
            try:
                compared = await self._compared(one, log)
            except KernelError:
                raise
            except Exception as error:
                # The service's own code: that it fails on an event is a finding, not the end of the replay.
                self._failed(one, error)
                continue
            self.tally.count(compared, self.examples)
            to_append += compared.to_append
        if not self.tally.dry_run:
            self.tally.appended += sum(await asyncio.gather(*(self._append(event) for event in to_append)))

    async def _compared(self, heard: Recorded[Event], log: list[Recorded[Event]]) -> Compared:
        """What differs. A decision may have been taken from events that a replay has replaced since: then, and only
        then, all that ever stood in the story's log is read.
        """
        compared = self._replayed(heard, log)
        if compared.differences and holds_state(self.service):
            whole = [one async for one in self.journal.read(story_id=heard.event.story_id)]
            compared = self._replayed(heard, whole)
        return compared

    def _replayed(self, heard: Recorded[Event], log: list[Recorded[Event]]) -> Compared:
        """What the service says to one event today, compared with what the story's log has."""
        reaction = self.service.reactions[type(heard.event)]
        replayed = reaction.replayed(log, heard, self.service.rules, datetime.now(UTC))
        return replace(compare(log, heard, replayed.said, replies(self.service)), overtaken=len(replayed.overtaken))

    def _failed(self, heard: Recorded[Event], error: Exception) -> None:
        self.tally.looked_at += 1
        self.tally.failed += 1
        if len(self.tally.failures) < FAILURES_SHOWN:
            place = f"event {heard.seq} of story {heard.event.story_id}"
            self.tally.failures.append(f"{place}: {type(error).__name__}: {error}")

    async def _append(self, event: Event) -> int:
        try:
            await self.journal.append([event])
        except Duplicate:
            return 0
        return 1
