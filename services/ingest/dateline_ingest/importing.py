"""Copy of an archive, taken in as it was sent: what ``dateline import`` calls, in the operator's process.

Straight to the log and not by the HTTP door, for four reasons: the operator has no key of a feed that is fetched; a
paused feed can be filled; the live feed's rate stays its own; and no push could say when an undated story was made,
which only who reads the archive's times knows. ``dateline quarantine retry`` goes the same way with the same rights.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from dateline_ingest.deliveries import IMPORT, Delivery, Refused
from dateline_ingest.formats import Parsed, Unparseable
from dateline_ingest.intake import Intake
from dateline_ingest.quarantining import keep_fault, quarantine_input
from dateline_ingest.reading import read
from dateline_kernel.errors import KernelError
from dateline_kernel.runtime import Runtime
from dateline_schemas.feeds import Feed, space_of
from dateline_schemas.identity import story_id
from dateline_schemas.pushes import Taken


class Prepared(Struct, frozen=True, kw_only=True):
    """A message that was read, or cannot be."""

    delivery: Delivery
    parsed: Parsed | Unparseable
    stories: tuple[str, ...] = ()
    """Ids of its stories: messages that have one in common are to be settled one after the other."""


class Imported(Struct, frozen=True, kw_only=True):
    """What became of a message. It is on disk."""

    format: str = ""
    receipts: tuple[Taken, ...] = ()
    problem: str = ""
    """Why it, or something of it, could not be taken."""
    quarantine: int = 0
    """Number under which it is kept then."""


class Importer:
    """Imports into one feed: for the record, or with ``release`` as if it came in now."""

    def __init__(self, runtime: Runtime, feed: Feed, *, release: bool = False) -> None:
        self._runtime = runtime
        self._feed = feed
        self._release = release
        self._intake = Intake(runtime)
        self._repeats = False
        """Whether the last message was known: then the next one probably is, too."""

    async def prepare(self, data: bytes, *, hint: str = "", dated: datetime | None = None) -> Prepared:
        """Read a message. ``dated`` counts for stories that do not say when they were made."""
        delivery = Delivery(feed=self._feed, door=IMPORT, data=data, hint=hint, dated=dated, archive=not self._release)
        try:
            parsed = await read(delivery)
        except Unparseable as fault:
            return Prepared(delivery=delivery, parsed=fault)
        stories = tuple(sorted({story_id(space_of(self._feed), story.guid) for story in parsed.stories}))
        return Prepared(delivery=delivery, parsed=parsed, stories=stories)

    async def settle(self, prepared: Prepared) -> Imported:
        """Take it in, or put it into quarantine. Raises Unavailable."""
        delivery, parsed = prepared.delivery, prepared.parsed
        if isinstance(parsed, Unparseable):
            return Imported(problem=str(parsed), quarantine=await quarantine_input(self._runtime, delivery, parsed))
        try:
            came = await self._intake.take_in(delivery, parsed, repeat=self._repeats)
        except Refused as refused:
            return Imported(format=parsed.format, problem=str(refused), quarantine=refused.number)
        except KernelError:
            raise
        except Exception as error:
            said, number = await keep_fault(self._runtime, delivery, error)
            return Imported(format=parsed.format, problem=said, quarantine=number)
        self._repeats = all(receipt.duplicate for receipt in came.receipts)
        first = next(iter(came.refused), None)
        return Imported(
            format=parsed.format,
            receipts=came.receipts,
            problem=str(first) if first else "",
            quarantine=first.number if first else 0,
        )
