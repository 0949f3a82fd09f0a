"""When to start a process again that ended, and when a running service counts as hanging. Pure.

Looks and times are passed in, times in seconds. A slow machine is no reason to hang: the service must have been silent
for long and at many looks in a row, and no looks are made while this process itself stands still.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from dateline_operate.up.vitals import Vitals

SILENT = 60.0
"""Seconds without an answer after which a service that has answered before counts as hanging."""
BEGINS = 600.0
"""The same for a service that has not answered yet: it may load a model or wait for its server."""
MISSED = 15
"""Least number of looks in a row without an answer."""
STANDS = 600.0
"""Seconds in which a ready service with events in work neither finishes nor takes one: then it counts as hanging."""
FIRST = 0.2
LONGEST = 10.0
STEADY = 30.0
"""Seconds after which a run counts as steady: the next pause is the shortest again."""


class Pulse(Struct, frozen=True, kw_only=True):
    """What was seen of a service since it was started."""

    answered: bool = False
    """Whether it has ever answered."""
    silent_since: float | None = None
    """Time of the first of the looks in a row without an answer; None if it answered the last one."""
    missed: int = 0
    """Number of these looks."""
    handled: int = 0
    stands_since: float | None = None
    """Since when it has the same events in work, though nothing is wrong; None if it goes on."""
    hangs: str = ""
    """Why it counts as hanging; empty if it does not."""

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


class Backoff(Struct, frozen=True, kw_only=True):
    """Pauses that double from one end to the next, up to a limit."""

    failures: int = 0
    """How often in a row it ended without a steady run before."""
    restarts: int = 0
    """Starts after the first one."""
    started_at: float | None = None
    """When it was started; None while it waits."""
    due_at: float = 0.0
    """When to start it, while it waits."""

    @property
    def running(self) -> bool:
        """Whether it was started and has not been seen to end."""
        return self.started_at is not None

    def started(self, now: float) -> Backoff:
        """The state once it has been started."""
        again = self.restarts + 1 if self.failures else self.restarts
        return replace(self, started_at=now, restarts=again)

    def ended(self, now: float) -> Backoff:
        """The state once it has ended without being asked to."""
        steady = self.started_at is not None and now - self.started_at >= STEADY
        failures = 1 if steady else self.failures + 1
        return replace(self, failures=failures, started_at=None, due_at=now + pause(failures))

    def due(self, now: float) -> bool:
        """Whether it is time to start it."""
        return not self.running and now >= self.due_at


def pause(failures: int) -> float:
    """Seconds to wait after so many ends in a row."""
    return min(LONGEST, FIRST * 2.0 ** min(max(0, failures - 1), 16))
