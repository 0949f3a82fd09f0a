"""Messages of a pull consumer flow in on one open request."""

from __future__ import annotations

import asyncio
from typing import Any

import nats.js.api as api
import pytest
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.errors import StaleConnectionError

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.inflow import inflow
from dateline_kernel.pulling import patient
from dateline_kernel.testing import PATIENCE, eventually


async def consumer(client: Client, name: str) -> None:
    """A stream with one durable consumer, both of this name; what it hands out it hands out once, unless given back."""
    jetstream = client.jetstream()
    await jetstream.add_stream(api.StreamConfig(name=name, subjects=[f"{name}.>"]))
    await jetstream.add_consumer(
        name, api.ConsumerConfig(durable_name=name, ack_policy=api.AckPolicy.EXPLICIT, ack_wait=3600)
    )


async def publish(client: Client, name: str, *numbers: int) -> None:
    """Messages with these numbers."""
    for number in numbers:
        await client.jetstream().publish(f"{name}.{number}", b"%d" % number)


async def test_what_waits_comes_at_once_and_in_order(client: Client) -> None:
    """More messages than one request asks for arrive one after another, none twice."""
    await consumer(client, "MANY")
    await publish(client, "MANY", *range(25))
    came: list[int] = []
    async with inflow(client, "MANY", "MANY", 10) as flow:
        while len(came) < 25:
            for message in await flow.batch():
                came.append(int(message.data))
                await message.ack()
    assert came == list(range(25))


async def test_a_request_that_ended_is_followed_by_another(client: Client) -> None:
    """Nothing for longer than a request stays open: what is published then still arrives."""
    await consumer(client, "LATE")
    async with inflow(client, "LATE", "LATE", 10) as flow:
        waiting = asyncio.create_task(flow.batch())
        done, _ = await asyncio.wait([waiting], timeout=1.8)
        assert not done
        await publish(client, "LATE", 7)
        assert [message.data for message in await waiting] == [b"7"]


async def test_what_came_stays_where_nothing_more_can_be_asked_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is away in the moment between: what is here already is handed over by the next call."""
    await consumer(client, "STAYS")
    await publish(client, "STAYS", 1, 2)
    asked = 0

    async def ask(subject: str, *args: Any, **options: Any) -> None:
        nonlocal asked
        asked += subject.startswith("$JS.API.CONSUMER.MSG.NEXT.STAYS")
        if asked == 2:
            raise StaleConnectionError
        await asks(subject, *args, **options)

    asks = client.publish
    monkeypatch.setattr(client, "publish", ask)
    async with inflow(client, "STAYS", "STAYS", 2) as flow:
        came: list[bytes] = []
        async with asyncio.timeout(PATIENCE):
            while len(came) < 2:
                came += [message.data for message in await patient(flow)]
    assert came == [b"1", b"2"]
    assert asked >= 2


async def test_what_nobody_took_is_given_back(client: Client) -> None:
    """Left before its messages were taken, they come to the next one at once: the server would wait for an hour."""
    await consumer(client, "BACK")
    await publish(client, "BACK", 1)

    async def in_hand() -> int:
        return (await client.jetstream().consumer_info("BACK", "BACK")).num_ack_pending or 0

    async with inflow(client, "BACK", "BACK", 10) as flow:
        [first] = await flow.batch()
        await first.ack()
        await publish(client, "BACK", 2, 3)
        await eventually(in_hand, lambda count: count == 2)
        await client.flush()  # they are here when this is answered
    came: set[int] = set()
    async with inflow(client, "BACK", "BACK", 10) as flow:
        while len(came) < 2:
            came |= {int(message.data) for message in await asyncio.wait_for(flow.batch(), PATIENCE)}
    assert came == {2, 3}


async def test_it_goes_on_after_a_restart_of_the_server(server: EmbeddedServer, client: Client) -> None:
    """The request is lost with the server; another one is made."""
    await consumer(client, "AGAIN")
    async with inflow(client, "AGAIN", "AGAIN", 10) as flow:
        waiting = asyncio.create_task(patient(flow))
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)

        async def published() -> bool:
            try:
                await publish(client, "AGAIN", 1)
            except (NatsError, OSError, TimeoutError):
                return False
            return True

        await eventually(published)
        assert (await asyncio.wait_for(waiting, PATIENCE))[0].data == b"1"
