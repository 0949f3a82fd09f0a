"""The watched folder, in a running ingest on a real nats-server."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from nats.aio.client import Client
from stories import guid, plain

from dateline_ingest.app import build
from dateline_ingest.settings import IngestSettings
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.testing import PATIENCE, eventually
from dateline_schemas.events import Arrival
from dateline_schemas.feeds import Feed, encode_feed
from dateline_schemas.subjects import FEEDS


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody goes on writing what was taken, but where a test says so: it is put away at the next look."""
    monkeypatch.setattr("dateline_ingest.doors.folder.SETTLED", 0.0)


def text(said: str) -> bytes:
    """A message of plain text like no other: the same text by two feeds is one story."""
    return plain(said) + f"{guid()}\n".encode()


@asynccontextmanager
async def dropped(server: EmbeddedServer, client: Client, folder: Path, **more: Any) -> AsyncIterator[str]:
    """A running ingest that watches the folder; the feed's name."""
    name = f"drop-{guid()[-12:]}"
    feed = Feed(name=name, door="folder", url=f"folder://{folder}", every=0.1, **more)
    bucket = await client.jetstream().key_value(FEEDS.name)
    await bucket.put(name, encode_feed(feed))
    try:
        async with build(IngestSettings(nats_url=server.url)).running():
            yield name
    finally:
        await bucket.delete(name)


async def headlines(client: Client, feed: str) -> list[str]:
    """What was taken in of a feed, in the order of the log."""
    events = [one.event async for one in Journal(client, "ingest").read()]
    return [event.story.headline for event in events if isinstance(event, Arrival) and event.feed == feed]


async def seen(client: Client, feed: str, count: int) -> list[str]:
    """Wait until so many stories were taken in."""
    return await eventually(lambda: headlines(client, feed), lambda found: len(found) >= count)


async def test_files_are_taken_oldest_first_and_moved(server: EmbeddedServer, client: Client, tmp_path: Path) -> None:
    """What was read goes to taken/, what could not be read to refused/ and to quarantine with its reason."""
    for number, said in enumerate(("Third", "First", "Second")):
        file = tmp_path / f"{number}.txt"
        file.write_bytes(text(said))
        os.utime(file, (1_700_000_000 + {"First": 1, "Second": 2, "Third": 3}[said],) * 2)
    (tmp_path / "broken.xml").write_bytes(b"<newsItem><broken")
    (tmp_path / "half.txt.part").write_bytes(text("Half"))
    (tmp_path / ".hidden").write_bytes(text("Hidden"))
    async with dropped(server, client, tmp_path, after="move") as feed:
        assert await seen(client, feed, 3) == ["First", "Second", "Third"]
        await eventually((tmp_path / "refused/broken.xml").exists)
        await eventually(lambda: [(tmp_path / "taken" / f"{number}.txt").exists() for number in range(3)], all)
        assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == [".hidden", "half.txt.part"]
        kept = [one.what async for one in Quarantine(client).all() if one.what.feed == feed]
        assert [what.door for what in kept] == ["folder"]
        (tmp_path / "half.txt.part").rename(tmp_path / "half.txt")
        assert (await seen(client, feed, 4))[-1] == "Half"


async def test_a_file_that_is_still_written_is_left_alone(
    server: EmbeddedServer, client: Client, tmp_path: Path
) -> None:
    """Torn writes: as long as it grows between two looks it waits; then it is taken whole, and once."""
    file = tmp_path / "slow.txt"
    line, stop = b"One more line about the harbour.\n", asyncio.Event()
    file.write_bytes(text("Slow"))

    async def sender() -> None:
        """Writes a line now and then, faster than the folder is looked at."""
        with file.open("ab", buffering=0) as out:
            while not stop.is_set():
                out.write(line)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), 0.02)

    sending = asyncio.create_task(sender())
    async with dropped(server, client, tmp_path, after="delete") as feed:
        # Others pass meanwhile: the folder was looked at twice and more.
        for number in range(3):
            (tmp_path / f"{number}.txt").write_bytes(text(f"Passing {number}"))
            assert len(await seen(client, feed, number + 1)) == number + 1
        stop.set()
        await sending
        size = file.stat().st_size
        await eventually(lambda: not file.exists())
        events = [one.event async for one in Journal(client, "ingest").read()]
        mine = [one for one in events if isinstance(one, Arrival) and one.feed == feed]
        assert (len(mine), mine[-1].original_bytes) == (4, size)


async def test_kept_files_are_taken_once_and_again_when_they_change(
    server: EmbeddedServer, client: Client, tmp_path: Path
) -> None:
    """Also across a restart: what was taken is remembered with its size and time."""
    (tmp_path / "a.txt").write_bytes(text("First"))
    async with dropped(server, client, tmp_path) as feed:
        await seen(client, feed, 1)
        (tmp_path / "a.txt").write_bytes(text("Another"))
        assert await seen(client, feed, 2) == ["First", "Another"]
        (tmp_path / "b.txt").write_bytes(text("Second"))
        assert await seen(client, feed, 3) == ["First", "Another", "Second"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "b.txt"]


async def test_only_what_matches_the_pattern_is_taken(server: EmbeddedServer, client: Client, tmp_path: Path) -> None:
    """Other files are somebody else's."""
    (tmp_path / "a.txt").write_bytes(text("Not this"))
    (tmp_path / "a.wire").write_bytes(text("This"))
    async with dropped(server, client, tmp_path, pattern="*.wire", after="delete") as feed:
        assert await seen(client, feed, 1) == ["This"]
        await eventually(lambda: not (tmp_path / "a.wire").exists())
    assert (tmp_path / "a.txt").exists()


async def test_a_folder_that_is_not_there_fails_and_works_once_it_is(
    server: EmbeddedServer, client: Client, tmp_path: Path, monkeypatch: Any
) -> None:
    """Metrics and log tell of it; nobody needs to restart anything."""
    monkeypatch.setattr("dateline_ingest.doors.failing.FIRST_WAIT", 0.05)
    name = f"late-{guid()[-12:]}"
    feed = Feed(name=name, door="folder", url=f"folder://{tmp_path}/late", every=0.1)
    bucket = await client.jetstream().key_value(FEEDS.name)
    await bucket.put(name, encode_feed(feed))
    try:
        async with (
            build(IngestSettings(nats_url=server.url)).running() as running,
            httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as http,
        ):

            async def failing(value: str) -> bool:
                page = (await http.get("/metrics")).text
                return f'dateline_feed_failing{{feed="{name}"}} {value}' in page

            await eventually(lambda: failing("1.0"))
            assert (await http.get("/readyz")).json()["checks"]["doors"] == "ok"
            (tmp_path / "late").mkdir()
            (tmp_path / "late/a.txt").write_bytes(text("Late"))
            await seen(client, name, 1)
            await eventually(lambda: failing("0.0"))
    finally:
        await bucket.delete(name)
