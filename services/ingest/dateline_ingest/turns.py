"""Whose turn it is: work on the same thing is done in the order in which it was asked for, other work at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager


class Turns:
    """The queues of one process, by key. Nothing is kept of a key that nobody works on."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Future[None]] = {}

    @asynccontextmanager
    async def of(self, keys: Iterable[str]) -> AsyncIterator[None]:
        """Hold these keys for the length of the block, when all who asked for one of them before are done."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        wanted = set(keys)
        before = {self._last[key] for key in wanted if key in self._last}
        self._last.update(dict.fromkeys(wanted, mine))
        try:
            if before:
                await asyncio.wait(before)
            yield
        finally:
            mine.set_result(None)
            for key in wanted:
                if self._last.get(key) is mine:
                    del self._last[key]
