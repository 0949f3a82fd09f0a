"""The seal of the last backup, which the server remembers. A log that does not match it has lost or changed something.

Without it a log whose end is gone looks whole, and its next backup would be kept in place of the good ones.
"""

from __future__ import annotations

from msgspec import Struct

from dateline_kernel.agreement import agreed
from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Unavailable
from dateline_kernel.jetstreamapi import stream_info
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.upkeep import last_backup
from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_operate.health.logcheck import Seal, seal_of
from dateline_schemas.subjects import UPKEEP


class LostEnd(Struct, frozen=True):
    """A log that ends before the last backup does."""

    last: int
    """Sequence of its newest event; 0 for none."""
    sealed: int
    """Sequence up to which the backup has it."""


class Sealed(Struct, frozen=True):
    """What is known of the last backup by who reads the log."""

    seal: Seal | None = None
    """None where there is no such backup, or nobody knows."""
    unknown: str = ""
    """Why nobody does, as where a login was made before this was asked for."""

    def tell(self) -> None:
        """Say on standard error that nothing was compared, if that is so."""
        if self.unknown:
            note(f"the log is not compared with the last backup: {self.unknown}")


async def sealed_by_backup(client: QuickClient) -> Sealed:
    """What the log must be. Raises nothing: all else can be done without it."""
    try:
        return Sealed(await _last_seal(client))
    except Unavailable as error:
        client.do_without()
        return Sealed(unknown=str(error))


async def lost_end(client: QuickClient, seen: int) -> LostEnd | None:
    """What a log has lost that was ``seen`` to go to that event; None if nothing that shows unread. Raises Unavailable.

    Where it seems so the log is asked again: it has grown since, or a copy was seen that lags.
    """
    seal = await _last_seal(client)
    if seal is None or seal.seq <= seen:
        return None
    last = (await agreed(client)).last
    return LostEnd(last, seal.seq) if last < seal.seq else None


async def _last_seal(client: QuickClient) -> Seal | None:
    if await stream_info(client, f"KV_{UPKEEP.name}") is None:
        return None  # as of services that are older than the bucket
    last = await last_backup(DirectReader(client))
    try:
        return seal_of(last.seal) if last else None
    except Failure:
        return None  # somebody else wrote there
