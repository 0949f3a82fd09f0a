"""What ``dateline feeds`` changes: makes, removes, pauses a feed, or applies a file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from nats.errors import Error as NatsError

from dateline_kernel.errors import Unavailable
from dateline_kernel.quickclient import QuickClient
from dateline_operate.console.counting import counted
from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_operate.console.terminal import clean, json_document, whole
from dateline_operate.console.vocabulary import feed_doubt, feed_fault
from dateline_operate.feeds.book import Feedbook, keep_local_key, local_key, needed, new_key
from dateline_operate.feeds.check import read_feeds
from dateline_operate.feeds.faults import SCHEMES, faults_of
from dateline_operate.feeds.file import Change, change_of
from dateline_operate.feeds.state import forget
from dateline_operate.up.upfile import read_up
from dateline_schemas.feeds import Feed, key_digest

if TYPE_CHECKING:
    from dateline_operate.commands.feeds import Options

MEMBERS = (
    *("door", "secret", "host_key", "private", "pattern", "arrives", "after", "every"),
    *("silent_after", "provider", "language", "format", "per_second"),
)
"""Options of ``add`` that are members of Feed by the same name."""


async def add(book: Feedbook, options: Options) -> None:
    """Make a feed, and show its key if it pushes. Raises Failure, Unavailable."""
    if await book.get(options.name) is not None:
        anew = f"`dateline feeds rekey {options.name}` gives it a new key; what else it says, `feeds apply` changes."
        raise Failure(f"there is a feed {options.name} already.", anew)
    key = "" if options.door in SCHEMES else new_key()
    feed = made(options, key)
    _spelled([feed])
    await _write(book, options, feed, key)


async def rekey(book: Feedbook, options: Options) -> None:
    """Give a feed another key, and show it; all else stays. Raises Failure, Unavailable."""
    feed = await needed(book, options.name)
    if feed.door in SCHEMES:
        raise Failure(f"feed {feed.name} has no key: door {feed.door} fetches.", feed.secret and f"See {feed.secret}.")
    key = new_key()
    await _write(book, options, msgspec.structs.replace(feed, key_sha256=key_digest(key)), key)


async def _write(book: Feedbook, options: Options, feed: Feed, key: str) -> None:
    """Write a feed that was made, or has a new key, and show its key."""
    up = read_up(options.data)
    local = bool(key) and up is not None and up.nats_url == options.url
    if local:
        # First, since a feed whose key could not be kept nor shown would be of no use.
        keep_local_key(options.data, feed.name, key)
    await book.put(feed)
    if options.json:
        json_document({**whole(feed), "key": key})
        return
    if not key:
        print(f"feed {feed.name} is made. `dateline feeds check {feed.name}` tries it.")
        return
    done = "is made" if options.action == "add" else "has a new key, and the old one is refused in a moment"
    print(f"feed {feed.name} {done}. Its key is shown this once:\n\n  {key}\n")
    if local:
        print(f"On this machine `dateline push --feed {feed.name} FILE` knows it.")


def made(options: Options, key: str) -> Feed:
    """The feed that the options of ``add`` describe. Raises Failure. Pure."""
    members = {member: getattr(options, member) for member in MEMBERS}
    agreed = options.agency or options.trust != "unknown"
    members["contract"] = {"agency": options.agency, "trust": options.trust} if agreed else None
    digest = key_digest(key) if key else ""
    try:
        feed = msgspec.convert({"name": options.name, "url": options.source, "key_sha256": digest, **members}, Feed)
    except msgspec.ValidationError as error:
        if str(error).endswith("`$.name`"):
            advice = "It has up to 63 lower case letters, digits and hyphens, and begins with no hyphen."
            raise Failure(f"{options.name!r} is no name of a feed.", advice, code=2) from error
        raise Failure(f"feed {options.name!r}: {error}", code=2) from error
    if faults := faults_of(feed):
        raise Failure("\n".join(f"feed {feed.name}: {fault}" for fault in faults), code=2)
    return feed


def _spelled(feeds: Sequence[Feed]) -> None:
    """Raise Failure for an unknown name in a feed; note on standard error what may be one."""
    for feed in feeds:
        if fault := feed_fault(feed):
            raise Failure(f"feed {feed.name}: {fault}", code=2)
        if doubt := feed_doubt(feed):
            note(f"feed {feed.name}: {doubt}")


async def remove(client: QuickClient, book: Feedbook, options: Options) -> None:
    """Take a feed away, and what was remembered of it. Raises Failure, Unavailable."""
    await needed(book, options.name)
    await book.remove(options.name)
    try:
        await forget(client, options.name)
    except (NatsError, OSError, TimeoutError) as error:
        raise Unavailable(f"the feed is gone, its place in the source is not: {error}") from error
    with suppress(Failure):  # keys that cannot be read stay as they are
        if local_key(options.data, options.name):
            keep_local_key(options.data, options.name, "")
    if options.json:
        json_document({"removed": options.name})
    else:
        print(f"feed {options.name} is gone")


async def pause(book: Feedbook, options: Options) -> None:
    """Pause a feed, or resume it. Raises Failure, Unavailable."""
    feed = await needed(book, options.name)
    changed = msgspec.structs.replace(feed, paused=options.action == "pause")
    if changed != feed:
        await book.put(changed)
    if options.json:
        json_document(whole(changed))
    else:
        print(f"feed {feed.name} is {'paused: nothing is taken in' if changed.paused else 'resumed'}")


async def apply(book: Feedbook, options: Options) -> None:
    """Make the feeds of a file be as it says, or tell what would change. Raises Failure, Unavailable."""
    there = {feed.name: feed for feed in await book.all()}
    wanted = read_feeds(Path(options.file), there)
    _spelled(wanted)
    changes = [change_of(there.get(feed.name), feed) for feed in wanted]
    for feed, change in zip(wanted, changes, strict=True):
        if change.what != "same" and not options.dry_run:
            await book.put(feed)
    if options.json:
        json_document([whole(change) for change in changes])
    else:
        _show(changes, options.dry_run)


def _show(changes: list[Change], dry_run: bool) -> None:
    for change in changes:
        print(f"{change.feed}: {change.what}")
        for member, (before, after) in change.members.items():
            print(f"  {member}: {_said(before)} -> {_said(after)}")
    count = sum(change.what != "same" for change in changes)
    print(f"{count} of {counted(len(changes), 'feed')} {'would change' if dry_run else 'changed'}")


def _said(value: Any) -> str:
    return "nothing" if value in ("", None) else clean(str(value))
