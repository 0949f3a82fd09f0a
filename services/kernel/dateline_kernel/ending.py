"""Ending a task for good: a library may swallow a cancellation."""

from __future__ import annotations

import asyncio
from typing import Any

AGAIN = 0.5
"""Seconds after which a task that goes on is cancelled once more."""


async def ended(task: asyncio.Task[Any]) -> BaseException | None:
    """Cancel a task and wait for its end; what it died of, if not of that.

    Before Python 3.12 ``wait_for``, which nats-py asks with, swallows a cancellation that comes with the answer: what
    is cancelled once may go on for ever.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=AGAIN)
    return None if task.cancelled() else task.exception()


def cancelled() -> bool:
    """Whether the current task was asked to end, even if a library swallowed that: for loops without an end."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
