"""The stack of ``dateline up``: a real message server, looked after."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from stories import feed, guid

from dateline_kernel.connection import reachable
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.testing import PATIENCE, eventually
from dateline_operate.link import connected_to
from dateline_operate.up.board import Board
from dateline_operate.up.room import AGAIN
from dateline_operate.up.stack import Plan, Stack
from dateline_operate.up.supervisor import ending
from dateline_schemas.events import StoryReleased
from dateline_schemas.identity import story_id


class Disk:
    """A disk whose room the test decides about."""

    def __init__(self) -> None:
        self.free = AGAIN

    def __call__(self, folder: Path) -> int:
        return self.free


@pytest.fixture
def disk() -> Disk:
    """With room."""
    return Disk()


@pytest.fixture
async def stack(tmp_path: Path, disk: Disk) -> AsyncIterator[Stack]:
    """A server without services."""
    running = Stack(Plan(data=tmp_path, services=()), free=disk)
    await running.start()
    try:
        yield running
    finally:
        await running.stop()


async def until_back(stack: Stack, before: int | None) -> None:
    """Tend until the server runs as another process, and answers."""

    async def other() -> bool:
        await stack.tend()
        return stack.where().nats_pid not in (None, before)

    await eventually(other)
    await reachable(stack.nats_url, PATIENCE)


async def test_the_server_is_started_again_when_there_is_room_again(stack: Stack, disk: Disk) -> None:
    """It gives streams up when the disk is full, and would not come back to them by itself."""
    before = stack.where().nats_pid
    disk.free = 0
    await stack.tend()
    assert stack.room.full
    assert stack.where().nats_pid == before
    disk.free = AGAIN
    await until_back(stack, before)
    assert not stack.room.full


async def test_how_a_server_ended_is_known(stack: Stack, tmp_path: Path) -> None:
    """Until it is back. Where things are is written down again if somebody has taken the file away."""
    (tmp_path / "up.json").unlink()
    await stack.tend()
    assert (tmp_path / "up.json").exists()
    before = stack.where().nats_pid
    assert before is not None
    os.kill(before, signal.SIGKILL)

    async def noticed() -> str:
        await stack.tend()
        return stack.server.fault if stack.server else ""

    assert await eventually(noticed) == "ended by SIGKILL"
    await until_back(stack, before)
    assert stack.server is not None
    assert (stack.server.fault, stack.server.ending) == ("", "ended by SIGKILL")


async def test_a_server_left_behind_is_replaced_without_any_note_of_up(stack: Stack, tmp_path: Path) -> None:
    """Two servers on one store would harm it; the file that says where things are may be lost with a full disk."""
    left = stack.where().nats_pid
    (tmp_path / "up.json").unlink()
    other = Stack(Plan(data=tmp_path, services=()))

    def ended() -> bool:
        return stack.server is not None and stack.server.server.pid is None

    # It is a child of this process: until somebody asks how it ended it counts as one that runs.
    asking = asyncio.create_task(eventually(ended))
    try:
        await other.start()
        assert other.where().nats_pid not in (None, left)
        await asking
    finally:
        await other.stop()


def test_the_last_line_of_a_log_says_why_a_process_ended_by_itself() -> None:
    """Of one that was killed it says nothing."""
    assert ending(-9, ["handled a story"]) == "ended by SIGKILL"
    assert ending(3, ["Unavailable: no server"]) == "ended with code 3: Unavailable: no server"


async def test_nobody_has_to_wait_for_a_server_that_takes_long_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may look through a long log for minutes; Ctrl-C ends it, and the wait for it."""
    never_listens = tmp_path / "nats-server"
    never_listens.write_text("#!/bin/sh\nexec sleep 600\n")
    never_listens.chmod(0o700)
    monkeypatch.setattr("dateline_kernel.embedded.server_binary", lambda: str(never_listens))
    stack = Stack(Plan(data=tmp_path, services=()))
    starting = asyncio.create_task(stack.start())

    async def runs() -> int | None:
        return stack.server.server.pid if stack.server else None

    await eventually(runs)
    stack.leave_off()
    with pytest.raises(Unavailable, match="ended with code"):
        await starting
    await stack.stop()


async def test_a_server_that_listens_is_not_left_off(stack: Stack) -> None:
    """What is said too late ends nothing."""
    before = stack.where().nats_pid
    stack.leave_off()
    await reachable(stack.nats_url, PATIENCE)
    assert stack.where().nats_pid == before
    assert 0 < stack.kept < 100_000


async def test_a_service_that_hangs_is_started_again_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Stopped in the middle of its work it answers nobody and cannot even end: it is killed, and that is said."""
    monkeypatch.setattr("dateline_operate.up.liveness.SILENT", 1.0)
    monkeypatch.setattr("dateline_operate.up.liveness.MISSED", 3)
    monkeypatch.setattr("dateline_operate.up.supervisor.HANGING", 0.2)
    monkeypatch.setenv("DATELINE_ACK_WAIT", "2")
    stack = Stack(Plan(data=tmp_path, services=("publish",)))
    await stack.start()
    try:
        async with httpx.AsyncClient(timeout=PATIENCE) as http, connected_to(stack.nats_url) as client:
            await stack.ready(http, PATIENCE)
            [service] = stack.services
            hung = service.pid
            assert hung is not None
            os.kill(hung, signal.SIGSTOP)
            name = guid()
            await feed(client, name)

            async with httpx.AsyncClient(timeout=0.2) as impatient:

                async def replaced() -> bool:
                    await stack.tend()
                    await stack.look(impatient)
                    return service.pid not in (None, hung)

                await eventually(replaced)
            await stack.ready(http, PATIENCE)
            with pytest.raises(ProcessLookupError):
                os.kill(hung, 0)

            async def released() -> bool:
                log = await Journal(client, "publish").load(story_id("test", name))
                return any(isinstance(one.event, StoryReleased) for one in log)

            await eventually(released)
            assert re.fullmatch(r"did not answer for \d+ s, killed by dateline up", service.ending)
            assert '"event":"ended by dateline up","reason":"did not answer for' in service.log.read_text("utf-8")
            with Board(stack, as_json=False) as board:
                board.show(await stack.look(http))
            assert "started again once, did not answer for" in capfd.readouterr().out
    finally:
        await stack.stop()
