"""How an event becomes other events: pure handlers inside, the log outside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Protocol
from weakref import WeakValueDictionary

from msgspec import Struct

from dateline_kernel.errors import Conflict, Duplicate, Unavailable
from dateline_kernel.journal import may_be_known
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Event, Recorded
from dateline_schemas.identity import stamp

Handler = Callable[[Any], Sequence[Event]]
"""Pure: an event to the events that follow from it; none means there is nothing to say."""
RecallingHandler = Callable[[Any, Sequence[Recorded[Event]]], Sequence[Event]]
"""Pure: an event and what the log has of its story, to the events that follow."""


class Because(Struct, frozen=True):
    """An event that a decision says, with the event it follows from."""

    cause: Event
    event: Event


class Decision(Struct, frozen=True):
    """What a service that holds state says about a story."""

    says: tuple[Because, ...] = ()
    again_at: datetime | None = None
    """Decide once more at this time even if nothing happens until then."""


Decide = Callable[[Sequence[Recorded[Event]], datetime], Decision]
"""Pure: all events of a story and the time, to what follows from them. Deciding twice says nothing new."""
Company = Callable[[Event], Sequence[str]]
"""Pure: subjects below ``story.<id>`` where something stands unless the event is all there is to decide from."""
Announce = Callable[[Runtime, Sequence[Recorded[Event]]], Awaitable[None]]
"""Makes the world agree with a story's events. Idempotent."""


class Reaction(Protocol):
    """What a service does about an event it hears."""

    heavy: bool
    """Whether it takes tens of milliseconds."""
    patience: int
    """Deliveries of an event without any answer after which it is taken for one that kills its process."""

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Do it; a time if the same event shall come again then."""
        ...

    def replayed(self, log: Sequence[Recorded[Event]], heard: Recorded[Event], rules: str) -> list[Event]:
        """What it would say to this event, stamped, from the story's log alone. Pure."""
        ...


class Answer:
    """Reaction of a service without state: the handler's events are stamped and appended."""

    patience = 25

    def __init__(self, handler: Handler, *, heavy: bool = False) -> None:
        self._handler = handler
        self.heavy = heavy

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Say what follows, once, however often the event is heard."""
        cause = heard.event
        said = await asyncio.to_thread(self._handler, cause) if self.heavy else self._handler(cause)
        return await self._say(runtime, heard, delivered, said)

    async def _say(
        self, runtime: Runtime, heard: Recorded[Event], delivered: int, said: Sequence[Event]
    ) -> datetime | None:
        events = _stamped(said, heard.event, runtime.rules)
        if may_be_known(delivered, heard.time, runtime.now()):
            events = await runtime.journal.unsaid(events)
        while events:
            try:
                await runtime.journal.append(events)
            except Duplicate:
                events = await runtime.journal.unsaid(events)
                continue
            break
        runtime.telemetry.note_said(events)
        return None

    def replayed(self, log: Sequence[Recorded[Event]], heard: Recorded[Event], rules: str) -> list[Event]:
        """What the handler says to the event."""
        return _stamped(self._handler(heard.event), heard.event, rules)


class Recall(Answer):
    """The same for a handler that has to know what happened to the story before, now and then.

    ``needs`` tells, from the event alone, whether the story's log must be read; else the handler gets an empty one.
    """

    def __init__(self, handler: RecallingHandler, needs: Callable[[Any], bool]) -> None:
        super().__init__(lambda event: handler(event, ()))
        self._recalling = handler
        self._needs = needs

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Say what follows, in view of the story's log if it is needed."""
        if not self._needs(heard.event):
            return await super().__call__(runtime, heard, delivered)
        log = await runtime.journal.load(heard.event.story_id)
        return await self._say(runtime, heard, delivered, self._recalling(heard.event, log))

    def replayed(self, log: Sequence[Recorded[Event]], heard: Recorded[Event], rules: str) -> list[Event]:
        """What the handler says to the event, in view of the whole log of its story."""
        return _stamped(self._recalling(heard.event, log), heard.event, rules)


class Deliberate:
    """Reaction of a service with state: load the story, decide, append if nothing came between, else decide again."""

    TRIES = 50
    heavy = False
    patience = 10_000
    """What waits for its time is put off without an answer, and handed out again whenever a server starts."""

    def __init__(self, decide: Decide, announce: Announce, company: Company | None = None) -> None:
        self._decide = decide
        self._announce = announce
        self._company = company
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Decide about the story that the event is of. Raises Unavailable."""
        story = heard.event.story_id
        lock = self._locks.setdefault(story, asyncio.Lock())
        async with lock:
            for attempt in range(self.TRIES):
                log = await self._load(runtime, heard, first_try=attempt == 0 and delivered == 1)
                decision = self._decide(log, runtime.now())
                events = _because(decision, runtime.rules)
                try:
                    last = await self._append(runtime, events, log)
                except (Conflict, Duplicate):
                    continue
                break
            else:
                raise Unavailable(f"story {story} changes faster than it can be decided about")
            if events or may_be_known(delivered, heard.time, runtime.now()):
                first = last - len(events) + 1
                said = [Recorded(event, first + nth, runtime.now()) for nth, event in enumerate(events)]
                await self._announce(runtime, [*log, *said])
        runtime.telemetry.note_said(events)
        return decision.again_at

    async def _load(self, runtime: Runtime, heard: Recorded[Event], first_try: bool) -> list[Recorded[Event]]:
        """The story's events; at the first try the event alone, if it can be seen that it has no company.

        Should anything happen to the story after that look, the append finds it out, and the next try reads all.
        """
        places = self._company(heard.event) if first_try and self._company else ()
        if places and not await runtime.journal.stands(heard.event.story_id, places):
            return [heard]
        log = await runtime.journal.load(heard.event.story_id)
        if all(recorded.seq != heard.seq for recorded in log):
            raise Unavailable(f"the log answered without event {heard.seq}: a replica that lags")
        return log

    async def _append(self, runtime: Runtime, events: list[Event], log: list[Recorded[Event]]) -> int:
        if not events:
            return log[-1].seq
        return await runtime.journal.append(events, expected={events[0].story_id: log[-1].seq})

    def replayed(self, log: Sequence[Recorded[Event]], heard: Recorded[Event], rules: str) -> list[Event]:
        """What would have been decided when the event was heard: nothing that came later is looked at."""
        then = [recorded for recorded in log if recorded.seq <= heard.seq]
        return _because(self._decide(then, heard.time), rules)


def _stamped(events: Sequence[Event], cause: Event, rules: str) -> list[Event]:
    return [stamp(event, cause, rules, nth) for nth, event in enumerate(events)]


def _because(decision: Decision, rules: str) -> list[Event]:
    return [stamp(because.event, because.cause, rules, 0) for because in decision.says]
