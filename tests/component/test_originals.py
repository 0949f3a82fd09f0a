"""Original bytes on a real nats-server."""

from __future__ import annotations

import asyncio
import hashlib
import os

import pytest
from nats.aio.client import Client

from dateline_kernel.originals import OriginalMissing, Originals


@pytest.mark.parametrize("size", [0, 1, 5_000, 128 * 1024, 128 * 1024 + 1, 3_000_000])
async def test_bytes_come_back_as_they_were_kept(client: Client, size: int) -> None:
    """Whatever the size, the name is the SHA-256 and the bytes are the same."""
    data = os.urandom(size)
    originals = Originals(client)
    name = await originals.keep(data)
    assert name == hashlib.sha256(data).hexdigest()
    assert await originals.get(name) == data


async def test_the_same_bytes_are_kept_once(client: Client) -> None:
    """Keeping again, also at the same moment, adds nothing to the stream."""
    originals = Originals(client)
    data = os.urandom(300_000)
    await asyncio.gather(*(originals.keep(data) for _ in range(5)))
    before = (await client.jetstream().stream_info("OBJ_ORIGINALS")).state.messages
    await originals.keep(data)
    assert (await client.jetstream().stream_info("OBJ_ORIGINALS")).state.messages == before
    assert await originals.get(hashlib.sha256(data).hexdigest()) == data


async def test_an_entry_without_its_bytes_is_no_proof_that_they_are_kept(client: Client) -> None:
    """Bytes and entry of a small original go out side by side: a full disk may have room for the entry alone."""
    data = os.urandom(5_000)
    name = await Originals(client).keep(data)
    await client.jetstream().purge_stream("OBJ_ORIGINALS", subject=f"$O.ORIGINALS.C.{name}")
    assert await Originals(client).keep(data, repeat=True) == name
    assert await Originals(client).get(name) == data


async def test_an_entry_that_was_lost_is_written_with_the_next_copy(client: Client) -> None:
    """The bytes stand there without it, and tools that read the bucket find them again."""
    data = os.urandom(5_000)
    name = await Originals(client).keep(data)
    await client.jetstream().purge_stream("OBJ_ORIGINALS", subject="$O.ORIGINALS.M.>")
    assert await Originals(client).keep(data) == name
    store = await client.jetstream().object_store("ORIGINALS")
    assert (await store.get(name)).data == data


async def test_any_nats_client_reads_them_as_an_object_store(client: Client) -> None:
    """The layout is that of ADR-20, so tools that know nothing of Dateline can fetch an original."""
    data = os.urandom(200_000)
    name = await Originals(client).keep(data)
    store = await client.jetstream().object_store("ORIGINALS")
    assert (await store.get(name)).data == data


async def test_an_original_that_is_not_there_is_said_to_be_missing(client: Client) -> None:
    """No empty answer for an unknown hash."""
    with pytest.raises(OriginalMissing, match="not kept here"):
        await Originals(client).get("ab" * 32)
