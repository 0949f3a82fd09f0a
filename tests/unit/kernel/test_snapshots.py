"""Streams put back from a file, where the server stands still meanwhile."""

from __future__ import annotations

import asyncio
import json

import pytest
from nats.aio.msg import Msg

from dateline_kernel import snapshots
from dateline_kernel.errors import Unavailable
from dateline_kernel.jetstreamapi import StreamConfig, StreamInfo, StreamState
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.snapshots import SETTLED, UNFINISHED, UNSETTLED, NotTaken
from dateline_kernel.testing import PATIENCE

MARK = "last-night"
MINE = StreamConfig(metadata={UNFINISHED: MARK})


class Server:
    """Answers, or lost its answer with the connection, and stands still at the second look.

    The stream is there from the third look on, and grows to its end; then come two consumers, after a ``pause``.
    """

    def __init__(self, client: QuickClient, answer: bytes, end: int, config: StreamConfig, pause: int) -> None:
        self.client = client
        self.answer = answer
        self.looks = 0
        self.end = end
        self.config = config
        self.pause = pause

    async def handed(self, *_: object) -> Msg:
        """What is said to the last piece."""
        if not self.answer:
            self.client.stats["reconnects"] += 1
            await asyncio.sleep(10 * PATIENCE)
        return Msg(self.client, data=self.answer)

    async def stream_info(self, *_: object) -> StreamInfo | None:
        """The stream."""
        self.looks += 1
        if self.looks == 2:
            raise Unavailable("no answer")
        consumers = min(2, max(0, self.looks - 6 - self.pause))
        state = StreamState(last_seq=min(self.end, 4 + self.looks), consumer_count=consumers)
        return StreamInfo(state=state, config=self.config) if self.looks > 2 else None


async def put_back(
    monkeypatch: pytest.MonkeyPatch,
    answer: bytes,
    end: int = 9,
    config: StreamConfig = MINE,
    patience: float = PATIENCE,
    pause: int = 0,
    had: int = 2,
) -> tuple[StreamState, int]:
    """What a stream holds in the end that ``had`` so many consumers, and how often it was looked for."""
    server = Server(client := QuickClient(), answer, end, config, pause)
    monkeypatch.setattr(snapshots, "LOOK", 0.01)
    monkeypatch.setattr(snapshots, "_handed", server.handed)
    monkeypatch.setattr(snapshots, "stream_info", server.stream_info)
    async with asyncio.timeout(patience):
        had_it = StreamState(last_seq=9, consumer_count=had)
        return await snapshots._looked_through(client, "here", "STORIES", MARK, had_it), server.looks


@pytest.mark.parametrize(
    ("had", "pause", "looks"),
    [(2, 0, 8 + SETTLED), (2, 2 * SETTLED, 8 + 3 * SETTLED), (3, 0, 8 + UNSETTLED), (0, 0, 8 + SETTLED)],
    ids=["at once", "late", "one without a name", "none is known"],
)
async def test_a_stream_whose_last_answer_was_lost_with_the_connection_is_looked_for(
    monkeypatch: pytest.MonkeyPatch, had: int, pause: int, looks: int
) -> None:
    """The server stood still for so long that it was given up, and went on; and before the consumers, once more."""
    found = await put_back(monkeypatch, b"", had=had, pause=pause)
    assert found == (StreamState(last_seq=9, consumer_count=2), looks)


async def test_a_stream_that_somebody_writes_to_meanwhile_is_seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends elsewhere than the backup: nothing more is waited for."""
    assert await put_back(monkeypatch, b"", end=10) == (StreamState(last_seq=10), 6)


@pytest.mark.parametrize(("end", "config"), [(8, MINE), (9, StreamConfig())], ids=["half", "another of that name"])
async def test_no_other_stream_passes_for_it(monkeypatch: pytest.MonkeyPatch, end: int, config: StreamConfig) -> None:
    """The server may have lost the end, or a service made one anew."""
    with pytest.raises(TimeoutError):
        await put_back(monkeypatch, b"", end, config, patience=1.0)


async def test_a_server_that_answers_is_asked_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what the stream holds, or why it does not take it."""
    said = json.dumps({"state": {"last_seq": 9}}).encode()
    assert await put_back(monkeypatch, said) == (StreamState(last_seq=9), 0)
    with pytest.raises(NotTaken, match="no room"):
        await put_back(monkeypatch, json.dumps({"error": {"description": "no room"}}).encode())
