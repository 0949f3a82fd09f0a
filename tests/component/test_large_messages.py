"""Large messages, many at a time, on a real nats-server: it lets only so much wait for a client, and parts with one
that it takes for too slow. So nobody asks it for more at once, and nothing is left out of an answer without a word.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta

import pytest
from stories import guid, received

from dateline_kernel.commit import GroupCommit, Message
from dateline_kernel.connection import connect, leave
from dateline_kernel.direct import DirectReader
from dateline_kernel.journal import Journal
from dateline_kernel.lookout import Lookout, Place
from dateline_kernel.orderedreader import OrderedReader
from dateline_kernel.posted import posted_on
from dateline_kernel.provision import provision
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.service import Service
from dateline_kernel.settings import ServiceSettings
from dateline_kernel.testing import PATIENCE, bare_server, eventually, scratch_folder
from dateline_operate.watching.following import Follower, Start
from dateline_schemas.events import StoryReceived
from dateline_schemas.headers import NUMBER
from dateline_schemas.subjects import TOPICS, topic_subject

MANY = 90
SIZE = 900_000
ROOM = "max_payload: 1MB\nmax_pending: 40MB\n"
"""Of these messages the server keeps some forty waiting."""
NOWHERE = topic_subject("none", "none", "en", "AFP", "b" * 26)


async def write(url: str) -> None:
    """As many stories, and one story on as many topics."""
    client = await connect(url, "test", PATIENCE)
    await provision(client)
    journal, post = Journal(client, "ingest"), GroupCommit(client)
    for number, subject in enumerate(subjects(), 1):
        await journal.append([received(guid(), paragraphs=("x" * SIZE,))])
        await post.commit([Message(subject, bytes(SIZE), {NUMBER: str(number)})])
    await leave(client)


def subjects() -> list[str]:
    """Where the one story stands."""
    return [topic_subject(f"{nth:08}", "", "en", "AFP", "a" * 26) for nth in range(MANY)]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server with little room, and much in it."""
    with scratch_folder() as folder:
        (folder / "conf").write_text(ROOM, "utf-8")
        with bare_server(folder, "-c", str(folder / "conf")) as port:
            asyncio.run(write(f"nats://127.0.0.1:{port}"))
            yield f"nats://127.0.0.1:{port}"


@pytest.fixture
async def client(url: str) -> AsyncIterator[QuickClient]:
    """A connection that must not have been lost at the end."""
    client = await connect(url, "test", PATIENCE)
    yield client
    assert client.stats["reconnects"] == 0
    await leave(client)


async def test_what_an_answer_has_no_room_for_is_asked_for_again(client: QuickClient) -> None:
    """A story on many topics: taken for missing there it would be posted again and again, and keep back what is new."""
    direct = DirectReader(client)
    assert len(await direct.get(TOPICS.name, multi_last=subjects(), batch=MANY)) < MANY
    there = await posted_on(direct, [*subjects(), NOWHERE])
    assert {subject: one.number for subject, one in there.items()} == {
        subject: number for number, subject in enumerate(subjects(), 1)
    }
    assert [len(message.data) async for message in direct.every(TOPICS.name, "topic.>")] == [SIZE] * MANY
    lookout, last = Lookout(direct, TOPICS.name), Place(subjects()[-1], there[subjects()[-1]].seq)
    assert not await lookout.is_free([NOWHERE, subjects()[-2]], last)
    assert await lookout.is_free([NOWHERE], last)


async def test_the_log_is_read_in_one_go(client: QuickClient) -> None:
    """As a replay and a backup's check do, a thousand events at a time where they are small."""
    assert len([heard.seq async for heard in Journal(client, "publish").read()]) == MANY


async def test_topics_are_followed_in_one_go(client: QuickClient) -> None:
    """As ``dateline tail`` does: none is left out."""
    reader = Follower(client, TOPICS.name, "topic.*.*.*.AFP.*", Start())
    async with aclosing(reader.messages(forever=False)) as messages:
        assert [message.subject async for message in messages] == subjects()


async def test_a_projection_reads_its_kind(client: QuickClient) -> None:
    """Page by page, each as large as there is room."""
    reader, journal = OrderedReader(StoryReceived, datetime.now(UTC) - timedelta(days=1)), Journal(client, "enrichment")
    taken: list[int] = []
    while len(taken) < MANY:
        await reader.read_on(journal, MANY + 1)
        taken += [delivery.seq for delivery, _ in reader.waiting]
        reader.waiting.clear()
    assert taken == list(range(1, MANY + 1))
    await reader.end()


async def test_a_service_hears_them_all(url: str, client: QuickClient) -> None:
    """Pulled without a limit they would be handed out again and again, each time on another connection."""
    service = Service("attribution", ServiceSettings(nats_url=url), rules="test/1").on(StoryReceived, lambda heard: [])
    async with service.running() as running:

        async def left() -> int:
            info = await client.jetstream().consumer_info("STORIES", "attribution-received")
            return (info.num_pending or 0) + (info.num_ack_pending or 0)

        await eventually(left, lambda count: count == 0)
        assert running.runtime.client.stats["reconnects"] == 0


async def test_more_subjects_than_the_server_answers_for_are_asked_in_parts(client: QuickClient) -> None:
    """Every kill of a week is looked up at once, and all the topics that its story was ever on."""
    others = [topic_subject(f"{nth:08}", "", "en", "AFP", "c" * 26) for nth in range(2_500)]
    post = GroupCommit(client)
    for at in range(0, len(others), 400):
        await post.commit([Message(subject, b"", {}) for subject in others[at : at + 400]])
    assert list(await posted_on(DirectReader(client), others)) == others
