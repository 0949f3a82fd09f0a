"""What a service does in the background: what /readyz says of them, and how they end."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
import structlog

from dateline_kernel.background import Background
from dateline_kernel.errors import NotAllowed
from dateline_kernel.runtime import Runtime
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings


def runtime() -> Runtime:
    """As much of a runtime as works in the background need."""
    log = structlog.wrap_logger(None, processors=[structlog.testing.LogCapture()])
    return cast(Runtime, SimpleNamespace(settings=SimpleNamespace(drain_timeout=5.0), log=log))


async def test_a_work_that_ends_shows_however_it_ended() -> None:
    """By itself, by a fault, or cancelled by something in it."""

    async def quiet(_: Any) -> None:
        return

    async def broken(_: Any) -> None:
        raise ValueError("a fault")

    async def dropped(_: Any) -> None:
        raise asyncio.CancelledError

    async def sound(_: Any) -> None:
        await asyncio.Event().wait()

    background = Background(runtime(), {"quiet": quiet, "broken": broken, "dropped": dropped, "sound": sound})
    background.start()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert background.checks.pop("sound") == "ok"
    assert all(state.startswith("ended") for state in background.checks.values())
    await background.stop()


async def test_a_work_has_time_to_end_in_order() -> None:
    """It is cancelled, and awaited until it has put away what it holds."""
    ended: list[str] = []

    async def work(_: Any) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            for _turn in range(5):
                await asyncio.sleep(0)
            ended.append("in order")

    background = Background(runtime(), {"work": work})
    background.start()
    await asyncio.sleep(0)
    await background.stop()
    assert ended == ["in order"]
    assert background.checks == {"work": "ok"}


def test_a_work_cannot_hide_another_check() -> None:
    """A service that is not connected would be called ready by a work named as the check of the connection."""

    async def work(_: Any) -> None:
        await asyncio.Event().wait()

    for name in ("nats", "log", "writes", "twice"):
        service = Service("attribution", ServiceSettings()).background("twice", work)
        with pytest.raises(NotAllowed, match=name):
            service.background(name, work)
