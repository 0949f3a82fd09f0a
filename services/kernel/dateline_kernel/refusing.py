"""An event that a service cannot deal with: kept in quarantine, and noted in its story's log."""

from __future__ import annotations

import traceback

from nats.aio.msg import Msg

from dateline_kernel.delivery import delivery_of
from dateline_kernel.journal import Journal
from dateline_kernel.losses import Unread
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Event, StoryRefused
from dateline_schemas.identity import stamp
from dateline_schemas.quarantine import Quarantined


async def set_aside(runtime: Runtime, raw: Msg, error: Exception, attempts: int, event: Event) -> None:
    """Keep it with its error, say that it was refused, and only then acknowledge it. Raises KernelError, NatsError."""
    seq = delivery_of(raw).seq
    what = Quarantined(
        kind="event",
        service=runtime.service,
        reason=f"{type(error).__name__}: {error}"[:2000],
        error=type(error).__name__,
        traceback="".join(traceback.format_exception(error))[-8000:],
        attempts=attempts,
        at=runtime.now(),
        story_id=raw.subject.split(".")[1],
        version=event.version,
        event=raw.data,
        seq=seq,
    )
    await runtime.quarantine.keep(what, key=f"{runtime.service}-{seq}-{runtime.rules}")
    # A refusal that cannot be dealt with is not refused in turn: that would go on for ever.
    if not isinstance(event, (StoryRefused, Unread)):
        await _refuse(runtime.journal, event, runtime.rules, what)
    await raw.ack()
    runtime.telemetry.quarantined.labels(runtime.service).inc()
    consumer = f"{runtime.service}-{raw.subject.split('.')[2]}"
    runtime.log.error("quarantined", consumer=consumer, seq=seq, story=what.story_id, reason=what.reason)


async def _refuse(journal: Journal, event: Event, rules: str, what: Quarantined) -> None:
    """Say in the story's log that a service could not deal with this version. Raises KernelError."""
    refused = StoryRefused(
        story_id=event.story_id,
        version=event.version,
        ordinal=event.ordinal,
        service=what.service,
        error=what.reason[:500],
        attempts=what.attempts,
    )
    await journal.append([stamp(refused, event, rules)])
