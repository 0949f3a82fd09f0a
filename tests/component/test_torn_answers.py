"""An answer of several messages of which some do not get here: NATS does not send them again, and does not say so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from nats.aio.msg import Msg
from stories import guid, received

from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import STORIES, story_filter

FAR = "FAR"
"""The name by which the log is asked over a connection that breaks."""
VERSIONS = 4
NOTHING = VERSIONS + 1
"""Behind the last message: then all of them get here."""


@asynccontextmanager
async def losing(client: QuickClient, *lost: int) -> AsyncIterator[None]:
    """Whoever asks FAR gets what the log answers, without those messages of each answer; the first is 1."""

    async def pass_on(question: Msg) -> None:
        place, count = client.new_inbox(), 0

        async def passed(message: Msg) -> None:
            nonlocal count
            count += 1
            if count not in lost:
                await client.publish(question.reply, message.data, headers=message.headers)

        await client.subscribe(place, cb=passed)
        await client.publish(f"$JS.API.DIRECT.GET.{STORIES.name}", question.data, reply=place)

    subscription = await client.subscribe(f"$JS.API.DIRECT.GET.{FAR}", cb=pass_on)
    yield
    await subscription.unsubscribe()


async def said(client: QuickClient) -> tuple[str, list[int]]:
    """A story of so many versions: the filter of its events, and their sequences."""
    name = guid()
    events = [received(name, nth) for nth in range(1, VERSIONS + 1)]
    seqs = [await Journal(client, "ingest").append([event]) for event in events]
    return story_filter(events[0].story_id), seqs


def sequences(messages: list[Msg]) -> list[int]:
    """Where they stand."""
    return [int((message.headers or {})["Nats-Sequence"]) for message in messages]


@pytest.mark.parametrize("lost", [(1,), (2,), (VERSIONS,), (1, 2, 3), tuple(range(1, NOTHING))])
async def test_a_story_of_which_messages_were_lost_on_the_way_is_not_taken_for_whole(
    client: QuickClient, lost: tuple[int, ...]
) -> None:
    """Whoever decides from the rest would give out a number twice: what is last of it is last in the log, too."""
    subject, seqs = await said(client)
    reader = DirectReader(client)
    for ask in (
        partial(reader.latest, FAR, subject),
        partial(reader.at_once, FAR, [subject], seqs[-1]),
        partial(reader.get, FAR, seq=seqs[0], next_by_subj=subject, batch=VERSIONS),
    ):
        async with losing(client, *lost):
            with pytest.raises(Unavailable, match="lost on the way"):
                await ask()
        async with losing(client, NOTHING + 1):
            assert sequences(await ask()) == seqs


async def test_pages_behind_the_first_one_begin_anew(client: QuickClient) -> None:
    """Nothing stands before the first message of an answer, whatever stands before it in the log."""
    subject, seqs = await said(client)
    reader = DirectReader(client)
    assert sequences(await reader.get(STORIES.name, seq=seqs[2], next_by_subj=subject, batch=1)) == [seqs[2]]
    assert sequences(await reader.get(STORIES.name, multi_last=[subject], seq=seqs[2], batch=9)) == seqs[2:]
