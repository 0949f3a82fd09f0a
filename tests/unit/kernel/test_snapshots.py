"""Streams put back from a file, where the server stands still meanwhile."""

from __future__ import annotations

import asyncio
import json

import pytest
from nats.aio.msg import Msg

from dateline_kernel import snapshots
from dateline_kernel.jetstreamapi import StreamInfo, StreamState
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.snapshots import SETTLED, NotTaken
from dateline_kernel.testing import PATIENCE


class Server:
    """Answers, or lost its answer with the connection; the stream is there from the third look on, whole from the
    fifth.
    """

    def __init__(self, client: QuickClient, answer: bytes) -> None:
        self.client = client
        self.answer = answer
        self.looks = 0

    async def handed(self, *_: object) -> Msg:
        """What is said to the last piece."""
        if not self.answer:
            self.client.stats["reconnects"] += 1
            await asyncio.sleep(10 * PATIENCE)
        return Msg(self.client, data=self.answer)

    async def stream_info(self, *_: object) -> StreamInfo | None:
        """The stream."""
        self.looks += 1
        return StreamInfo(state=StreamState(last_seq=min(9, 5 + self.looks - 1))) if self.looks > 2 else None


async def put_back(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> tuple[StreamState, int]:
    """What a stream holds in the end, and how often it was looked for."""
    server = Server(client := QuickClient(), answer)
    monkeypatch.setattr(snapshots, "LOOK", 0.01)
    monkeypatch.setattr(snapshots, "_handed", server.handed)
    monkeypatch.setattr(snapshots, "stream_info", server.stream_info)
    async with asyncio.timeout(PATIENCE):
        return await snapshots._looked_through(client, "here", "STORIES", 9), server.looks


async def test_a_stream_whose_last_answer_was_lost_with_the_connection_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The server stood still for so long that it was given up, and went on."""
    assert await put_back(monkeypatch, b"") == (StreamState(last_seq=9), 4 + SETTLED)


async def test_a_server_that_answers_is_asked_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what the stream holds, or why it does not take it."""
    said = json.dumps({"state": {"last_seq": 9}}).encode()
    assert await put_back(monkeypatch, said) == (StreamState(last_seq=9), 0)
    with pytest.raises(NotTaken, match="no room"):
        await put_back(monkeypatch, json.dumps({"error": {"description": "no room"}}).encode())
