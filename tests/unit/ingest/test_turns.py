"""Whose turn it is: work on one thing in the order in which it was asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from dateline_ingest.turns import Turns


class Work:
    """Pieces of work that go on until they are told to end; ``at`` lists which are at it."""

    def __init__(self) -> None:
        self._turns = Turns()
        self._ends: dict[str, asyncio.Event] = {}
        self.at: list[str] = []

    async def begin(self, name: str, keys: Iterable[str]) -> asyncio.Task[None]:
        """Ask for a turn; it has its place in the row when this returns."""
        self._ends[name] = asyncio.Event()
        task = asyncio.create_task(self._go(name, keys))
        await settled()
        return task

    async def _go(self, name: str, keys: Iterable[str]) -> None:
        async with self._turns.of(keys):
            self.at.append(name)
            await self._ends[name].wait()
            self.at.remove(name)

    async def end(self, name: str) -> None:
        self._ends[name].set()
        await settled()


async def settled() -> None:
    """Until every task that can go on has gone on; nothing here waits for anything outside the loop."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_work_on_one_thing_is_done_in_the_order_in_which_it_was_asked_for() -> None:
    """One piece at a time."""
    work = Work()
    tasks = [await work.begin(name, "k") for name in ("first", "second", "third")]
    seen = [list(work.at)]
    for name in ("first", "second"):
        await work.end(name)
        seen.append(list(work.at))
    await work.end("third")
    await asyncio.gather(*tasks)
    assert seen == [["first"], ["second"], ["third"]]


async def test_work_on_other_things_does_not_wait() -> None:
    """Only the same thing has a row."""
    work = Work()
    tasks = [await work.begin("first", "k"), await work.begin("other", "x")]
    assert work.at == ["first", "other"]
    for name in ("first", "other"):
        await work.end(name)
    await asyncio.gather(*tasks)


async def test_who_has_several_things_in_work_waits_for_all_of_them() -> None:
    """A message may hold several stories."""
    work = Work()
    tasks = [await work.begin("k", "k"), await work.begin("x", "x"), await work.begin("both", "kx")]
    await work.end("k")
    assert work.at == ["x"]
    await work.end("x")
    assert work.at == ["both"]
    await work.end("both")
    await asyncio.gather(*tasks)


async def test_who_gives_up_waiting_lets_nobody_overtake_those_before_it() -> None:
    """A door may be stopped while it waits."""
    work = Work()
    first, gone, third = [await work.begin(name, "k") for name in ("first", "gone", "third")]
    gone.cancel()
    await asyncio.wait([gone])
    late = await work.begin("late", "k")
    assert gone.cancelled()
    assert work.at == ["first"]
    await work.end("first")
    assert work.at == ["third"]
    await work.end("third")
    assert work.at == ["late"]
    await work.end("late")
    await asyncio.gather(first, third, late)


async def test_the_last_one_to_give_up_waiting_lets_nobody_overtake_either() -> None:
    """Who asks after that waits for the work that is still going on."""
    work = Work()
    first, gone = [await work.begin(name, "k") for name in ("first", "gone")]
    gone.cancel()
    await asyncio.wait([gone])
    late = await work.begin("late", "k")
    assert work.at == ["first"]
    await work.end("first")
    assert work.at == ["late"]
    await work.end("late")
    await asyncio.gather(first, late)
