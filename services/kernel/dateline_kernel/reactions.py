"""How an event becomes other events: pure handlers inside, the log outside."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from dateline_kernel.errors import Conflict, Duplicate, Unavailable
from dateline_kernel.journal import may_be_known
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Event, Recorded
from dateline_schemas.identity import REPLAYED, stamp

Log = Sequence[Recorded[Event]]
"""The events of a story, in order."""
Handler = Callable[[Any], Sequence[Event]]
"""Pure: an event to the events that follow from it; none means there is nothing to say."""
RecallingHandler = Callable[[Any, Log], Sequence[Event]]
"""Pure: an event and what the log has of its story, to the events that follow."""
Needs = Callable[[Any], Sequence[type[Event]]]
"""Pure: an event to the kinds of events of its story that must be known to answer it; none if it is enough itself."""

TRIES = 50
"""Times in a row that something may happen to a story while it is answered in view of its log."""


class Last(Struct, frozen=True, gc=False):
    """The last event of a kind that the story had when it was decided what to say."""

    kind: type[Event]
    seq: int
    """0 for none."""


class Replayed(Struct, frozen=True):
    """What a service says today to an event of the past, stamped."""

    said: tuple[Event, ...] = ()
    overtaken: tuple[Event, ...] = ()
    """What it would have said had it decided at once. It came to decide later, and something else had happened."""


class Reaction(Protocol):
    """What a service does about an event it hears."""

    heavy: bool
    """Whether it takes tens of milliseconds."""
    though_unread: tuple[type[Event], ...]
    """Kinds that it answers even where the event itself cannot be read, by what its subject and headers tell."""

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Do it; a time if the same event shall come again then."""
        ...

    def replayed(self, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
        """What it would say to this event, from the story's log alone. Pure."""
        ...


class Answer:
    """Reaction of a service without state: the handler's events are stamped and appended."""

    def __init__(self, handler: Handler, *, heavy: bool = False) -> None:
        self._handler = handler
        self.heavy = heavy
        self.though_unread: tuple[type[Event], ...] = ()

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Say what follows, once, however often the event is heard."""
        cause = heard.event
        said = await asyncio.to_thread(self._handler, cause) if self.heavy else self._handler(cause)
        return await self._say(runtime, heard, delivered, said)

    async def _say(
        self, runtime: Runtime, heard: Recorded[Event], delivered: int, said: Sequence[Event], seen: Last | None = None
    ) -> datetime | None:
        """Append what follows. Raises Conflict if there is a newer event of a kind than the one that was seen,
        Unavailable.

        Else it is said where nothing stands yet, or over what was seen there: an event that was replaced while it was
        in work is not answered after its replacement (docs/adr/0030).
        """
        events = _stamped(said, heard.event, runtime.rules)
        unsaid = [(event, 0) for event in events]
        # After a replay there is an answer already. Without a look each one would be refused, and its batch with it.
        if may_be_known(delivered, heard.time, runtime.now()) or REPLAYED in heard.event.rules:
            unsaid = await runtime.journal.unsaid(events, heard)
        for _ in range(TRIES):
            if not unsaid or await self._appended(runtime, unsaid, seen):
                runtime.telemetry.note_said([event for event, _ in unsaid])
                return None
            unsaid = await runtime.journal.unsaid(events, heard)
        raise Unavailable(f"story {heard.event.story_id} changes faster than it can be answered")

    async def _appended(self, runtime: Runtime, unsaid: Sequence[tuple[Event, int]], seen: Last | None) -> bool:
        """Append; whether the log took it. Raises Conflict where that is about what was seen."""
        events, over = [event for event, _ in unsaid], [seq for _, seq in unsaid]
        try:
            if seen is None:
                await runtime.journal.append(events, over=over)
            else:
                await runtime.journal.append(events, expected={events[0].story_id: seen.seq}, among=seen.kind)
        except Duplicate:
            return False
        except Conflict:
            if seen is not None:
                raise
            return False
        return True

    def replayed(self, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
        """What the handler says to the event."""
        return Replayed(tuple(_stamped(self._handler(heard.event), heard.event, rules)))


class Recall(Answer):
    """Reaction with a handler that has to know, of some events, what happened to their story before.

    ``needs`` tells, from the event alone, which kinds of the story's events must be read; if none, the handler gets an
    empty log. Events of other kinds may be among them. Should an event of the kind ``again_after`` be appended between
    the reading and the saying, the handler is asked again.
    """

    def __init__(self, handler: RecallingHandler, needs: Needs, again_after: type[Event]) -> None:
        super().__init__(lambda event: handler(event, ()))
        self._recalling = handler
        self._needs = needs
        self._again_after = again_after

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Say what follows, in view of the story's log if it is needed."""
        if not (kinds := self._needs(heard.event)):
            return await super().__call__(runtime, heard, delivered)
        for _ in range(TRIES):
            log = await runtime.journal.load_of(heard, (*kinds, self._again_after))
            there = (one.seq for one in log if isinstance(one.event, self._again_after))
            seen = Last(self._again_after, max(there, default=0))
            with suppress(Conflict):
                return await self._say(runtime, heard, delivered, self._recalling(heard.event, log), seen)
        raise Unavailable(f"story {heard.event.story_id} changes faster than it can be answered")

    def replayed(self, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
        """What the handler says to the event, in view of the whole log of its story."""
        return Replayed(tuple(_stamped(self._recalling(heard.event, log), heard.event, rules)))


def _stamped(events: Sequence[Event], cause: Event, rules: str) -> list[Event]:
    return [stamp(event, cause, rules, nth) for nth, event in enumerate(events)]
