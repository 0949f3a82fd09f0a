"""What a service does in the background: begun with it, cancelled and awaited at its end; /readyz shows how it is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

from dateline_kernel.runtime import Runtime

Work = Callable[[Runtime], Awaitable[None]]
"""Runs until it is cancelled. One that ends by itself, well or not, makes its service not ready."""

AGAIN = 6.0
"""Seconds between two cancellations of a work that does not end: more than any work takes to end in order."""


class Background:
    """The background tasks of one running service, by name."""

    def __init__(self, runtime: Runtime, works: Mapping[str, Work]) -> None:
        self._runtime = runtime
        self._works = works
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._stopping = False
        self.checks: dict[str, str] = {}
        """For /readyz: ``ok`` for each work that is under way, else what ended it."""

    def start(self) -> None:
        """Start them all."""
        for name, work in self._works.items():
            self.checks[name] = "ok"
            self._tasks[name] = asyncio.create_task(self._run(name, work), name=name)

    async def _run(self, name: str, work: Work) -> None:
        try:
            await work(self._runtime)
        except Exception as error:
            self.checks[name] = f"ended: {type(error).__name__}: {error}"
            self._runtime.log.error("work ended", work=name, exc_info=error)
        except asyncio.CancelledError:
            if self._stopping:
                raise
            # A library cancelled what it waited for itself, and nobody caught it.
            self.checks[name] = "ended: cancelled by something in it"
            self._runtime.log.error("work ended", work=name, reason=self.checks[name])
        else:
            self.checks[name] = "ended by itself"
            self._runtime.log.error("work ended", work=name)

    async def stop(self) -> None:
        """Cancel them, and wait for them as long as the settings allow what is in work."""
        self._stopping = True
        left = set(self._tasks.values())
        deadline = time.monotonic() + self._runtime.settings.drain_timeout
        while left and time.monotonic() < deadline:
            # Again and again: a library may swallow a cancellation that comes together with what it waited for.
            for task in left:
                task.cancel()
            _, left = await asyncio.wait(left, timeout=AGAIN)
        for task in left:
            self._runtime.log.error("work does not end", work=task.get_name())
