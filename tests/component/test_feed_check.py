"""``dateline feeds check`` and ``ls`` of a feed that ingest cannot read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from dateline_kernel.quickclient import QuickClient
from dateline_kernel.testing import eventually
from dateline_operate.feeds.book import open_feedbook
from dateline_operate.feeds.check import check_named
from dateline_operate.feeds.state import State, states
from dateline_operate.feeds.table import state_of
from dateline_schemas.doors import Failing
from dateline_schemas.feeds import Feed, FeedSilent, encode_feed, encode_feed_event
from dateline_schemas.subjects import DOORS, FEEDS, feed_subject

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)


async def test_a_feed_that_is_failing_is_told_to_be_though_one_look_finds_nothing_wrong(
    client: QuickClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The door knows what stood there before, or was there when the source was away."""
    feed = Feed(name="quay", door="folder", url=f"folder://{tmp_path}")
    await (await client.jetstream().key_value(FEEDS.name)).put(feed.name, encode_feed(feed))
    doors = await client.jetstream().key_value(DOORS.name)
    book = await open_feedbook(client)
    assert await check_named(client, book, "quay", False) == 0
    assert "fails" not in capsys.readouterr().out
    failing = Failing(since=NOW, reason="answered with a web page, where it had rss")
    await doors.put("failing.quay", msgspec.json.encode(failing))
    assert await check_named(client, book, "quay", False) == 0
    said = capsys.readouterr().out
    assert "for ingest it fails since 2031-05-06" in said and failing.reason in said


async def test_a_check_says_for_whom_it_waits(
    client: QuickClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A source that takes the connection and says nothing would be a minute of silence."""
    monkeypatch.setattr("dateline_operate.feeds.check.SLOW", 0.05)
    told = ""

    async def said() -> str:
        nonlocal told
        told += capsys.readouterr().err
        return told

    async def hangs(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await eventually(said)
        writer.close()

    async with await asyncio.start_server(hangs, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        feed = Feed(name="lock", door="poll", url=f"http://127.0.0.1:{port}/feed", private=("127.0.0.1",), every=60)
        await (await client.jetstream().key_value(FEEDS.name)).put(feed.name, encode_feed(feed))
        assert await check_named(client, await open_feedbook(client), "lock", False) == 1
    assert told == "dateline: lock: waiting for 127.0.0.1, for a minute at the most\n"


async def test_a_silence_of_before_a_feed_was_resumed_counts_when_its_time_is_over_anew(client: QuickClient) -> None:
    """As the alarm has it, which begins anew with each writing of an entry."""
    bucket = await client.jetstream().key_value(FEEDS.name)
    said = encode_feed_event(FeedSilent(feed="pier", since=NOW, silent_after=1))
    await client.jetstream().publish(feed_subject("pier", "silent"), said)

    async def silent(feed: Feed) -> datetime | None:
        await bucket.put(feed.name, encode_feed(feed))
        return await shown(feed)

    async def shown(feed: Feed) -> datetime | None:
        return (await states(client, [feed]))[feed.name].silent

    assert await silent(Feed(name="pier", silent_after=3600)) is None
    soon = Feed(name="pier", silent_after=1)
    await silent(soon)
    assert await eventually(lambda: shown(soon)) == NOW


def test_why_a_feed_is_failing_and_where_it_moved_is_shown_to_the_end() -> None:
    """There stands what to do, and half an address is none."""
    reason = "x" * 300 + "; make it"
    assert state_of(Feed(name="quay"), State(failing=Failing(since=NOW, reason=reason)), NOW).endswith("; make it")
    assert state_of(Feed(name="quay"), State(moved=f"https://{reason}"), NOW).endswith("; make it")
