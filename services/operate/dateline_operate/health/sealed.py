"""What the server remembers of the log: the seal of its last backup, or of its damage that somebody has accepted since.

A log that does not match it has lost or changed something. Without it a log whose end is gone looks whole, and its next
backup would be kept in place of the good ones.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec
from msgspec import Struct

from dateline_kernel.agreement import agreed
from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Unavailable
from dateline_kernel.jetstreamapi import stream_info
from dateline_kernel.quickclient import QuickClient
from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_operate.health.accepting import Acceptance, Accepted
from dateline_operate.health.logcheck import Seal, seal_of
from dateline_schemas.subjects import STORIES, UPKEEP


class LostEnd(Struct, frozen=True):
    """A log that ends before what it was sealed to."""

    last: int
    """Sequence of its newest event; 0 for none."""
    sealed: int
    """Sequence up to which it was there when it was backed up, or damage was accepted."""

    do = "end all services; put a backup back (docs/monitoring.md)"

    def __str__(self) -> str:
        return f"the log ends at {self.last:,}, and was sealed at {self.sealed:,}: its end is lost"


class Sealed(Struct, frozen=True):
    """What is known of the log by who reads it."""

    seal: Seal | None = None
    """None where there is neither a backup nor anything accepted, or nobody knows."""
    accepted: Accepted = {}
    unknown: str = ""
    """Why nobody does, as where a login was made before this was asked for."""

    def accepted_beside(self, brought: Seal | None) -> Accepted:
        """What is accepted where somebody brings a seal: that the log must match it is not for the server to excuse."""
        return {one: by for one, by in self.accepted.items() if brought is None or brought.short not in one.said}

    def gone(self, messages: int, last: int) -> int:
        """How many events are gone from amid a log that has so many, beyond what is accepted: nobody deletes any."""
        return max(0, last - messages - sum(one.gone for one in self.accepted))

    def tell(self) -> None:
        """Say on standard error that nothing was compared, if that is so."""
        if self.unknown:
            note(f"the log is not compared with the last backup: {self.unknown}")


async def sealed(client: QuickClient) -> Sealed:
    """What the log must be. Raises nothing: all else can be done without it."""
    try:
        return await remembered(client)
    except Unavailable as error:
        client.do_without()
        return Sealed(unknown=str(error))


async def remembered(client: QuickClient) -> Sealed:
    """What the server remembers; of several seals the one that was noted last. Raises Unavailable."""
    if await stream_info(client, f"KV_{UPKEEP.name}") is None:
        return Sealed()  # as of services that are older than the bucket
    seal: Seal | None = None
    accepted: Accepted = {}
    notes = await DirectReader(client).entries(UPKEEP.name)
    for message in sorted(notes, key=lambda one: int((one.headers or {})["Nats-Sequence"])):
        with suppress(msgspec.DecodeError, Failure):  # somebody else wrote there
            one = msgspec.json.decode(message.data, type=Acceptance)
            before, seal = seal, seal_of(one.seal)
            if before and seal.seq < before.seq:
                # The log was begun again from there: other events stand behind it now.
                accepted = {fault: by for fault, by in accepted.items() if fault.seq <= seal.seq}
            accepted |= one.known()
    return Sealed(seal, accepted)


async def lost_end(client: QuickClient, seal: Seal | None, seen: int) -> LostEnd | None:
    """What a log has lost that was ``seen`` to go to that event; None if nothing that shows unread. Raises Unavailable.

    Where it seems so the log is asked again: it has grown since, or a copy was seen that lags.
    """
    if seal is None or seal.seq <= seen:
        return None
    last = (await agreed(client)).last
    return LostEnd(last, seal.seq) if last < seal.seq else None


async def end_missing(client: QuickClient) -> LostEnd | None:
    """What the log has lost of its end, by what the server remembers. Raises Unavailable."""
    known, there = await remembered(client), await stream_info(client, STORIES.name)
    return await lost_end(client, known.seal, there.state.last_seq if there else 0)
