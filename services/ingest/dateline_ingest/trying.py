"""Tries a feed's door without taking anything in: what ``dateline feeds check`` calls."""

from __future__ import annotations

import asyncio
from typing import NoReturn

import msgspec
import structlog
from msgspec import Struct

from dateline_ingest.doorbook import BucketTokenStore, DoorBook
from dateline_ingest.doors.renewals import NO_STORE, TokenStore
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.secret import secret_at, without
from dateline_ingest.doors.source import Found
from dateline_ingest.doors.table import FETCHING, probe_of
from dateline_ingest.formats import Parsed, Unparseable, parse
from dateline_ingest.formats.items import summed
from dateline_ingest.instants import rfc3339
from dateline_ingest.reading import known
from dateline_kernel.direct import DirectReader
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.feeds import Feed, space_of
from dateline_schemas.identity import story_id
from dateline_schemas.story import Story

WITHIN = 60.0
"""Seconds for all of it."""
MOST_SHOWN = 20


class Becomes(Struct, frozen=True, kw_only=True):
    """What a story of the sample would be."""

    story_id: str
    version: str
    headline: str
    language: str
    provider: str
    pubstatus: str
    created: str
    """RFC 3339; empty where the message does not say."""


class Tried(Struct, frozen=True, kw_only=True):
    """What came of trying."""

    feed: str
    door: str
    fault: str = ""
    """Why it does not work; empty if it does."""
    connected: bool = False
    """False for a feed that pushes: there is nothing to connect to."""
    new: int = 0
    """Files, mails or documents that wait at the source."""
    note: str = ""
    sample: str = ""
    """Name of the item that was read."""
    sample_bytes: int = 0
    format: str = ""
    stories: tuple[Becomes, ...] = ()
    """Of the sample, the first ones."""
    count: int = 0
    """How many stories it has."""


async def try_feed(feed: Feed, client: QuickClient | None = None) -> Tried:
    """Resolve the secret, connect once, read one item. What does not work is in the answer, nothing is raised.

    ``client`` is a connection to Dateline's server, where a refresh token that takes another's place is kept.
    """
    if feed.door not in FETCHING:
        return Tried(feed=feed.name, door=feed.door, note="it pushes: there is nothing to connect to")
    secret = ""
    try:
        secret = secret_at(feed.secret, feed) if feed.secret else ""
        key = secret_at(feed.texts.secret, feed) if feed.texts and feed.texts.secret else ""
        store = BucketTokenStore(DoorBook(client, DirectReader(client)), feed) if client else NO_STORE
        found = await _with_texts(feed, await _probe(feed, secret, store), key)
    except DoorFault as fault:
        return Tried(feed=feed.name, door=feed.door, fault=without(str(fault), secret))
    except TimeoutError:
        return Tried(feed=feed.name, door=feed.door, fault=f"no answer within {WITHIN:g} s; see that it can be reached")
    except Exception as error:
        # A fault in the door is an answer too.
        return Tried(feed=feed.name, door=feed.door, fault=without(f"{type(error).__name__}: {error}", secret)[:500])
    return await _read(feed, found)


async def _probe(feed: Feed, secret: str, store: TokenStore) -> Found:
    try:
        probe = probe_of(feed.door)
    except ImportError as error:
        raise DoorFault(f"door {feed.door} cannot be used here: {error}; install its library") from error
    async with asyncio.timeout(WITHIN):
        return await probe(feed, secret, store)


async def _with_texts(feed: Feed, found: Found, key: str) -> Found:
    """The sample with the texts that it links to; what could not be had is in the note."""
    if feed.texts is None or not found.sample:
        return found
    from dateline_ingest.doors.linkedtexts import LinkedTexts

    texts = LinkedTexts(feed, feed.texts, key, structlog.wrap_logger(None, processors=[_unheard]))
    whole = await texts.whole(found.sample, found.hint, found.url)
    note = found.note
    if whole.missing:
        first = without(whole.missing[0].reason, key)
        note = f"{note}; " * bool(note) + f"{len(whole.missing)} of its texts cannot be had: {first}"
    return msgspec.structs.replace(found, sample=whole.data, hint=whole.hint, note=note)


def _unheard(*_: object) -> NoReturn:
    """The answer says it; there is no log to write to where an operator types."""
    raise structlog.DropEvent


async def _read(feed: Feed, found: Found) -> Tried:
    tried = Tried(feed=feed.name, door=feed.door, connected=True, new=found.new, note=found.note)
    if not found.name:
        return tried
    parsed, fault = await asyncio.to_thread(_parsed, feed, found)
    return msgspec.structs.replace(
        tried,
        sample=found.name,
        sample_bytes=len(found.sample),
        fault=fault,
        format=parsed.format if parsed else "",
        stories=tuple(_becomes(feed, story) for story in parsed.stories[:MOST_SHOWN]) if parsed else (),
        count=len(parsed.stories) if parsed else 0,
    )


def _parsed(feed: Feed, found: Found) -> tuple[Parsed | None, str]:
    try:
        parsed = known(parse(found.sample, hint=found.hint or feed.format, url=found.url), feed)
        left_out = f"an item of {found.name} would go to quarantine: {summed(parsed.refused)}" if parsed.refused else ""
        return parsed, left_out
    except Unparseable as error:
        return None, f"{found.name} would go to quarantine: {error}"
    except Exception as error:
        return None, f"{found.name} would go to quarantine, a reader breaks: {type(error).__name__}: {error}"[:500]


def _becomes(feed: Feed, story: Story) -> Becomes:
    return Becomes(
        story_id=story_id(space_of(feed), story.guid),
        version=story.version or "1",
        headline=story.headline,
        language=story.language or feed.language,
        provider=story.provider or feed.provider,
        pubstatus=story.pubstatus,
        created=rfc3339(story.version_created or story.first_created),
    )
