"""The reaction of a service with state: what it says next depends on all earlier events of the story."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from weakref import WeakValueDictionary

from msgspec.structs import replace

from dateline_kernel.clock import later, log_time
from dateline_kernel.commit import BATCH_MESSAGES
from dateline_kernel.deciding import Because, Decide, Decision, decided_again, stamped
from dateline_kernel.errors import Behind, Conflict, Duplicate, Unavailable
from dateline_kernel.losses import Unread, is_behind, note_passed_over, with_topics_state
from dateline_kernel.pasts import Pasts, Pruning
from dateline_kernel.posted import posted_of
from dateline_kernel.reactions import Log, Replayed
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Event, Recorded
from dateline_schemas.flow import step

AloneUnless = Callable[[Event], Sequence[str] | None]
"""Pure: event -> places of its story (``<fact>.<place>``). If the log has nothing at any of them, the event alone is
enough to decide from. An empty sequence: it always is. None: it never is.
"""
Announce = Callable[[Runtime, Log, Recorded[Event] | None], Awaitable[None]]
"""Makes the outside agree with a story's events; idempotent. The third argument is the event heard, if it is delivered
again: an earlier process may have died before it announced what followed. Raises Behind if the outside has something
newer than these events.
"""


class Deliberate:
    """Load the story, decide, append. If another event was appended to the story meanwhile, start again."""

    TRIES = 50
    heavy = False

    def __init__(
        self,
        decide: Decide,
        announce: Announce,
        *,
        alone_unless: AloneUnless | None = None,
        though_unread: tuple[type[Event], ...] = (),
        pruning: Pruning | None = None,
    ) -> None:
        self._decide = decide
        self._announce = announce
        self._alone_unless = alone_unless
        self.though_unread = though_unread
        self._pasts = Pasts(pruning) if pruning else None
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Decide about the event's story; the time at which to hear the event again, if there is one.

        Raises Unavailable. Raises codec.UnreadableEvent if an event of the story cannot be read, unless the event heard
        takes the story back.
        """
        story = heard.event.story_id
        lock = self._locks.setdefault(story, asyncio.Lock())
        async with lock:
            collides = False
            for attempt in range(self.TRIES):
                pasts = self._pasts if delivered == 1 and not collides else None
                alone = attempt == 0 and delivered == 1 and await self._is_alone(runtime, heard)
                past = await pasts.of(runtime.journal, heard, refused=attempt > 0) if pasts and not alone else None
                log = [heard] if alone else await self._load(runtime, heard, past, collides=collides)
                decision = await self._decided(runtime, log)
                try:
                    last = await self._say(runtime, decision, log, heard if delivered > 1 else None)
                except (Conflict, Duplicate):
                    continue
                except Behind:
                    collides = True
                    continue
                break
            else:
                raise Unavailable(f"story {story} changes faster than it can be decided about")
            if self._pasts and not alone:
                self._pasts.keep(heard, log, last)
        note_passed_over(runtime, log)
        if len(decision.says) > BATCH_MESSAGES:
            return runtime.now()
        return decision.again_at if isinstance(heard.event, step(runtime.service).waits) else None

    async def _say(
        self, runtime: Runtime, decision: Decision, log: list[Recorded[Event]], again: Recorded[Event] | None
    ) -> int:
        """Append and announce what was decided, one batch at the most; the sequence of the story's last event then.

        Raises Conflict, Duplicate, Behind, Unavailable.
        """
        says = decision.says[:BATCH_MESSAGES]
        events = stamped(says, runtime.rules)
        last = await self._append(runtime, events, log)
        runtime.telemetry.note_said(events)
        first = last - len(events) + 1
        said = [Recorded(event, first + nth, runtime.now()) for nth, event in enumerate(events)]
        # Even if nothing was appended: the process that appended it may have died before it was announced.
        await self._announce(runtime, [*log, *said], again)
        _measure(runtime, says)
        return last

    async def _decided(self, runtime: Runtime, log: Log) -> Decision:
        """The decision by our own clock; what depends on a time that has come must hold by the log's clock as well."""
        decision = self._decide(log, runtime.now())
        if decision.not_before is None or (there := await log_time(runtime.client)) >= decision.not_before:
            return decision
        ahead = runtime.now() - there
        runtime.log.warning("clock ahead of the log's", seconds=ahead.total_seconds())
        decision = self._decide(log, there)
        # The wait is measured by our own clock, which is ahead by that much.
        return replace(decision, again_at=later(decision.again_at, ahead) if decision.again_at else None)

    async def _is_alone(self, runtime: Runtime, heard: Recorded[Event]) -> bool:
        """Whether the event is all there is to decide from, as a look at a few places of its story shows.

        Should anything happen to the story after the event, the append finds it out, and the next try reads all.
        """
        places = self._alone_unless(heard.event) if self._alone_unless else None
        return places is not None and (not places or await runtime.journal.is_alone(heard, places))

    async def _load(
        self, runtime: Runtime, heard: Recorded[Event], past: list[Recorded[Event]] | None, *, collides: bool
    ) -> list[Recorded[Event]]:
        """The story's events, from ``past`` if that is remembered; then a TopicsState if the log has lost some."""
        journal = runtime.journal
        despite_losses = isinstance(heard.event, Unread) or heard.event.takes_back
        # An event that a replay replaced meanwhile is no longer among them; its replacement is.
        log = past or await journal.load_with(heard, whole=not despite_losses)
        if not (despite_losses or collides):
            return log
        there = await posted_of(journal.direct, heard.event.story_id)
        newest = max((one.number for one in there.values()), default=0)
        unknown = {one.release for one in there.values() if one.number == newest} - {one.event.id for one in log}
        untold = collides and bool(unknown)
        # A story that came again, its log lost, may be on other subjects now; only what takes it back goes to all.
        behind = is_behind(log, newest, there if despite_losses else (), collides=untold)
        return with_topics_state(log, there, newest, untold=untold) if behind else log

    async def _append(self, runtime: Runtime, events: Sequence[Event], log: list[Recorded[Event]]) -> int:
        if not events:
            return log[-1].seq
        return await runtime.journal.append(events, expected={events[0].story_id: log[-1].seq})

    def replayed(self, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
        """What was said because of the event, decided again; and what is still to be said by ``now``."""
        return decided_again(self._decide, log, heard, rules, now)


def _measure(runtime: Runtime, says: Sequence[Because]) -> None:
    now = runtime.now()
    for one in says:
        if one.due is not None:
            late = runtime.telemetry.late.labels(runtime.service, type(one.event).__name__)
            late.observe(max(0.0, (now - one.due).total_seconds()))
