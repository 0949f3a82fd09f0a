"""How a service without state answers an event: a pure handler says what follows, the reaction appends it."""

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
"""Pure: event -> the events that follow from it, maybe none."""
RecallingHandler = Callable[[Any, Log], Sequence[Event]]
"""Pure: event and earlier events of its story -> the events that follow."""
Needs = Callable[[Any], Sequence[type[Event]]]
"""Pure: event -> the kinds of events of its story that must be known to answer it; none if it is enough itself."""

TRIES = 50
"""How often in a row an answer may be refused because the story got another event meanwhile."""


class Last(Struct, frozen=True, gc=False):
    """The story's last event of a kind, when the answer was made."""

    kind: type[Event]
    seq: int
    """0 for none."""


class Replayed(Struct, frozen=True):
    """What a service says today to a past event, stamped."""

    said: tuple[Event, ...] = ()
    overtaken: tuple[Event, ...] = ()
    """What it would have said at once. When it came to decide, something else had happened to the story."""


class Reaction(Protocol):
    """What a service does about an event it hears."""

    heavy: bool
    """Whether it takes tens of milliseconds."""
    though_unread: tuple[type[Event], ...]
    """Kinds that it answers from subject and headers alone if the event itself cannot be read."""

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Answer the event, which was delivered so many times; the time at which to deliver it again, or None."""
        ...

    def replayed(self, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
        """What it would say to this event, given all events of the story. Pure."""
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
        """Append what follows, unless it is in the log already.

        With ``seen``, Conflict is raised if the story has a newer event of that kind. Without, each answer expects at
        its place what stood there before, so that an event which a replay replaced meanwhile is not answered after
        its replacement (docs/adr/0030). Raises Unavailable.
        """
        events = _stamped(said, heard.event, runtime.rules)
        unsaid = [(event, 0) for event in events]
        # A replayed event has an answer in the log already: without this look its append, and its batch, would fail.
        if may_be_known(delivered, heard.time, runtime.now()) or REPLAYED in heard.event.rules:
            unsaid = await runtime.journal.unsaid(events, heard)
        for _ in range(TRIES):
            if not unsaid or await self._appended(runtime, unsaid, seen):
                runtime.telemetry.note_said([event for event, _ in unsaid])
                return None
            unsaid = await runtime.journal.unsaid(events, heard)
        raise Unavailable(f"story {heard.event.story_id} changes faster than it can be answered")

    async def _appended(self, runtime: Runtime, unsaid: Sequence[tuple[Event, int]], seen: Last | None) -> bool:
        """Append; whether the log took it. Raises Conflict if there is something newer than ``seen``."""
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
    """Reaction with a handler that may have to know earlier events of the story.

    ``needs`` names the kinds to read, from the event heard alone; if it names none, the handler gets an empty log.
    Events of other kinds may be among what is read. If an event of the kind ``again_after`` is appended between the
    reading and the answer, the handler is called again.
    """

    def __init__(self, handler: RecallingHandler, needs: Needs, again_after: type[Event]) -> None:
        super().__init__(lambda event: handler(event, ()))
        self._recalling = handler
        self._needs = needs
        self._again_after = again_after

    async def __call__(self, runtime: Runtime, heard: Recorded[Event], delivered: int) -> datetime | None:
        """Append what follows, after reading the earlier events that are needed."""
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
        """What the handler says to the event, given all events of its story."""
        return Replayed(tuple(_stamped(self._recalling(heard.event, log), heard.event, rules)))


def _stamped(events: Sequence[Event], cause: Event, rules: str) -> list[Event]:
    return [stamp(event, cause, rules, nth) for nth, event in enumerate(events)]
