"""Ending a task for good: a library may swallow a cancellation."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

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


async def endable(work: Coroutine[Any, Any, T]) -> T:
    """What comes of a work that ends when it is cancelled, as by Ctrl-C, also if a library swallows that.

    It is cancelled again while it ends, so that what it does then must be a matter of moments.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.wait([task])
    except asyncio.CancelledError:
        await ended(task)
        raise
    return task.result()


async def rest(seconds: float) -> None:
    """Sleep between two rounds of work without an end. Ends the task if it was asked to end and a library swallowed it.

    Raises CancelledError then, and as any sleep does.
    """
    if cancelled():
        raise asyncio.CancelledError
    await asyncio.sleep(seconds)


def cancelled() -> bool:
    """Whether the current task was asked to end, even if a library swallowed that: for loops without an end."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
