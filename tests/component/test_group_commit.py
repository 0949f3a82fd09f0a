"""Group commit on a real nats-server: whoever writes is answered, whatever happens to the others and to the server."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest
from nats.aio.client import Client

from dateline_kernel.commit import GroupCommit, Message
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
