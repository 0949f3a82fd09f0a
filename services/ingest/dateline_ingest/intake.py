"""From bytes to durable events: read, keep the original, tell the version, append. The same for every door."""

from __future__ import annotations

from collections.abc import Sequence

from structlog.typing import FilteringBoundLogger

from dateline_ingest.arrivals import Arrivals
from dateline_ingest.deliveries import CAUSES, IMPORT, Admitted, Cause, Delivery, Refused, TakenIn, all_of
from dateline_ingest.feeds import Feeds
from dateline_ingest.formats import Parsed, Unparseable
from dateline_ingest.heard import Heard
from dateline_ingest.judging import believed, draft_of
from dateline_ingest.quarantining import LeftOut, quarantine_input
from dateline_ingest.reading import apart, read
from dateline_ingest.turns import Turns
from dateline_kernel.runtime import Runtime
from dateline_schemas.feeds import space_of
from dateline_schemas.identity import story_id
from dateline_schemas.pushes import Taken
from dateline_schemas.quarantine import Quarantined


class Intake:
    """Takes deliveries in, for a door."""

    def __init__(self, runtime: Runtime, heard: Heard | None = None) -> None:
        """``heard`` notes which feeds bring something; None in an operator's process, where nobody asks."""
        self._runtime = runtime
        self._arrivals = Arrivals(runtime)
        self._turns = Turns()
        self._heard = heard
        self._left_out = LeftOut(runtime)

    @property
    def log(self) -> FilteringBoundLogger:
        """The service's."""
        return self._runtime.log

    async def take_in(self, delivery: Delivery, parsed: Parsed | None = None, *, repeat: bool = False) -> TakenIn:
        """Take a delivery in, a bundle message by message; a receipt for each story that is taken.

        Each story is taken or left out by itself, so that a kill is never refused together with another story. Left out
        are items that cannot be read, stories from the future, stories that are too large, and updates of a story of
        which an event cannot be read. Then the message is kept in QUARANTINE as well, and ``refused`` says so.

        ``parsed``: what was read of the delivery before. ``repeat``: the log probably has it; looking there first costs
        less than a refused write. Versions of one story are taken in the order of the calls.

        If nothing can be taken, raises Refused for input that never can be (kept in QUARANTINE), or
        codec.UnreadableEvent. Raises Unavailable when the log does not answer.
        """
        try:
            parts = await apart(delivery)
        except CAUSES as error:
            raise Refused(error, await quarantine_input(self._runtime, delivery, error)) from error
        receipts: list[Taken] = []
        left_out: list[tuple[Delivery, Cause]] = []
        # One after the other, since a bundle may hold several versions of a story in their order.
        for part in [delivery] if parts is None else parts:
            admitted = await self.admit(part, parsed, repeat=repeat)
            receipts += admitted.receipts
            if admitted.fault is not None:
                left_out.append((part, _in_its_place(admitted.fault, part)))
        # The sender will not send it again if it can never be taken, or if others of the same delivery were taken.
        kept = [(part, fault) for part, fault in left_out if receipts or isinstance(fault, CAUSES)]
        refused = [Refused(fault, await self._left_out.keep(part, fault)) for part, fault in kept]
        if left_out and not receipts:
            first = left_out[0][1]
            raise refused[0] if isinstance(first, CAUSES) else first
        return TakenIn(tuple(receipts), tuple(refused))

    async def again(self, delivery: Delivery) -> list[Taken]:
        """Take in a delivery from QUARANTINE. What can be taken is taken, even if this raises for the rest.

        Raises CAUSES, codec.UnreadableEvent, Unavailable.
        """
        parts = await apart(delivery)
        admitted = all_of([await self.admit(part) for part in ([delivery] if parts is None else parts)])
        if admitted.fault is not None:
            raise admitted.fault
        return list(admitted.receipts)

    async def admit(self, delivery: Delivery, parsed: Parsed | None = None, *, repeat: bool = False) -> Admitted:
        """Take in what can be taken of one message; the rest is not put into QUARANTINE. Raises Unavailable."""
        runtime = self._runtime
        try:
            parsed = parsed or await read(delivery)
        except Unparseable as error:
            return Admitted(fault=error)
        stories, fault = believed(parsed, runtime.now())
        if not stories:
            return Admitted(fault=fault)
        space = space_of(delivery.feed)
        named = [(story_id(space, story.guid), story, entry, flags) for story, entry, flags in stories]
        async with self._turns.of(name for name, *_ in named):
            original = await runtime.originals.keep(delivery.data, repeat=repeat)
            drafts = [draft_of(delivery, parsed.format, original, *one) for one in named]
            written = await self._arrivals.write(drafts, repeat=repeat, came=delivery.came)
        admitted = all_of([written, Admitted(fault=fault)])
        _tell(runtime, delivery, admitted.receipts)
        brought = delivery.door != IMPORT and not all(receipt.duplicate for receipt in admitted.receipts)
        if self._heard is not None and brought:
            self._heard.note(delivery.feed.name, runtime.now())
        return admitted


def _in_its_place(fault: Cause, part: Delivery) -> Cause:
    return fault.of(part.part) if part.part and isinstance(fault, Unparseable) else fault


def _tell(runtime: Runtime, delivery: Delivery, receipts: Sequence[Taken]) -> None:
    for receipt in receipts:
        runtime.log.info(
            "taken in",
            feed=delivery.feed.name,
            door=delivery.door,
            story=receipt.story_id,
            version=receipt.version,
            standing=receipt.standing,
            duplicate=receipt.duplicate,
            event_id=receipt.event_id,
            correlation=receipt.event_id,
        )


async def retake(runtime: Runtime, what: Quarantined) -> str:
    """Take refused input in again, under the rules of today; says what came of it.

    It stays in quarantine where it raises: CAUSES if it is refused again, codec.UnreadableEvent if it cannot be judged
    yet, Unavailable.
    """
    data = await runtime.originals.get(what.original)
    feed = await Feeds(runtime).by_name(what.feed)
    # What an import brought stays copy of an archive: a retry must not release it.
    archive = what.door == IMPORT
    delivery = Delivery(
        feed=feed, door=what.door, data=data, hint=what.format, url=what.url, archive=archive, came=what.at
    )
    receipts = await Intake(runtime).again(delivery)
    return ", ".join(f"{receipt.story_id} version {receipt.version}" for receipt in receipts)
