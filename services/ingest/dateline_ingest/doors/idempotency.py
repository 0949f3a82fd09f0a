"""Answers to pushes that carry an idempotency key: kept, and given again when the same push comes once more."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress

import msgspec
from msgspec import Struct
from nats.errors import Error as NatsError
from nats.js.errors import KeyNotFoundError, KeyWrongLastSequenceError
from nats.js.kv import KeyValue

from dateline_ingest.doors.problems import Answer, refusal
from dateline_ingest.turns import Turns
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.runtime import Runtime
from dateline_schemas.feeds import Feed
from dateline_schemas.subjects import RECEIPTS

KEY_LENGTH = 255
"""Characters of an idempotency key."""
HEADERS = 1024
"""Bytes, more than the headers of an answer have, by NATS or in the bucket."""
_FINAL = frozenset((202, 207, 400, 422))
"""Answers that the same push would get again; others are worth another try, so no idempotency key keeps them."""


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

    async def once(
        self, feed: Feed, key: str | None, path: str, data: bytes, take: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        """What ``take`` answers to ``data`` that was sent to ``path``, unless this was answered before under its key.

        A push without a key is taken at once. A crash in between makes a repeat, which versions tell apart. Raises what
        ``take`` raises, Refusal where the key came with something else (422) or is no key (400), Unavailable.
        """
        if key is None:
            return await take()
        request = _digest(path, data)
        async with self._turns.of([f"{feed.name} {key}"]):
            before = await self.given(feed, key, request)
            if before is not None:
                return before
            answer = await take()
            if answer.status in _FINAL and not answer.unsettled:
                await self.keep(feed, key, request, answer)
            return answer

    async def given(self, feed: Feed, key: str, request: str) -> Answer | None:
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
        if kept.request != request:
            reason = "this Idempotency-Key came with another body before; use a new key for each push"
            raise refusal("idempotency-key", 422, "Idempotency key used before", reason)
        return Answer(kept.status, kept.body, kept.media, ((b"idempotency-replayed", b"true"),))

    async def keep(self, feed: Feed, key: str, request: str, answer: Answer) -> None:
        """Remember an answer; the first one stays, should another process have answered the same push meanwhile.

        One that is larger than the server takes is not kept: the same push is told apart as a repeat then.
        Raises Unavailable: then the push is to be sent again, and is a repeat.
        """
        kept = msgspec.msgpack.encode(Kept(request, answer.status, answer.body, answer.media))
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


def _digest(path: str, data: bytes) -> str:
    digest = hashlib.sha256(path.encode() + b"\0")
    digest.update(data)
    return digest.hexdigest()
