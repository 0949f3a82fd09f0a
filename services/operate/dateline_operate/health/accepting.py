"""Damage that somebody has accepted, as nothing brings back what is gone. What is damaged later is new (ADR 53)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct

from dateline_kernel.clock import LONG_AGO
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.upkeep import note
from dateline_operate.health.logcheck import Fault, Kind

MENDED: frozenset[Kind] = frozenset(("topic",))
"""What nobody can accept: the log has it, publish says it again, and it may be a kill."""
TOGETHER = 500
"""Most faults in one note: a server takes messages of a megabyte, and a fault may have 300 signs of four bytes."""


class Known(Struct, frozen=True, kw_only=True):
    """A fault that is known, and who has accepted it."""

    fault: Fault
    by: str
    reason: str
    at: datetime

    @property
    def said(self) -> str:
        """Who has accepted it and why, for people."""
        return f"accepted by {self.by}: {self.reason}"


Accepted = dict[Fault, Known]
"""The faults that are known."""


class Acceptance(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What stands in UPKEEP, each under a key of its own. The note of a backup reads as one of no faults."""

    seal: str
    """Of the log as it was then, which it must match from then on."""
    by: str = ""
    reason: str = ""
    at: datetime = LONG_AGO
    faults: tuple[Fault, ...] = ()

    def known(self) -> Accepted:
        """Its faults."""
        return {one: Known(fault=one, by=self.by, reason=self.reason, at=self.at) for one in self.faults}


async def accept(client: QuickClient, faults: Sequence[Fault], seal: str, *, by: str, reason: str) -> Accepted:
    """Note that these faults are known, and the log what it is now.

    Raises Unavailable, also where the login may not.
    """
    now = datetime.now(UTC)
    lasting = tuple(fault for fault in faults if fault.kind not in MENDED)
    accepted: Accepted = {}
    for at in range(0, len(lasting), TOGETHER):
        one = Acceptance(seal=seal, by=by, reason=reason, at=now, faults=lasting[at : at + TOGETHER])
        await note(client, f"accepted.{now:%Y%m%dT%H%M%S%f}.{at}", one)
        accepted |= one.known()
    return accepted
