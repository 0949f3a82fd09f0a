"""How an event becomes other events: pure handlers inside, the log outside."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from dateline_kernel.errors import Duplicate
from dateline_kernel.journal import may_be_known
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Event, Recorded
from dateline_schemas.identity import stamp

Log = Sequence[Recorded[Event]]
"""The events of a story, in order."""
Handler = Callable[[Any], Sequence[Event]]
"""Pure: an event to the events that follow from it; none means there is nothing to say."""
RecallingHandler = Callable[[Any, Log], Sequence[Event]]
"""Pure: an event and what the log has of its story, to the events that follow."""


class Replayed(Struct, frozen=True):
    """What a service says today to an event of the past, stamped."""

    said: tuple[Event, ...] = ()
    overtaken: tuple[Event, ...] = ()
    """What it would have said had it decided at once. It came to decide later, and something else had happened."""


class Reaction(Protocol):
    """What a service does about an event it hears."""

    heavy: bool
    """Whether it takes tens of milliseconds."""

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
            events = await runtime.journal.unsaid(events, heard)
        while events:
            try:
                await runtime.journal.append(events)
            except Duplicate:
                events = await runtime.journal.unsaid(events, heard)
                continue
            break
        runtime.telemetry.note_said(events)
        return None

    def replayed(self, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
        """What the handler says to the event."""
        return Replayed(tuple(_stamped(self._handler(heard.event), heard.event, rules)))


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

    def replayed(self, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
        """What the handler says to the event, in view of the whole log of its story."""
        return Replayed(tuple(_stamped(self._recalling(heard.event, log), heard.event, rules)))


def _stamped(events: Sequence[Event], cause: Event, rules: str) -> list[Event]:
    return [stamp(event, cause, rules, nth) for nth, event in enumerate(events)]
