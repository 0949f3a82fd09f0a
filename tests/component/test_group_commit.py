"""Group commit on a real nats-server: whoever writes is answered, whatever happens to the others and to the server."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest
from nats.aio.client import Client

from dateline_kernel.commit import BUSY, GroupCommit, Message
from dateline_kernel.errors import Unavailable
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server


async def test_a_message_that_cannot_be_written_down_is_its_writers_fault_alone(client: Client) -> None:
    """Of many who write at one moment, who has a header that is no text is told so; the others are written."""
    commit = GroupCommit(client)
    headers = [{}, {"Name": "half a pair \ud800"}, {}]
    outcomes = await asyncio.gather(
        *(commit.commit([Message("quarantine.test.none", b"{}", header)]) for header in headers), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [int, UnicodeEncodeError, int]
    await commit.close()


def _note(number: int) -> Message:
    return Message(f"quarantine.test.{number}", b"{}", {})


async def test_who_writes_alone_does_not_wait_for_others(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch is given time to fill only when the one before it was a large one."""
    monkeypatch.setattr("dateline_kernel.commit.FILLING", 3600)
    commit = GroupCommit(client)
    for number in range(3):
        assert await asyncio.wait_for(commit.commit([_note(number)]), PATIENCE)
    await commit.close()


async def test_who_comes_while_many_write_shares_their_batch(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a large batch the next one waits a moment: writers who come one after another are written together."""
    monkeypatch.setattr("dateline_kernel.commit.FILLING", 3.0)
    commit = GroupCommit(client)
    await asyncio.gather(*(commit.commit([_note(number)]) for number in range(BUSY)))
    sent: list[int] = []
    write = commit._write

    async def written(messages: list[Message]) -> int:
        sent.append(len(messages))
        return await write(messages)

    monkeypatch.setattr(commit, "_write", written)
    writers = []
    for number in range(5):
        writers.append(asyncio.create_task(commit.commit([_note(BUSY + number)])))
        for _ in range(3):  # turns of the loop, in which a batch would have left
            await asyncio.sleep(0)
    numbers = await asyncio.gather(*writers)
    assert numbers == sorted(numbers)
    assert sent == [5]
    await commit.close()


async def test_who_still_waits_for_an_answer_when_the_writer_is_closed_is_told() -> None:
    """The server dies with a write under way: closing does not leave its writer waiting for ever."""
    with real_server() as server:
        async with provisioned(server) as client:
            commit = GroupCommit(client, timeout=60)
            assert server.pid is not None
            os.kill(server.pid, signal.SIGSTOP)
            # It stops when its next thread is scheduled, and could answer until then.
            os.waitpid(server.pid, os.WUNTRACED)
            sent = client.stats["out_msgs"]
            writer = asyncio.create_task(commit.commit([Message("quarantine.test.none", b"{}", {})]))

            async def under_way() -> bool:
                return client.stats["out_msgs"] > sent

            await eventually(under_way)
            server.kill()

            async def gone() -> bool:
                return not client.is_connected

            await eventually(gone)
            await commit.close()
            with pytest.raises(Unavailable, match="closed before the log answered"):
                await asyncio.wait_for(writer, PATIENCE)
