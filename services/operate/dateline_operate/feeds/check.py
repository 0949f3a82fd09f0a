"""``dateline feeds check``: tries feeds for real, from this machine, and says what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dateline_kernel.errors import Unavailable
from dateline_kernel.quickclient import QuickClient
from dateline_operate.console.counting import counted
from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_operate.console.terminal import clean, day_and_clock, json_line, whole
from dateline_operate.console.vocabulary import feed_doubt, feed_fault
from dateline_operate.feeds.book import Feedbook, feeds_of, needed
from dateline_operate.feeds.faults import faults_of
from dateline_operate.feeds.file import feeds_of_file, rival
from dateline_operate.feeds.state import states
from dateline_operate.functions import function
from dateline_operate.link import connected_to
from dateline_schemas.feeds import Feed

SLOW = 3.0
"""Seconds after which it is told what is waited for."""


def read_feeds(path: Path, there: Mapping[str, Feed] | None = None) -> list[Feed]:
    """The feeds of a file. Raises Failure."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{path} cannot be read: {error.strerror if isinstance(error, OSError) else error}") from error
    try:
        return feeds_of_file(text, there)
    except Failure as failure:
        raise Failure(f"{path}: {failure}", failure.advice) from failure


async def check_file(path: Path, url: str, as_json: bool) -> int:
    """Try every feed of a file, there or not, with the keys that are there; 1 if one does not work. Raises Failure.

    ``url`` is where Dateline's server is; empty if there is none yet.
    """
    there: dict[str, Feed] = {}
    client: QuickClient | None = None
    async with AsyncExitStack() as stack:
        with suppress(Unavailable):  # a file can be tried before there is any server
            if url:
                client = await stack.enter_async_context(connected_to(url))
                there = {feed.name: feed for feed in await feeds_of(client)}
        feeds = read_feeds(path, there)
        return await _check(feeds, {**there, **{feed.name: feed for feed in feeds}}, client, as_json)


async def check_named(client: QuickClient, book: Feedbook, name: str, as_json: bool) -> int:
    """Try a feed; 1 if it does not work. Raises Failure, Unavailable."""
    feed = await needed(book, name, "`dateline feeds ls` shows the feeds; a file ends with .toml.")
    failing = (await states(client, [feed]))[feed.name].failing
    # The running door may know more than one look does, such as what stood there before.
    seen = [] if failing is None else [f"for ingest it fails since {day_and_clock(failing.since)}: {failing.reason}"]
    return await _check([feed], {one.name: one for one in await book.all()}, client, as_json, seen)


async def _check(
    feeds: Sequence[Feed],
    there: Mapping[str, Feed],
    client: QuickClient | None,
    as_json: bool,
    seen: Sequence[str] = (),
) -> int:
    """What runs here need not be what runs ingest: environment, files and network are this machine's."""
    try_feed = function("try-feed", "dateline-ingest")
    failed = 0
    for feed in feeds:
        fault = " ".join(faults_of(feed)) or feed_fault(feed)
        with _told_when_slow(feed):
            tried: Any = None if fault else await try_feed(feed, client)
        failed += bool(fault or tried.fault)
        doubts = [doubt for doubt in (feed_doubt(feed), rival(feed, there.values()), *seen) if doubt]
        if as_json:
            found = {"feed": feed.name, "door": feed.door, "fault": fault} if tried is None else whole(tried)
            json_line({**found, "doubts": doubts})
        else:
            for line in [f"{feed.name}: {fault}"] if tried is None else lines_of(tried):
                print(line)
            for doubt in doubts:
                print(f"  {clean(doubt)}")
    return 1 if failed else 0


@contextmanager
def _told_when_slow(feed: Feed) -> Iterator[None]:
    # As long as ingest's try-feed takes at the most.
    most = "three minutes" if feed.texts else "a minute"
    said = f"{feed.name}: waiting for {urlsplit(feed.url).hostname or feed.url}, for {most} at the most"
    told = asyncio.get_running_loop().call_later(SLOW, note, said)
    try:
        yield
    finally:
        told.cancel()


def lines_of(tried: Any) -> list[str]:
    """For people. ``tried`` is what ingest's ``try-feed`` gives."""
    name = f"{tried.feed} ({tried.door})"
    if not tried.connected:
        return [f"{name}: {clean(tried.fault or tried.note)}"]
    lines = [f"{name}: connected, {tried.new} to take" + (f"; {clean(tried.note)}" if tried.note else "")]
    if tried.sample:
        form = f", {tried.format}" if tried.format else ""
        lines.append(
            f"  {clean(tried.sample)}: {tried.sample_bytes:,} bytes{form}, {counted(tried.count, 'story', 'stories')}"
        )
    for story in tried.stories:
        facts = (f"version {story.version}", story.language, story.provider, story.created, story.pubstatus)
        said = ", ".join(clean(fact) for fact in facts if fact)
        lines.append(f"  would become {story.story_id} ({said}): {clean(story.headline)}")
    if tried.fault:
        lines.append(f"  {clean(tried.fault)}")
    return lines
