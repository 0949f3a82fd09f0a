"""Who asks after the kill of one story is not told that all is well where there is no such kill, on a real server."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime

import pytest
from exitcodes import ended
from stories import guid, received

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.testing import PATIENCE, provisioned, real_server
from dateline_publish.lifecycle import decide
from dateline_schemas.events import Recorded
from dateline_schemas.identity import stamp, story_id


def asked(server: EmbeddedServer, name: str, wait: float = 0.0) -> int:
    """The exit code of `dateline kills ID`."""
    return ended("kills", story_id("test", name), "--wait", f"{wait:g}", "--nats", server.url)


async def killed(server: EmbeddedServer, name: str) -> None:
    """The log has the kill of a story."""
    heard, now = received(name, pubstatus="canceled"), datetime.now(UTC)
    async with provisioned(server) as client:
        await Journal(client, "publish").append(
            [stamp(decide([Recorded(heard, 1, now)], now).says[0].event, heard, "test")]
        )


def test_a_kill_that_is_not_in_the_log_is_waited_for_and_else_told(capfd: pytest.CaptureFixture[str]) -> None:
    """It may be on its way; or the id is mistyped, and its outlets have not taken anything."""
    name = guid()
    with real_server() as server:
        asyncio.run(killed(server, guid()))
        assert asked(server, name) == 1
        assert f"the log has no kill of story {story_id('test', name)}" in capfd.readouterr().err
        comes = threading.Timer(0.5, lambda: asyncio.run(killed(server, name)))
        comes.start()
        assert asked(server, name, PATIENCE) == 0
        comes.join()
