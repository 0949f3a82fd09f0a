"""Tasks end for good."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from dateline_kernel import ending
from dateline_kernel.ending import cancelled, ended


async def test_a_task_that_swallows_its_cancellation_is_cancelled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once and once more: it does not go on for ever, and nobody waits for it for ever."""
    monkeypatch.setattr(ending, "AGAIN", 0.01)
    swallowed = 0

    async def stubborn() -> None:
        nonlocal swallowed
        for _ in range(2):
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
            swallowed += 1
        await asyncio.Event().wait()

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    assert await ended(task) is None
    assert (swallowed, task.cancelled()) == (2, True)


async def test_a_loop_can_tell_that_it_was_asked_to_end() -> None:
    """Although what it called has caught that."""

    async def rounds() -> int:
        count = 0
        while not cancelled():
            count += 1
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
        return count

    task = asyncio.create_task(rounds())
    await asyncio.sleep(0)
    assert await ended(task) is None
    assert task.result() == 1


async def test_what_a_task_died_of_is_told() -> None:
    """Whoever ends it learns that it had ended, and why."""

    async def breaks() -> None:
        raise ValueError("a fault")

    task = asyncio.create_task(breaks())
    await asyncio.wait([task])
    assert str(await ended(task)) == "a fault"
