"""Buckets as the contract declares them, on a real server."""

from __future__ import annotations

from pathlib import Path

import msgspec
import nats
import nats.js.api as api
import pytest

from dateline_kernel.provision import provision
from dateline_kernel.testing import bare_server, provisioned, real_server
from dateline_publish.app import build
from dateline_publish.settings import PublishSettings
from dateline_schemas.subjects import BUCKETS, RECEIPTS

STREAM = f"KV_{RECEIPTS.name}"


async def test_answers_that_are_kept_have_a_bound() -> None:
    """The oldest go first beyond it, so that a new answer is always kept; one that an operator set stays."""
    with real_server() as server:
        async with provisioned(server) as client:
            jetstream = client.jetstream()
            there = (await jetstream.stream_info(STREAM)).config
            assert (there.max_bytes, there.discard) == (RECEIPTS.max_bytes, api.DiscardPolicy.OLD)
            assert there.max_age == RECEIPTS.ttl
            await jetstream.update_stream(there.evolve(max_bytes=3000))
            assert await provision(client) == []
            assert (await jetstream.stream_info(STREAM)).config.max_bytes == 3000
            bucket = await jetstream.key_value(RECEIPTS.name)
            for number in range(5):
                await bucket.create(f"wire.{number}", b"x" * 1000)
            assert (await bucket.get("wire.4")).value == b"x" * 1000
            assert "wire.0" not in await bucket.keys()


async def test_a_bucket_from_before_gets_its_bound() -> None:
    """A bucket without one, as earlier releases made it, and what it holds stays."""
    with real_server() as server:
        client = await nats.connect(server.url)
        try:
            jetstream = client.jetstream()
            kept = api.KeyValueConfig(bucket=RECEIPTS.name, history=1, ttl=RECEIPTS.ttl)
            bucket = await jetstream.create_key_value(kept)
            await bucket.create("wire.1", b"202")
            await provision(client)
            there = (await jetstream.stream_info(STREAM)).config
            assert (there.max_bytes, there.discard) == (RECEIPTS.max_bytes, api.DiscardPolicy.OLD)
            assert (await bucket.get("wire.1")).value == b"202"
        finally:
            await client.close()


@pytest.mark.parametrize("room", ["512MB", "1GB", "1500MB"])
async def test_a_server_with_little_room_keeps_it_for_all_streams(tmp_path: Path, room: str) -> None:
    """A bound sets its room aside: where that is most of what the server has, the bucket has none."""
    config = tmp_path / "server.conf"
    config.write_text(f"jetstream {{ max_file_store: {room} }}")
    with bare_server(tmp_path, "-c", str(config)) as port:
        client = await nats.connect(f"nats://127.0.0.1:{port}")
        try:
            [unbounded] = await provision(client)
            assert (unbounded.bucket, unbounded.max_bytes) == (RECEIPTS.name, RECEIPTS.max_bytes)
            assert "insufficient storage" in unbounded.why
            jetstream = client.jetstream()
            assert (await jetstream.stream_info(STREAM)).config.max_bytes == -1
            for bucket in BUCKETS:
                await jetstream.key_value(bucket.name)
            await jetstream.add_stream(name="OTHERS", subjects=["others"])
        finally:
            await client.close()


async def test_a_service_says_at_its_start_that_a_bucket_has_no_bound(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Once, with the server's reason: answers may fill the disk that the log is on."""
    config = tmp_path / "server.conf"
    config.write_text("jetstream { max_file_store: 512MB }")
    with bare_server(tmp_path, "-c", str(config)) as port:
        async with build(PublishSettings(nats_url=f"nats://127.0.0.1:{port}")).running():
            pass
    lines = [msgspec.json.decode(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    [said] = [line for line in lines if line["event"] == "bucket has no bound"]
    assert (said["level"], said["bucket"], said["max_bytes"]) == ("warning", RECEIPTS.name, RECEIPTS.max_bytes)
    assert "insufficient storage" in said["reason"]
