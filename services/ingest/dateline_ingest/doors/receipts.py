"""What was answered to a push: asked for later by its number, or given again for the same idempotency key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import msgspec
from msgspec import Struct
from nats.errors import Error as NatsError
from nats.js.errors import KeyNotFoundError, KeyWrongLastSequenceError
from nats.js.kv import KeyValue

from dateline_ingest.doors.problems import Answer, refusal
from dateline_ingest.turns import Turns
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.losses import unread_of
from dateline_kernel.runtime import Runtime
from dateline_schemas.codec import UnreadableEvent
from dateline_schemas.events import Arrival, Event, Recorded, Standing, StoryHeld, StoryWithdrawn
from dateline_schemas.feeds import Feed, agency_of
from dateline_schemas.subjects import RECEIPTS

_NUMBER = re.compile(r"([a-z0-9]{26})-([1-9]\d{0,6})")
KEY_LENGTH = 255
"""Characters of an idempotency key."""
_FINAL = frozenset((202, 207, 400, 422))
"""Answers that the same push would get again; others are worth another try, so no idempotency key keeps them."""
HEADERS = 1024
"""Bytes, more than the headers of an answer have, by NATS or in the bucket."""


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened to the version since."""

    fact: str
    at: datetime
    seq: int
    reason: str = ""
    """Why it is held, or was withdrawn."""
    until: datetime | None = None
    """When the embargo ends for which it is held, UTC."""


class Proof(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A receipt, as it stands in the log."""

    receipt: str
    story_id: str
    version: str
    event_id: str
    standing: Standing
    flags: tuple[str, ...] = ()
    door: str
    format: str
    original: str
    """SHA-256 of the bytes as they came, in hex."""
    original_bytes: int
    recorded: datetime
    """When the log took it, UTC."""
    seq: int
    """Where it stands in the log."""
    headline: str = ""
    since: tuple[Step, ...] = ()
    """What was said of this version since, in the order of the log."""


async def proof_of(runtime: Runtime, feed: Feed, number: str) -> Proof | None:
    """The receipt of this number; None for one that is not the feed's, nor of a feed of its agency. Raises Unavailable.

    The agency's other feed gets the number too, as the answer to a repeat. Raises codec.UnreadableEvent where it may
    be the number of an event that cannot be read.
    """
    found = _NUMBER.fullmatch(number)
    if found is None:
        return None
    log = await runtime.journal.load(found[1], whole=False)
    arrival = int(found[2])
    for recorded in log:
        event = recorded.event
        if isinstance(event, Arrival) and event.arrival == arrival and _may_see(feed, event):
            return _proof(number, event, recorded, log)
    for lost in unread_of(log):
        if lost.event.nth == arrival:
            raise UnreadableEvent(lost.event.why)
    return None


def _may_see(feed: Feed, event: Arrival) -> bool:
    agency = agency_of(feed.contract)
    return event.feed == feed.name or (bool(agency) and agency == agency_of(event.contract))


def _proof(number: str, event: Arrival, recorded: Recorded[Event], log: list[Recorded[Event]]) -> Proof:
    since = (
        _step(one)
        for one in log
        if not isinstance(one.event, Arrival) and event.ordinal and one.event.ordinal == event.ordinal
    )
    return Proof(
        receipt=number,
        story_id=event.story_id,
        version=event.version,
        event_id=event.id,
        standing=event.standing,
        flags=event.flags,
        door=event.door,
        format=event.format,
        original=event.original,
        original_bytes=event.original_bytes,
        recorded=recorded.time,
        seq=recorded.seq,
        headline=event.story.headline,
        since=tuple(since),
    )


def _step(recorded: Recorded[Event]) -> Step:
    event = recorded.event
    why = event.reason if isinstance(event, StoryHeld | StoryWithdrawn) else ""
    until = event.until if isinstance(event, StoryHeld) else None
    return Step(fact=event.fact, at=recorded.time, seq=recorded.seq, reason=why, until=until)


class Kept(Struct, frozen=True):
    """An answer that stands for an idempotency key."""

    request: str
    """SHA-256 of what was sent, in hex."""
    status: int
    body: bytes
    media: bytes


class Answers:
    """Answers by idempotency key, for as long as the bucket keeps them (IETF draft idempotency-key-header)."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._bucket: KeyValue | None = None
        self._turns = Turns()

    async def once(self, feed: Feed, key: str, sent: bytes, take: Callable[[], Awaitable[Answer]]) -> Answer:
        """What ``take`` answers, unless this was answered before. A crash in between makes a repeat, which versions
        tell apart. Raises what ``take`` raises, Refusal where the key came with something else (422) or is no key
        (400), Unavailable.
        """
        async with self._turns.of([f"{feed.name} {key}"]):
            before = await self.given(feed, key, sent)
            if before is not None:
                return before
            answer = await take()
            if answer.status in _FINAL and not answer.unsettled:
                await self.keep(feed, key, sent, answer)
            return answer

    async def given(self, feed: Feed, key: str, sent: bytes) -> Answer | None:
        """What was answered to this before; None if nothing was.

        Raises Refusal where the key came with something else (422) or is no key (400), Unavailable.
        """
        if not 0 < len(key) <= KEY_LENGTH or not key.isprintable():
            reason = f"an Idempotency-Key has 1 to {KEY_LENGTH} printable characters"
            raise refusal("idempotency-key", 400, "Not an idempotency key", reason)
        try:
            entry = await (await self._open()).get(_name(feed, key))
        except KeyNotFoundError:
            return None
        except (NatsError, OSError, TimeoutError) as error:
            raise Unavailable(f"receipts do not answer: {words(error)}") from error
        kept = msgspec.msgpack.decode(entry.value or b"", type=Kept)
        if kept.request != _digest(sent):
            reason = "this Idempotency-Key came with another body before; use a new key for each push"
            raise refusal("idempotency-key", 422, "Idempotency key used before", reason)
        return Answer(kept.status, kept.body, kept.media, ((b"idempotency-replayed", b"true"),))

    async def keep(self, feed: Feed, key: str, sent: bytes, answer: Answer) -> None:
        """Remember an answer; the first one stays, should another process have answered the same push meanwhile.

        One that is larger than the server takes is not kept: the same push is told apart as a repeat then.
        Raises Unavailable: then the push is to be sent again, and is a repeat.
        """
        kept = msgspec.msgpack.encode(Kept(_digest(sent), answer.status, answer.body, answer.media))
        if len(kept) > self._runtime.client.max_payload - HEADERS:
            return
        try:
            bucket = await self._open()
            with suppress(KeyWrongLastSequenceError):
                await bucket.create(_name(feed, key), kept)
        except (NatsError, OSError, TimeoutError) as error:
            raise Unavailable(f"receipts do not answer: {words(error)}") from error

    async def _open(self) -> KeyValue:
        if self._bucket is None:
            self._bucket = await self._runtime.client.jetstream().key_value(RECEIPTS.name)
        return self._bucket


def _name(feed: Feed, key: str) -> str:
    return f"{feed.name}.{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def _digest(sent: bytes) -> str:
    return hashlib.sha256(sent).hexdigest()
