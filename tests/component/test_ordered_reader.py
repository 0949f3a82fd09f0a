"""Reading the log in order through consumers that may be lost: on a real nats-server, each event once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from nats.aio.client import Client
from stories import guid, received

from dateline_kernel import orderedreader
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable
from dateline_kernel.journal import Journal
from dateline_kernel.orderedreader import OrderedReader
from dateline_kernel.testing import eventually, provisioned, real_server
from dateline_schemas.events import StoryReceived


@pytest.fixture
async def alone() -> AsyncIterator[tuple[EmbeddedServer, Client]]:
    """A server of the test's own, whose consumers are all the test's, and a connection to it."""
    with real_server() as server:
        async with provisioned(server) as client:
            yield server, client


async def fill(client: Client, count: int) -> int:
    """Stories; the sequence of the last."""
    return await Journal(client, "ingest").append([received(guid()) for _ in range(count)])


async def consumers(client: Client) -> list[str]:
    """Names of those that the log has."""
    return [one.name for one in await client.jetstream().consumers_info("STORIES")]


def begun() -> OrderedReader:
    """A reader that begins before everything."""
    return OrderedReader(StoryReceived, datetime.now(UTC) - timedelta(days=1))


async def taken(reader: OrderedReader, journal: Journal, before: int) -> list[int]:
    """The sequences of all that a reader brings before a sequence."""
    found: list[int] = []
    complete = 0
    while complete < before:
        complete = await reader.read_on(journal, before)
        while reader.waiting and reader.waiting[0][0].seq < before:
            found.append(reader.waiting.popleft()[0].seq)
    return found


async def test_nothing_is_asked_of_a_consumer_before_there_is_something(alone: tuple[EmbeddedServer, Client]) -> None:
    """A kind that never comes costs the server none, and at the end none is left."""
    _, client = alone
    journal, reader = Journal(client, "attribution"), begun()
    assert await taken(reader, journal, 1) == []
    assert await consumers(client) == []
    last = await fill(client, 3)
    assert await taken(reader, journal, last + 1) == [1, 2, 3]
    assert len(await consumers(client)) == 1
    await reader.end()
    assert await consumers(client) == []


async def test_reading_goes_on_where_it_was_when_its_consumer_is_gone(
    alone: tuple[EmbeddedServer, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deleted by somebody, forgotten after a pause, or lost with a server that was killed."""
    monkeypatch.setattr(orderedreader, "PAGE", 10)
    server, client = alone
    journal, reader = Journal(client, "attribution"), begun()
    last = await fill(client, 40)
    assert await taken(reader, journal, 16) == list(range(1, 16))
    for name in await consumers(client):
        await client.jetstream().delete_consumer("STORIES", name)
    assert await taken(reader, journal, 31) == list(range(16, 31))
    server.kill()
    server.start()
    found: list[int] = []

    async def all_read() -> bool:
        found.extend(await taken(reader, journal, last + 1))
        return True

    await eventually(all_read)
    assert found == list(range(31, 41))


async def test_what_is_lost_on_the_way_is_read_again(
    alone: tuple[EmbeddedServer, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection may break behind the server's back; here somebody else gets three events of the consumer's."""
    monkeypatch.setattr(orderedreader, "PAGE", 10)
    _, client = alone
    journal, reader = Journal(client, "attribution"), begun()
    last = await fill(client, 40)
    first = await taken(reader, journal, 6)
    [name] = await consumers(client)
    await steal(client, name, 3)
    assert first + await taken(reader, journal, last + 1) == list(range(1, 41))


async def test_what_the_log_told_of_and_no_consumer_brings_is_not_waited_for_without_end(
    alone: tuple[EmbeddedServer, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been the log of another store; the log is asked anew then."""
    monkeypatch.setattr(orderedreader, "WITHIN", 0.5)
    _, client = alone
    journal, reader = Journal(client, "attribution"), begun()
    last = await fill(client, 3)
    with pytest.raises(Unavailable, match="broke off"):
        await reader._fetch(journal, last + 1)
    monkeypatch.undo()
    assert await taken(reader, journal, last + 1) == [1, 2, 3]


@pytest.mark.parametrize("stolen", [3, 100])
async def test_a_read_of_the_log_misses_nothing_that_was_lost_on_the_way(
    alone: tuple[EmbeddedServer, Client], monkeypatch: pytest.MonkeyPatch, stolen: int
) -> None:
    """Be it in the middle, where the next event tells, or at the end, where none comes any more."""
    monkeypatch.setattr("dateline_kernel.reader.PAGE", 10)
    monkeypatch.setattr("dateline_kernel.reader.SILENCE", 0.5)
    _, client = alone
    await fill(client, 40)
    read: list[int] = []
    async for recorded in Journal(client, "attribution").read():
        read.append(recorded.seq)
        if len(read) == 3:
            [name] = await consumers(client)
            await steal(client, name, stolen)
    assert read == list(range(1, 41))
    assert await consumers(client) == []


async def steal(client: Client, consumer: str, count: int) -> None:
    """Get up to so many messages of a consumer that somebody else reads."""
    inbox = client.new_inbox()
    stolen = await client.subscribe(inbox)
    request = msgspec.json.encode({"batch": count, "no_wait": True})
    await client.publish(f"$JS.API.CONSUMER.MSG.NEXT.STORIES.{consumer}", request, reply=inbox)
    await stolen.next_msg(timeout=60)
    await stolen.unsubscribe()
