"""What a door that fetches has at hand: its feed, its secret, its place in the source, and the way into the log.

A door is an async function over a ``Room`` that runs until it is cancelled. It may be cancelled at any ``await`` and
started again on another machine, so it remembers its place only after what lies before it was taken in: a story may
be fetched twice, which the version rules see, but never skipped.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from structlog.typing import FilteringBoundLogger

from dateline_ingest.deliveries import Handover
from dateline_schemas.feeds import Feed


class DoorFault(Exception):
    """The source cannot be reached or read just now. The text says what happened and what to do; never a secret.

    The keeper tells of it, waits longer each time, and starts the door again.
    """


class Room(Protocol):
    """What the door of one feed works with."""

    @property
    def feed(self) -> Feed:
        """The feed as the bucket has it. When it changes, the door is stopped and started with the new one."""

    @property
    def log(self) -> FilteringBoundLogger:
        """Bound to feed and door."""

    def now(self) -> datetime:
        """The clock, UTC."""

    async def take(self, data: bytes, *, hint: str = "", url: str = "", name: str = "") -> Handover:
        """Take bytes in: on disk when this returns. ``name`` says which file or message it was, for logs.

        Input that cannot be read is quarantined, without a receipt: it is dealt with, go on. While the log does not
        answer it waits and tries again, for as long as it takes. Keeps to the feed's rate.
        """

    async def cursor(self) -> bytes:
        """What was remembered last; empty at first. Raises Unavailable."""

    async def remember(self, cursor: bytes) -> None:
        """Keep the door's place in its source, at most 512 kB. Waits while the log does not answer."""

    async def sealed(self) -> bytes:
        """What ``keep_sealed`` kept last; empty if nothing was. Raises Unavailable."""

    async def keep_sealed(self, data: bytes) -> None:
        """Keep a renewed token, sealed (``renewals.py``). Waits while the log does not answer."""

    def secret(self) -> str:
        """The feed's secret, read anew. Raises DoorFault naming the variable or file that is missing."""

    async def reached(self) -> None:
        """The source answered: the feed is not failing (any more)."""

    async def moved(self, url: str) -> None:
        """The source is at another address for good, which an operator should write in its entry; empty: it is back."""

    async def rest(self, seconds: float | None = None) -> None:
        """Wait for the next look: ``feed.every`` seconds if none are given."""


Door = Callable[[Room], Awaitable[None]]
"""Runs until cancelled. Raises DoorFault."""
