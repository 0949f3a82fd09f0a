"""What comes in by a door, and what the door is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dateline_ingest.clocks import ClockAhead
from dateline_ingest.formats import Unparseable
from dateline_kernel.errors import TooLarge
from dateline_schemas.codec import UnreadableEvent
from dateline_schemas.feeds import Feed
from dateline_schemas.pushes import Taken

IMPORT = "import"
"""Door of copy that an operator brings in from an archive: it does not mean that the feed was heard."""

CAUSES = (Unparseable, ClockAhead, TooLarge)
"""Why input cannot be taken, however often it is sent."""
Cause = Unparseable | ClockAhead | TooLarge | UnreadableEvent
"""UnreadableEvent only if other stories of the delivery were taken, so that the sender will not send it again."""


class Delivery(Struct, frozen=True, kw_only=True, gc=False):
    """Bytes that came in by a door."""

    feed: Feed
    door: str
    data: bytes
    hint: str = ""
    """Media type or format name that the sender states."""
    url: str = ""
    """Where the bytes came from, for pages that do not say."""
    part: str = ""
    """Its name in the bundle that it came in."""
    dated: datetime | None = None
    """UTC; time of creation for stories that state none. Known for files of an archive only."""
    archive: bool = False
    """Old copy, for the record: publish does not release it."""
    came: datetime | None = None
    """UTC; when it first came, if it was refused then and is tried again. None: it comes now."""


class Admitted(Struct, frozen=True, gc=False):
    """What became of the stories of one message: each is taken or left out by itself."""

    receipts: tuple[Taken, ...] = ()
    fault: Cause | None = None
    """Why the first of those that were left out was; None if all were taken."""


def all_of(parts: Sequence[Admitted]) -> Admitted:
    """The same of several messages together. Pure."""
    fault = next((part.fault for part in parts if part.fault is not None), None)
    return Admitted(tuple(receipt for part in parts for receipt in part.receipts), fault)


class TakenIn(Struct, frozen=True, gc=False):
    """What became of a delivery of which something was taken. It is on disk."""

    receipts: tuple[Taken, ...]
    refused: tuple[Refused, ...] = ()
    """One for each message (of a bundle) of which something was left out."""


class Handover(Struct, frozen=True, gc=False):
    """What became of a message that a door handed over. All of it is on disk when a door hears of it."""

    receipts: tuple[Taken, ...] = ()
    refused: str = ""
    """Why it went to quarantine; empty if it did not."""
    wall: str = ""
    """What came in place of a message, such as ``a log-in page``; empty if nothing did."""


class Refused(Exception):
    """The input cannot be taken; it stands in quarantine under ``number``."""

    def __init__(self, cause: Cause, number: int) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.number = number
