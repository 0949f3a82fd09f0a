"""Following a stream, as ``dateline tail`` does, on a real nats-server."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest
from desk import damage
from nats.aio.client import Client
from nats.js.api import ConsumerConfig
from stories import guid

from dateline_kernel.ending import ended
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server
from dateline_operate.console.failure import Failure
from dateline_operate.watching.following import Follower, Start
from dateline_schemas.subjects import TOPICS


async def test_what_is_new_is_left_out_by_no_break(client: Client) -> None:
    """Who follows from now on gets what was posted while his consumer was lost, though he had got nothing before."""
    jetstream = client.jetstream()
    for number in (1, 2):
        await jetstream.publish("topic.none.none.en.none.before", str(number).encode())
    follower = Follower(client, "TOPICS", "topic.>", Start(new=True))
    came: list[bytes] = []

    async def follow() -> None:
        async for message in follower.messages():
            came.append(message.data)

    following = asyncio.create_task(follow())

    async def consumers() -> list[str]:
        return [one.name for one in await jetstream.consumers_info("TOPICS")]

    [first] = await eventually(consumers)
    await jetstream.delete_consumer("TOPICS", first)
    await jetstream.publish("topic.none.none.en.none.after", b"3")

    try:
        assert await eventually(lambda: came) == [b"3"]
    finally:
        await ended(following)


@pytest.mark.parametrize("shown", [0, 2])
async def test_who_goes_on_under_a_name_begins_with_what_was_in_hand(client: Client, shown: int) -> None:
    """However it ended: nothing that came later overtakes it, and what was acknowledged last is known."""
    jetstream, name = client.jetstream(), f"desk-{shown}"
    subject = f"topic.none.none.en.none.{guid().replace(':', '-')}"

    def reader() -> Follower:
        return Follower(client, "TOPICS", subject, Start(), name)

    for text in (b"1", b"2", b"3", b"4"):
        await jetstream.publish(subject, text)
    async with aclosing(reader().messages()) as messages:
        for _ in range(shown):
            await (await anext(messages)).ack()
        assert (await anext(messages)).data == str(shown + 1).encode()
    await jetstream.publish(subject, b"5")

    again = reader()
    behind = await eventually(again.behind, lambda found: len(found) == shown)
    assert [message.data for message in behind] == [b"1", b"2"][:shown]
    came: list[bytes] = []
    async for message in again.messages(forever=False):
        came.append(message.data)
        await message.ack()
    assert came == [b"1", b"2", b"3", b"4", b"5"][shown:]


async def test_who_reads_what_is_there_ends_where_the_rest_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """And does not wait for what the server cannot read."""
    monkeypatch.setattr("dateline_operate.watching.following.SILENCE", 2.5)
    with real_server() as server:
        async with provisioned(server) as client:
            for place in ("first", "last"):
                await client.jetstream().publish(f"topic.none.none.en.none.{place}", bytes(200))
        damage(server, TOPICS, "topic.none.none.en.none.last")
        async with provisioned(server) as client, asyncio.timeout(PATIENCE):
            reader = Follower(client, TOPICS.name, "topic.>", Start())
            found = [one.subject async for one in reader.messages(forever=False)]
    assert found == ["topic.none.none.en.none.first"]


async def test_a_name_that_follows_something_else_is_asked_again(client: Client) -> None:
    """That is a slip of whoever asks, and no fault of the server's."""
    there, other = (Follower(client, "TOPICS", f"topic.*.*.{it}.*.none", Start(), "desk-it") for it in ("it", "pt"))
    assert [message async for message in there.messages(forever=False)] == []
    with pytest.raises(Failure, match="'desk-it' follows") as said:
        await anext(other.messages(forever=False))
    assert said.value.code == 2


async def test_a_name_stays_as_whoever_reads_under_it_made_it(client: Client) -> None:
    """Its own reader would else be told at its next start that somebody else has taken the name."""
    jetstream, subject = client.jetstream(), "topic.*.*.da.*.none"
    made = await jetstream.add_consumer("TOPICS", ConsumerConfig("harbour", "harbour", filter_subject=subject))
    await jetstream.publish("topic.none.none.da.none.none", b"1")
    # The server tells its consumers of a message behind the answer to who published it.
    await eventually(lambda: jetstream.consumer_info("TOPICS", "harbour"), lambda info: info.num_pending == 1)
    async for message in Follower(client, "TOPICS", subject, Start(), "harbour").messages(forever=False):
        await message.ack_sync()
    seen = await jetstream.consumer_info("TOPICS", "harbour")
    assert (seen.config, seen.ack_floor and seen.ack_floor.consumer_seq) == (made.config, 1)
