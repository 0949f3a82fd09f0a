"""The FEEDS bucket as operators edit it, and the keys of this machine's own feeds in ``feeds.json``."""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec
from nats.errors import Error as NatsError
from nats.js.kv import KeyValue

from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.jetstreamapi import stream_info
from dateline_kernel.provision import provision
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.wholefile import write_whole
from dateline_operate.console.failure import Failure
from dateline_operate.console.guessing import meant
from dateline_schemas.feeds import Feed, decode_feed, encode_feed, key_digest
from dateline_schemas.subjects import FEEDS

DEMO = "demo"
KEY_BYTES = 32
KEY_PREFIX = "dl_"
"""What every new key begins with: a shell never takes one for an option, and a search for leaked keys finds it."""


class Feedbook:
    """Reads and writes the FEEDS bucket. Every method raises Unavailable when the server does not answer."""

    def __init__(self, bucket: KeyValue, direct: DirectReader) -> None:
        self._bucket = bucket
        self._direct = direct

    async def all(self) -> list[Feed]:
        """Every feed, by name. Raises Failure for one that cannot be read."""
        return await _read(self._direct)

    async def get(self, name: str) -> Feed | None:
        """One feed by its name."""
        return next((feed for feed in await self.all() if feed.name == name), None)

    async def put(self, feed: Feed) -> None:
        """Write a feed; ingest knows it a moment later."""
        try:
            await self._bucket.put(feed.name, encode_feed(feed))
        except (NatsError, OSError, TimeoutError) as error:
            raise _unavailable(error) from error

    async def remove(self, name: str) -> None:
        """Take a feed away; its key is worth nothing a moment later."""
        try:
            await self._bucket.delete(name)
        except (NatsError, OSError, TimeoutError) as error:
            raise _unavailable(error) from error


async def needed(book: Feedbook, name: str, advice: str = "`dateline feeds ls` shows the feeds.") -> Feed:
    """A feed that a command was given by name. Raises Failure, with names that are written nearly so; Unavailable."""
    feed = await book.get(name)
    if feed is None:
        near = meant(name, [one.name for one in await book.all()])
        raise Failure(f"there is no feed {name}{near}.", advice)
    return feed


async def feeds_of(client: QuickClient) -> list[Feed]:
    """Every feed, by name; none where there is no bucket, and none is made. Raises Failure, Unavailable."""
    if await stream_info(client, f"KV_{FEEDS.name}") is None:
        return []
    return await _read(DirectReader(client))


async def open_feedbook(client: QuickClient) -> Feedbook:
    """The bucket, declared if it was not there yet. Raises Unavailable."""
    await provision(client)
    try:
        return Feedbook(await client.jetstream().key_value(FEEDS.name), DirectReader(client))
    except (NatsError, OSError, TimeoutError) as error:
        raise _unavailable(error) from error


async def ensure_demo_feed(client: QuickClient, data: Path) -> str:
    """Make a feed ``demo`` if there is none at all, its key kept in the data folder; the key, empty if unknown."""
    book = await open_feedbook(client)
    if await book.all():
        try:
            return local_key(data, DEMO)
        except Failure:  # nothing that runs needs it; who pushes with it is told
            return ""
    key = new_key()
    keep_local_key(data, DEMO, key)
    await book.put(Feed(name=DEMO, key_sha256=key_digest(key)))
    return key


def new_key() -> str:
    """A random API key of 256 bits: ``dl_`` and 43 characters of base64url (RFC 4648, 5)."""
    return KEY_PREFIX + secrets.token_urlsafe(KEY_BYTES)


def no_local_key(data: Path, feed: str) -> Failure:
    """The failure if a feed's key is not known here and none was given."""
    advice = "Give one with --key or DATELINE_KEY; `dateline feeds add NAME` makes a feed and shows its key."
    return Failure(f"no key of feed {feed!r} is known in {data}{meant(feed, _local_keys(data))}.", advice)


def local_key(data: Path, feed: str) -> str:
    """The key of a feed that was made on this machine; empty if it is not known here. Raises Failure."""
    return _local_keys(data).get(feed, "")


def keep_local_key(data: Path, feed: str, key: str) -> None:
    """Remember a key in the data folder for this user alone; an empty one forgets it. Raises Failure, OSError."""
    keys = {**_local_keys(data), feed: key}
    write_whole(_keys_path(data), msgspec.json.encode({name: one for name, one in keys.items() if one}))


def _keys_path(data: Path) -> Path:
    return data / "feeds.json"


def _local_keys(data: Path) -> dict[str, str]:
    """By feed. Raises Failure where there are some that cannot be read: written anew, the file would lack them."""
    path = _keys_path(data)
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as error:
        advice = "It has the keys of feeds that were made here, which are nowhere else. Mend it, or move it away."
        raise Failure(f"{path} cannot be read: {getattr(error, 'strerror', error)}.", advice) from error


async def _read(direct: DirectReader) -> list[Feed]:
    named = {
        (entry.headers or {})["Nats-Subject"].rpartition(".")[2]: entry.data
        for entry in await direct.entries(FEEDS.name)
    }
    return [_decoded(name, named[name]) for name in sorted(named)]


def _decoded(name: str, value: bytes) -> Feed:
    try:
        return decode_feed(value)
    except msgspec.DecodeError as error:
        advice = f"Remove it with `dateline feeds rm {name}` and add it anew."
        raise Failure(f"feed {name} cannot be read: {error}", advice) from error


def _unavailable(error: Exception) -> Unavailable:
    return Unavailable(f"bucket {FEEDS.name} does not answer: {words(error)}")
