"""Verifying finds what a real server lost without a word, and what else is not there any more."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest
from nats.aio.client import Client
from stories import attributed, enriched, guid, received

from dateline_kernel.connection import connect, leave
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.originals import Originals
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import eventually, provisioned, real_server
from dateline_operate.health.logcheck import LogCheck, seal_of
from dateline_operate.health.verifying import Verified, Verifier
from dateline_publish.app import build
from dateline_publish.settings import PublishSettings
from dateline_schemas.subjects import ORIGINALS, STORIES, TOPICS

STORIES_WRITTEN = 40


async def write(client: QuickClient, text: str = "A text of its own") -> str:
    """A story with its original and all that is said of it before publish; the original's name."""
    name = guid()
    original = f"{name} {text}".encode()
    heard = msgspec.structs.replace(
        received(name, paragraphs=(text,)),
        original=hashlib.sha256(original).hexdigest(),
        original_bytes=len(original),
    )
    await Originals(client).keep(original)
    credited = attributed(heard)
    await Journal(client, "ingest").append([heard])
    await Journal(client, "attribution").append([credited])
    await Journal(client, "enrichment").append([enriched(credited)])
    return heard.original


async def verified(client: QuickClient, check: LogCheck | None = None, *, log_only: bool = False) -> Verified:
    """All of it, read once."""
    return await Verifier(client, check or LogCheck(), log_only=log_only).run(lambda at, last: None)


def kinds(found: Verified) -> set[str]:
    """What is wrong."""
    return {fault.kind for fault in found.faults}


async def topics(client: Client) -> int:
    """How many messages outlets have."""
    return int((await client.jetstream().stream_info(TOPICS.name)).state.messages)


async def test_what_was_kept_is_whole_and_goes_on_behind_a_seal() -> None:
    """Events, originals and topics are counted; the second half leads to the same seal as all of it."""
    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            for _ in range(3):
                await write(client)
            await eventually(lambda: topics(client), lambda count: count == 6)
            first = await verified(client)
            assert (first.events, first.originals, first.topics, first.faults) == (12, 3, 6, [])
            await write(client)
            await eventually(lambda: topics(client), lambda count: count == 8)
            rest = await verified(client, LogCheck(behind=seal_of(first.seal)))
            every = await verified(client)
            assert (rest.events, rest.originals, rest.faults) == (4, 1, [])
            assert (every.events, every.seal) == (16, rest.seal)


async def test_behind_a_seal_the_cause_of_an_event_is_found_in_a_story_of_any_length(name: str) -> None:
    """A live ticker has thousands of versions, and what is said of its last one follows from an event of its own."""
    heard = [received(name, ordinal) for ordinal in range(1, 1_103)]
    with real_server() as server:
        async with provisioned(server) as client:
            for at in range(0, len(heard), 400):
                await Journal(client, "ingest").append(heard[at : at + 400])
            before = (await verified(client, log_only=True)).seal
            await Journal(client, "attribution").append([attributed(heard[-1])])
            behind = await verified(client, LogCheck(behind=seal_of(before)), log_only=True)
            assert (behind.events, behind.faults) == (1, [])


async def test_what_is_on_no_topic_and_originals_that_are_gone_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is whole all the same."""
    monkeypatch.setattr("dateline_operate.health.verifying.AGAIN", 0.05)
    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running():
            originals = [await write(client) for _ in range(3)]
            await eventually(lambda: topics(client), lambda count: count == 6)
            jetstream = client.jetstream()
            gone = await jetstream.get_last_msg(ORIGINALS.name, f"$O.ORIGINALS.C.{originals[1]}")
            assert gone.seq is not None
            await jetstream.delete_msg(ORIGINALS.name, gone.seq)
            await jetstream.delete_stream(TOPICS.name)
            await eventually(lambda: declared(server))
            found = await verified(client)
            assert kinds(found) == {"original", "topic"}
            assert [one.said for one in found.faults if one.kind == "original"] == [
                f"original {originals[1]}: not kept here"
            ]
            assert (await verified(client, log_only=True)).faults == []


async def declared(server: EmbeddedServer) -> bool:
    """Make the streams be there."""
    async with provisioned(server):
        return True


async def test_a_flipped_bit_that_cost_messages_is_found_after_a_crash() -> None:
    """The server starts without the message and those behind it, and its log looks like any other."""
    with real_server() as server:
        async with provisioned(server) as client:
            for _ in range(STORIES_WRITTEN):
                await write(client, "The flipped bit is in here")
            before = await verified(client, log_only=True)
            assert (before.events, before.faults) == (3 * STORIES_WRITTEN, [])
        server.kill()
        flip(server.folder)
        server.start()
        client = await connect(server.url, "test")
        try:
            found = await verified(client, LogCheck(sealed=seal_of(before.seal)), log_only=True)
        finally:
            await leave(client)
        assert found.events < before.events
        assert "missing" in kinds(found)


def flip(folder: Path) -> None:
    """Turn over a bit of a message in the midst of the log, and take away what the server knows its files by."""
    [store] = folder.glob(f"jetstream/**/streams/{STORIES.name}/msgs")
    block = max(store.glob("*.blk"), key=lambda file: file.stat().st_size)
    data = bytearray(block.read_bytes())
    places = [at for at in range(len(data)) if data.startswith(b"flipped bit", at)]
    data[places[len(places) // 2]] ^= 1
    block.write_bytes(bytes(data))
    for index in store.glob("index.db"):
        index.unlink()
