"""What ingest tells of feeds: its own processes in the bucket DOORS (keys ``<what>.<feed>``), others in FEED_EVENTS."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.errors import APIError

from dateline_kernel.commit import EXPECTED, Message
from dateline_kernel.delivery import recorded_time
from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Conflict, Duplicate, TooLarge, Unavailable, words
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.runtime import Runtime
from dateline_schemas.feeds import Feed, FeedEvent, encode_feed_event
from dateline_schemas.subjects import DOORS, feed_subject

STREAM = f"KV_{DOORS.name}"
_PREFIX = f"$KV.{DOORS.name}."
_WRONG_LAST_SEQUENCE = (10071, 10164)
_TOO_LARGE = 10054


class Noted(Struct, frozen=True):
    """A value with what the bucket knows of it."""

    value: bytes
    """Empty for one that was taken away."""
    revision: int
    written: datetime
    """Server time, UTC."""


NOTHING = Noted(b"", 0, datetime.min)
"""A key that never was."""


class DoorBook:
    """Reads and writes DOORS. Every method raises Unavailable when the server does not answer."""

    def __init__(self, client: QuickClient, direct: DirectReader) -> None:
        self._client = client
        self._direct = direct

    async def all(self, what: str) -> dict[str, Noted]:
        """By feed, what stands under ``<what>.*``, and what was taken away there."""
        messages = await self._direct.latest(STREAM, f"{_PREFIX}{what}.*")
        return {key.rpartition(".")[2]: noted for key, noted in map(_noted, messages)}

    async def get(self, key: str) -> Noted:
        """What stands under a key; ``NOTHING`` if it never was written."""
        messages = await self._direct.get(STREAM, multi_last=[_PREFIX + key], batch=1)
        return _noted(messages[0])[1] if messages else NOTHING

    async def put(self, key: str, value: bytes, revision: int | None = None) -> int:
        """Write, fsynced; the new revision. An empty value takes the key away.

        ``revision`` is what the writer has seen (0: nothing); raises Conflict if another wrote since. Raises TooLarge.
        """
        headers = {} if value else {"KV-Operation": "DEL"}
        if revision is not None:
            headers[EXPECTED] = str(revision)
        if not self._client.is_connected:
            raise Unavailable("not connected to NATS")
        try:
            return (await self._client.jetstream().publish(_PREFIX + key, value, headers=headers)).seq
        except APIError as error:
            said = f"{error.description} (JetStream error {error.err_code})"
            if error.err_code in _WRONG_LAST_SEQUENCE:
                raise Conflict(said) from error
            raise (TooLarge if error.err_code == _TOO_LARGE else Unavailable)(said) from error
        except (NatsError, OSError, TimeoutError) as error:
            raise Unavailable(f"bucket {DOORS.name} does not answer: {words(error)}") from error


def _noted(message: Msg) -> tuple[str, Noted]:
    """The subject of a stored value, and what is known of it."""
    headers = message.headers or {}
    value = b"" if headers.get("KV-Operation") else message.data
    return headers["Nats-Subject"], Noted(value, int(headers["Nats-Sequence"]), recorded_time(headers))


class BucketTokenStore:
    """A feed's renewed token in DOORS, sealed: implements ``renewals.TokenStore``."""

    def __init__(self, book: DoorBook, feed: Feed) -> None:
        self._book = book
        self._key = f"renewed.{feed.name}"

    async def sealed(self) -> bytes:
        """Raises Unavailable."""
        return (await self._book.get(self._key)).value

    async def keep_sealed(self, data: bytes) -> None:
        """Raises Unavailable."""
        await self._book.put(self._key, data)


async def tell(runtime: Runtime, what: str, event: FeedEvent, mark: str, last: int | None = None) -> bool:
    """Say it; False if it was said already, or another process spoke first. Raises Unavailable.

    ``what`` ends the subject. ``mark`` tells the event from others of its kind and feed. ``last`` is the sequence of
    the newest event at that subject, 0 for none, where what is said depends on it.
    """
    headers = {"Nats-Msg-Id": f"{what}-{event.feed}-{mark}"}
    if last is not None:
        headers[EXPECTED] = str(last)
    message = Message(feed_subject(event.feed, what), encode_feed_event(event), headers)
    try:
        await runtime.post.commit([message], [event.feed])
    except (Conflict, Duplicate):
        return False
    return True
