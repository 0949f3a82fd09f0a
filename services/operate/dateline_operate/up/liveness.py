"""When a running service is taken to hang. Pure: looks and times are passed in, times in seconds.

A slow machine is no reason: a service must have been silent for long and at many looks in a row, and no looks are made
while this process stands still itself.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from dateline_operate.up.vitals import Vitals

SILENT = 60.0
"""Seconds without an answer after which a service that has answered before is taken to hang."""
BEGINS = 600.0
"""The same for a service that has not answered yet: it may load a model or wait for its server."""
MISSED = 15
"""Looks in a row without an answer, at the least."""
STANDS = 600.0
"""Seconds after which a ready service is taken to hang that has events in work, finishes none and takes on none."""


class Pulse(Struct, frozen=True, kw_only=True):
    """What was seen of a running service since it was started."""

    answered: bool = False
    """Whether it ever did."""
    silent_since: float | None = None
    """First of the looks without an answer, up to now; None if it answered the last one."""
    missed: int = 0
    """How many these were."""
    handled: int = 0
    stands_since: float | None = None
    """Since when it has the same events in work, though nothing is wrong; None if it goes on."""
    hangs: str = ""
    """Why it is taken to hang; empty if it is not."""

    def looked(self, seen: Vitals, now: float) -> Pulse:
        """The state after one more look."""
        if not seen.answered:
            began = now if self.silent_since is None else self.silent_since
            silent = replace(self, silent_since=began, missed=self.missed + 1, stands_since=None)
            return replace(silent, hangs=silent._silence(now - began))
        goes_on = not (seen.ready and seen.in_work > 0 and self.answered and seen.handled == self.handled)
        if goes_on:
            return Pulse(answered=True, handled=seen.handled)
        stood = now if self.stands_since is None else self.stands_since
        hangs = f"stood still for {now - stood:.0f} s" if now - stood >= STANDS else ""
        return Pulse(answered=True, handled=seen.handled, stands_since=stood, hangs=hangs)

    def _silence(self, lasts: float) -> str:
        long = lasts >= (SILENT if self.answered else BEGINS) and self.missed >= MISSED
        return f"did not answer for {lasts:.0f} s" if long else ""
