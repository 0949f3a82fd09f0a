"""Copy of an archive taken in message by message, into the log of a real nats-server."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from desk import FLIPPED
from nats.aio.client import Client
from stories import guid

from dateline_ingest.app import build
from dateline_ingest.deliveries import Delivery
from dateline_ingest.doors.context import context_of
from dateline_ingest.doors.feedroom import FeedRoom
from dateline_ingest.importing import Importer
from dateline_ingest.intake import Intake
from dateline_ingest.settings import IngestSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.originals import Originals
from dateline_kernel.quarantine import Quarantine
from dateline_schemas.feeds import Feed
from dateline_schemas.pushes import Taken


async def test_a_fault_in_ingest_costs_one_message_of_an_import(
    server: EmbeddedServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept with its reason and its bytes; the import goes on, and does not stumble over it the next time."""
    taking = Intake.take_in
    poison, sound = (msgspec.json.encode({"uri": name, "headline": "Bridge opens"}) for name in (guid(), guid()))

    async def lame(self: Intake, delivery: Delivery, *said: Any, **more: Any) -> list[Taken]:
        if delivery.data == poison:
            raise ArithmeticError("nobody thought of this")
        return await taking(self, delivery, *said, **more)

    monkeypatch.setattr(Intake, "take_in", lame)
    async with build(IngestSettings(nats_url=server.url, doors=())).running() as running:
        importer = Importer(running.runtime, Feed(name="archive"))
        first, second = [await importer.settle(await importer.prepare(data)) for data in (poison, sound)]
    assert first.problem.startswith("ArithmeticError: a fault in ingest")
    assert len(second.receipts) == 1
    kept = (await Quarantine(client).get(first.quarantine)).what
    assert await Originals(client).get(kept.original) == poison


async def test_a_story_whose_log_cannot_be_read_is_no_fault_in_ingest(server: EmbeddedServer, client: Client) -> None:
    """What was fetched or imported is kept with that reason; the next message is taken."""
    feed = Feed(name="archive")
    first, second = (msgspec.json.encode({"uri": guid(), "headline": "Bridge opens"}) for _ in range(2))
    async with build(IngestSettings(nats_url=server.url, doors=())).running() as running:
        runtime = running.runtime
        importer = Importer(runtime, feed, release=True)
        room = FeedRoom(context_of(runtime, IngestSettings()), feed)
        [receipt] = (await room.take(first)).receipts
        await client.jetstream().publish(f"story.{receipt.story_id}.received.2", FLIPPED)
        update = first.replace(b"opens", b"closes")
        fetched = await room.take(update)
        imported = await importer.settle(await importer.prepare(update))
        assert len((await room.take(second)).receipts) == 1
    for said in (fetched.refused, imported.problem):
        assert said.startswith("the story's log cannot be read")
    assert (await Quarantine(client).get(imported.quarantine)).what.error == "UnreadableEvent"
