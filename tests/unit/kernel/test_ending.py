"""Tasks end for good."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import suppress

import pytest

from dateline_kernel import ending
from dateline_kernel.ending import cancelled, endable, ended, rest
from dateline_kernel.testing import PATIENCE


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


async def test_work_that_rests_between_its_rounds_ends_though_its_cancellation_was_swallowed() -> None:
    """At its next rest, however long that would have been; nobody has to cancel it again."""

    async def rounds() -> None:
        while True:
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
            await rest(3600)

    task = asyncio.create_task(rounds())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task], timeout=PATIENCE)
    assert task.cancelled()


async def test_what_a_task_died_of_is_told() -> None:
    """Whoever ends it learns that it had ended, and why."""

    async def breaks() -> None:
        raise ValueError("a fault")

    task = asyncio.create_task(breaks())
    await asyncio.wait([task])
    assert str(await ended(task)) == "a fault"


@pytest.mark.parametrize("run", ["asyncio.run", "run_loop"])
def test_one_interrupt_ends_work_that_swallows_it(run: str) -> None:
    """As a command's does at Ctrl-C, in the middle of what a library waits for."""
    script = f"""
import asyncio, os, signal
from dateline_kernel.ending import endable
from dateline_kernel.loop import run_loop

# Tests in the background of a shell have it ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

async def stubborn():
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGINT)
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        pass
    await asyncio.Event().wait()

try:
    {run}(endable(stubborn()))
except KeyboardInterrupt:
    print("ended")
"""
    assert subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout == b"ended\n"


async def test_what_comes_of_work_that_can_be_ended_is_what_came_of_it() -> None:
    """Its result, or what it raised."""

    async def fails() -> None:
        raise ValueError("no")

    assert await endable(asyncio.sleep(0, "done")) == "done"
    with pytest.raises(ValueError, match="no"):
        await endable(fails())
