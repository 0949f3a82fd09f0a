"""Whose turn it is: work on the same thing is done in the order in which it was asked for, other work at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable


class Turns:
    """The queues of one process, by key. Nothing is kept of a key that nobody works on."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Future[None]] = {}

    def of(self, keys: Iterable[str]) -> Turn:
        """Hold these keys for the length of an ``async with`` block, when all who asked before are done."""
        return Turn(self._last, frozenset(keys))


class Turn:
    """One turn, for its keys; its place in the queues is that of the moment in which the block is entered."""

    __slots__ = ("_keys", "_last", "_mine")

    def __init__(self, last: dict[str, asyncio.Future[None]], keys: frozenset[str]) -> None:
        self._last = last
        self._keys = keys
        self._mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> None:
        held = self._last.keys() & self._keys
        before = [self._last[key] for key in held] if held else ()
        self._last.update(dict.fromkeys(self._keys, self._mine))
        if before:
            try:
                await asyncio.wait(before)
            except BaseException:
                # Who asked after this one waits for those before it, too.
                asyncio.gather(*before).add_done_callback(self._end)
                raise

    async def __aexit__(self, *_: object) -> None:
        self._end()

    def _end(self, _: object = None) -> None:
        self._mine.set_result(None)
        for key in self._keys:
            if self._last.get(key) is self._mine:
                del self._last[key]
