"""Following a stream, as ``dateline tail`` does, on a real nats-server."""

from __future__ import annotations

import asyncio

from nats.aio.client import Client

from dateline_kernel.ending import ended
from dateline_kernel.testing import eventually
from dateline_operate.following import Follower, Start


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
