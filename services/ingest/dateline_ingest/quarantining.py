"""Keeps what cannot be taken in, with the reason, in QUARANTINE."""

from __future__ import annotations

from dateline_ingest.deliveries import Cause, Delivery
from dateline_ingest.formats import Unparseable
from dateline_kernel.runtime import Runtime
from dateline_schemas.codec import UnreadableEvent
from dateline_schemas.quarantine import Quarantined

MOST_LEFT_OUT = 10_000


async def quarantine_input(runtime: Runtime, delivery: Delivery, error: Exception) -> int:
    """Keep what cannot be taken in, with the reason; its number in QUARANTINE. Raises Unavailable."""
    original = await runtime.originals.keep(delivery.data)
    what = Quarantined(
        kind="input",
        service=runtime.service,
        reason=str(error)[:2000],
        error=type(error).__name__,
        at=runtime.now(),
        feed=delivery.feed.name,
        door=delivery.door,
        original=original,
        original_bytes=len(delivery.data),
        format=delivery.hint,
        url=delivery.url,
    )
    runtime.telemetry.quarantined.labels(runtime.service).inc()
    runtime.log.warning("input refused", feed=delivery.feed.name, original=original, reason=what.reason)
    return await runtime.quarantine.keep(what, key=f"input-{delivery.feed.name}-{original}")


async def keep_fault(runtime: Runtime, delivery: Delivery, error: Exception, name: str = "") -> tuple[str, int]:
    """Keep a message that cannot be judged, or on which ingest fails, so that it does not hold up those after it.

    Returns what to tell its sender, and its number in QUARANTINE. The traceback goes to the service's log. Raises
    Unavailable.
    """
    if isinstance(error, UnreadableEvent):
        said = f"the story's log cannot be read, so try again when it can: {error}"
        return said, await quarantine_input(runtime, delivery, UnreadableEvent(said))
    runtime.log.error("intake broke", feed=delivery.feed.name, door=delivery.door, name=name, exc_info=error)
    said = f"{type(error).__name__}: a fault in ingest, see its log; try again when it is mended"
    return said, await quarantine_input(runtime, delivery, RuntimeError(said))


class LeftOut:
    """Messages of which something was left out. A web feed brings the same ones at every look: they are kept once."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._numbers: dict[tuple[str, str], int] = {}
        """(feed, digest of items that cannot be read) -> number in QUARANTINE."""

    async def keep(self, delivery: Delivery, fault: Cause) -> int:
        """Keep a message, unless its feed brought the same unreadable items before; its number. Raises Unavailable."""
        if not isinstance(fault, Unparseable) or not fault.digest:
            return await quarantine_input(self._runtime, delivery, fault)
        known = (delivery.feed.name, fault.digest)
        if known not in self._numbers:
            self._numbers[known] = await quarantine_input(self._runtime, delivery, fault)
            if len(self._numbers) > MOST_LEFT_OUT:
                del self._numbers[next(iter(self._numbers))]
        return self._numbers[known]
