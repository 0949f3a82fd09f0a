"""Whether writes go wrong for some time now. Pure: the caller has the clock."""

from __future__ import annotations

from msgspec import Struct

LASTING = 3.0
"""Seconds without a write that succeeds, from which writes are said to fail: a restart of the server takes less."""
FORGOTTEN = 15.0
"""Seconds after which a failure says nothing of now: somebody has to write again to find out."""


class Failing(Struct):
    """Whether writes go wrong for some time now: not only once, and not long ago. Times in seconds."""

    since: float = 0.0
    last: float = 0.0
    why: str = ""

    def failed(self, now: float, why: str) -> None:
        """A write got no answer, or was not taken for a reason that is not the writer's."""
        if not self.why or now - self.last > FORGOTTEN:
            self.since = now
        self.last, self.why = now, why

    def succeeded(self) -> None:
        """A write is on disk."""
        self.why = ""

    def said(self, now: float) -> str:
        """What is wrong; empty when nothing is, or nothing is known of it any more."""
        lasting = self.why and self.last - self.since >= LASTING and now - self.last <= FORGOTTEN
        return self.why if lasting else ""
