"""Reading a log on three servers of which one stands still: a question that it got is put to the others."""

from __future__ import annotations

import asyncio

import pytest
from cluster import Cluster, Member, caught_up, cluster, connected, provisioned_on_all
from nats.aio.msg import Msg
from stories import arrived, guid

from dateline_kernel import directget
from dateline_kernel.direct import DirectReader
from dateline_kernel.directget import HASTE, PATIENCE
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import eventually
from dateline_schemas.subjects import STORIES, story_filter

READS = 12
"""Some four of ten questions go to the server that stands still: that none of so many does happens once in 500 runs."""
NOTICED = 30.0
"""Seconds, less than the others take to notice: then nothing is asked of it any more."""


async def a_story(servers: Cluster) -> tuple[Member, str]:
    """Write one that all servers have: the log's leader, and the filter of the story's events."""
    async with connected(servers.urls) as client:
        await provisioned_on_all(client)
        event = await arrived(client, guid(), 1)
        await eventually(lambda: caught_up(client))
        return await servers.leader(client), story_filter(event.story_id)


async def test_a_server_that_stands_still_keeps_no_answer_from_anybody() -> None:
    """Until the others notice, two minutes later, questions go to it as to any other."""
    with cluster() as servers:
        still, subject = await a_story(servers)
        [asked, _] = [member for member in servers.members if member is not still]
        async with connected(asked.url) as client:
            reader = DirectReader(client)

            async def found() -> list[int]:
                """Copies begin to answer some time after they have all: then one of them is asked as the other is."""
                answers = await asyncio.gather(*(reader.latest(STORIES.name, subject) for _ in range(READS)))
                return [len(messages) for messages in answers]

            with still.paused():
                assert await eventually(found, within=NOTICED) == [1] * READS


async def test_a_question_put_while_the_leader_is_gone_is_put_again() -> None:
    """For a moment no server listens then that has a copy, and the one that was asked says so at once."""
    with cluster() as servers:
        gone, subject = await a_story(servers)
        others = ",".join(member.url for member in servers.members if member is not gone)
        async with connected(others) as client:
            reader = DirectReader(client)
            assert len(await reader.latest(STORIES.name, subject)) == 1
            gone.kill()
            assert [len(await reader.latest(STORIES.name, subject)) for _ in range(READS)] == [1] * READS


async def test_a_server_that_is_alone_is_asked_once_however_long_it_takes(client: QuickClient) -> None:
    """Nobody else could answer, and the same work again would take it longer still."""
    questions: list[Msg] = []

    async def answer_late(question: Msg) -> None:
        questions.append(question)
        if len(questions) == 1:
            await asyncio.sleep(2 * PATIENCE)
            nothing = {"Status": "404", "Description": "No Results"}
            await client.publish(question.reply, b"", headers=nothing)

    subscription = await client.subscribe("$JS.API.DIRECT.GET.SLOW", cb=answer_late)
    assert await DirectReader(client).latest("SLOW", "slow.>") == []
    await subscription.unsubscribe()
    assert len(questions) == 1


async def test_where_every_server_is_slow_a_question_is_put_no_more_often_for_that(
    client: QuickClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One answer that took long shows no server that stands still if it comes first to who was asked first."""
    monkeypatch.setattr(directget, "is_of_cluster", lambda _: True)
    questions: list[Msg] = []
    waiting: set[asyncio.Task[None]] = set()

    async def answer(question: Msg, after: float) -> None:
        await asyncio.sleep(after)
        await client.publish(question.reply, b"", headers={"Status": "404", "Description": "No Results"})

    async def take(question: Msg) -> None:
        questions.append(question)
        after = 2 * PATIENCE if len(questions) <= 2 else 4 * HASTE
        waiting.add(asyncio.create_task(answer(question, after)))

    subscription = await client.subscribe("$JS.API.DIRECT.GET.SLOW", cb=take)
    reader = DirectReader(client)
    assert await reader.latest("SLOW", "slow.>") == []
    before = len(questions)
    for _ in range(5):
        assert await reader.latest("SLOW", "slow.>") == []
    await subscription.unsubscribe()
    await asyncio.gather(*waiting)
    assert len(questions) - before == 5
