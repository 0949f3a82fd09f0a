"""A bundle pushed to a running ingest: each message has its own original, and a bad one does not cost the others."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import msgspec
import pytest
from desk import opened
from nats.aio.client import Client
from stories import guid

from dateline_ingest.intake import retake
from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.journal import Journal
from dateline_kernel.originals import Originals
from dateline_kernel.quarantine import Quarantine
from dateline_kernel.runtime import Runtime
from dateline_schemas.events import Arrival
from dateline_schemas.identity import story_id


@asynccontextmanager
async def ingest(server: EmbeddedServer) -> AsyncIterator[tuple[httpx.AsyncClient, Runtime, Client]]:
    """A running ingest with one feed, an HTTP client for its door, its runtime, and a connection of the test's."""
    async with opened(server, max_body=2_000_000, media="application/zip") as desk:
        yield desk.http, desk.ingest.runtime, desk.client


def ninjs(name: str, version: str = "1") -> bytes:
    """A ninjs story."""
    return msgspec.json.encode({"uri": name, "version": version, "headline": f"Bridge opens, version {version}"})


def zipped(*messages: bytes) -> bytes:
    """A zip archive of messages, with a picture beside them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("bridge.jpg", b"no message")
        for number, message in enumerate(messages):
            archive.writestr(f"{number}.dat", message)
    return out.getvalue()


async def test_each_message_is_taken_in_by_itself(server: EmbeddedServer) -> None:
    """A receipt a story, versions in their order; each event names the original of its own message."""
    async with ingest(server) as (http, _, client):
        one, other = guid(), guid()
        answer = await http.post("/v1/stories", content=zipped(ninjs(one), ninjs(other), ninjs(one, "2")))
        assert answer.status_code == 202
        stories = answer.json()["stories"]
        assert [(each["story_id"], each["version"]) for each in stories] == [
            (story_id("test", one), "1"),
            (story_id("test", other), "1"),
            (story_id("test", one), "2"),
        ]
        event = (await Journal(client, "ingest").load(story_id("test", other)))[0].event
        assert isinstance(event, Arrival)
        assert (event.format, event.original) == ("ninjs", hashlib.sha256(ninjs(other)).hexdigest())
        assert await Originals(client).get(event.original) == ninjs(other)


async def test_a_bad_message_does_not_cost_the_others(server: EmbeddedServer) -> None:
    """It stands in quarantine by itself, and can be tried again by itself."""
    async with ingest(server) as (http, runtime, client):
        name, bad = guid(), f"<broken id='{guid()}'".encode()
        answer = await http.post("/v1/stories", content=zipped(bad, ninjs(name)))
        assert answer.status_code == 202
        assert [each["story_id"] for each in answer.json()["stories"]] == [story_id("test", name)]
        [problem] = answer.json()["problems"]
        assert problem["path"] == "0.dat:/broken" and "at 0.dat:" in problem["detail"]
        kept = [one async for one in Quarantine(client).all("ingest")]
        mine = [one for one in kept if one.what.original == hashlib.sha256(bad).hexdigest()]
        assert len(mine) == 1
        assert await Originals(client).get(mine[0].what.original) == bad
        with pytest.raises(ValueError, match="broken"):
            await retake(runtime, mine[0].what)


async def test_a_bundle_of_bad_messages_is_refused_for_its_first(server: EmbeddedServer) -> None:
    """400 with the first reason; each message is in quarantine."""
    async with ingest(server) as (http, _, client):
        bad = [f'{{"uri": "{guid()}", '.encode(), f"<broken id='{guid()}'".encode()]
        answer = await http.post("/v1/stories", content=zipped(*bad))
        assert answer.status_code == 400
        assert "broken JSON" in answer.json()["detail"]
        assert (await Quarantine(client).get(answer.json()["quarantine"])).what.reason == answer.json()["detail"]
        originals = {one.what.original async for one in Quarantine(client).all("ingest")}
        assert originals >= {hashlib.sha256(one).hexdigest() for one in bad}


async def test_a_bomb_is_refused_whole_and_kept_packed(server: EmbeddedServer) -> None:
    """What stands in quarantine is the archive; trying again refuses it again."""
    async with ingest(server) as (http, runtime, client):
        bomb = gzip.compress(guid().encode() + b" " * 5_000_000)
        answer = await http.post("/v1/stories", content=bomb)
        assert answer.status_code == 400
        assert "250 times" in answer.json()["detail"]
        kept = await Quarantine(client).get(answer.json()["quarantine"])
        assert kept.what.original == hashlib.sha256(bomb).hexdigest()
        with pytest.raises(ValueError, match="250 times"):
            await retake(runtime, kept.what)


async def test_a_bundle_out_of_quarantine_is_taken_in_by_its_messages(server: EmbeddedServer) -> None:
    """Once it can be read, trying again gives every story, each with its own original."""
    async with ingest(server) as (http, runtime, client):
        name, other = guid(), guid()
        refused = await http.post("/v1/stories", content=gzip.compress(b" " * 5_000_000))
        kept = await Quarantine(client).get(refused.json()["quarantine"])
        original = await Originals(client).keep(zipped(ninjs(name), ninjs(other)))
        said = await retake(runtime, msgspec.structs.replace(kept.what, original=original))
        assert said == f"{story_id('test', name)} version 1, {story_id('test', other)} version 1"
        event = (await Journal(client, "ingest").load(story_id("test", name)))[0].event
        assert isinstance(event, Arrival)
        assert event.original == hashlib.sha256(ninjs(name)).hexdigest()
