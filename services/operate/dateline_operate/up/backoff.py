"""When to start a process again that ended. Pure: the time is passed in, in seconds."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

FIRST = 0.2
LONGEST = 10.0
STEADY = 30.0
"""Seconds after which a run counts as steady: the next pause is the shortest again."""


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
