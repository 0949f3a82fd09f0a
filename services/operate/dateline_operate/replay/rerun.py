"""Calls a service's reaction again with the events of the log that it hears, one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from dateline_kernel.agreement import caught_up
from dateline_kernel.connection import is_of_cluster
from dateline_kernel.deliberating import Deliberate
from dateline_kernel.errors import Conflict, Duplicate, KernelError, Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.losses import unread_of
from dateline_kernel.service import Service
from dateline_operate.replay.comparing import Compared, Tally, compare, superseded
from dateline_schemas.events import Event, Recorded, StoryRefused
from dateline_schemas.flow import step

TOGETHER = 64
"""Events whose stories are loaded, compared and appended at a time."""
TRIES = 30
"""Most tries in a row while a story keeps changing, or the server is away, before the replay gives up."""
AWAY = 1.0
"""Seconds between tries while it is away."""


def holds_state(service: Service) -> bool:
    """Whether its decisions depend on more than the event: then replaying must not append."""
    return any(isinstance(reaction, Deliberate) for reaction in service.reactions.values())


def replies(service: Service) -> tuple[type[Event], ...]:
    """The kinds of event that are its answers: not a refusal, which the kernel says for want of one."""
    row = step(service.name)
    return tuple(kind for kind in row.says if kind not in (StoryRefused, *row.by_operator))


class Rerun:
    """One service's reactions over events of the log, counted into ``tally``."""

    def __init__(self, journal: Journal, service: Service, tally: Tally, examples: int) -> None:
        self.journal = journal
        self.service = service
        self.tally = tally
        self.examples = examples

    async def some(self, heard: Sequence[Recorded[Event]]) -> None:
        """Replay some events, and append what differs unless it is a dry run. Raises KernelError.

        If a service or an editor says something about a story meanwhile, its events are looked at again. A server that
        is away for some seconds is waited for.
        """
        why = "its story changes faster than it can be replayed"
        for _ in range(TRIES):
            try:
                heard = await self._round(heard)
            except Unavailable as error:
                why = str(error)
                await asyncio.sleep(AWAY)
            if not heard:
                return
        raise Unavailable(f"event {heard[0].seq}: {why}")

    async def _round(self, heard: Sequence[Recorded[Event]]) -> list[Recorded[Event]]:
        """Replay each event once and append what differs; the events whose story changed meanwhile are returned."""
        loaded = await self.journal.load_all(one.event.story_id for one in heard)
        found = [(one, await self._looked_at(one, loaded[one.event.story_id])) for one in heard]
        to_append: dict[str, list[Event]] = {story: [] for story in loaded}
        for one, compared in found:
            to_append[one.event.story_id] += compared.to_append
        done = await asyncio.gather(*(self._append(to_append[story], loaded[story]) for story in loaded))
        changed = {story for story, appended in zip(loaded, done, strict=True) if not appended}
        for one, compared in found:
            if one.event.story_id not in changed:
                self.tally.count(compared, self.examples)
        return [one for one in heard if one.event.story_id in changed]

    async def _looked_at(self, heard: Recorded[Event], log: list[Recorded[Event]]) -> Compared:
        await asyncio.sleep(0)  # nothing here waits for anything, and Ctrl-C needs somewhere to come through
        place = f"event {heard.seq} of story {heard.event.story_id}"
        if (lost := unread_of(log)) and not heard.event.takes_back:
            return Compared(failure=f"{place}: {lost[0].event.why}")
        if superseded(log, heard):
            return Compared(superseded=True)
        for follower in self.service.followers:
            await follower.reach(self.journal, heard)
        try:
            return await self._compared(heard, log)
        except KernelError:
            raise
        except Exception as error:
            # The service's own code: that it fails on an event is a finding, not the end of the replay.
            return Compared(failure=f"{place}: {type(error).__name__}: {error}")

    async def _append(self, events: Sequence[Event], log: Sequence[Recorded[Event]]) -> bool:
        """Append what differs in a story; False if the story has changed since it was looked at, or the log did not
        answer.
        """
        if not events or self.tally.dry_run:
            return True
        try:
            seq = await self.journal.append(events, expected={events[0].story_id: log[-1].seq})
            self.tally.appended += len(events)
            return not is_of_cluster(self.journal.client) or await self._follows(events, log, seq)
        except (Conflict, Duplicate, Unavailable):
            return False

    async def _follows(self, events: Sequence[Event], log: Sequence[Recorded[Event]], seq: int) -> bool:
        """Whether events that stand in the log up to ``seq`` came right behind what was looked at of their story.

        A cluster's leader does not compare them with what is under way to a single subject, or another pattern
        (docs/adr/0021), such as an editor's word. Raises Unavailable.
        """
        story, ours = events[0].story_id, {event.id for event in events}
        there = await caught_up(lambda: self.journal.load(story, whole=False, at_least=seq))
        return not any(log[-1].seq < one.seq < seq and one.event.id not in ours for one in there)

    async def _compared(self, heard: Recorded[Event], log: list[Recorded[Event]]) -> Compared:
        """How today's answer to an event differs from the log.

        If it differs and the service holds state, it is compared again with the story's whole log, unless some of that
        cannot be read: the service may have decided from events that a replay has replaced since.
        """
        compared = self._replayed(heard, log)
        if compared.differences and holds_state(self.service) and not unread_of(log):
            whole = [one async for one in self.journal.read(story_id=heard.event.story_id)]
            compared = self._replayed(heard, whole)
        return compared

    def _replayed(self, heard: Recorded[Event], log: list[Recorded[Event]]) -> Compared:
        """What the service says to one event today, compared with what the story's log has."""
        reaction = self.service.reactions[type(heard.event)]
        replayed = reaction.replayed(log, heard, self.service.rules, datetime.now(UTC))
        return replace(compare(log, heard, replayed.said, replies(self.service)), overtaken=len(replayed.overtaken))
