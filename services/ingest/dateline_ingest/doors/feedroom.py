"""The room that a door really works in: one feed of this process, with the log behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec
from structlog.typing import FilteringBoundLogger

from dateline_ingest.deliveries import Delivery, Handover, Refused
from dateline_ingest.doorbook import BucketTokenStore, DoorBook, tell
from dateline_ingest.doors.context import DoorContext
from dateline_ingest.doors.secret import secret_at, without
from dateline_ingest.formats import Unparseable
from dateline_ingest.quarantining import keep_fault, quarantine_input
from dateline_ingest.reading import read
from dateline_kernel.errors import KernelError, Unavailable
from dateline_schemas.feeds import Feed, FeedMoved, key_digest
from dateline_schemas.pushes import Taken

if TYPE_CHECKING:
    from dateline_ingest.doors.linkedtexts import Missing

T = TypeVar("T")

MOST_CURSOR = 512 * 1024
FIRST_WAIT = 0.2
LONGEST_WAIT = 10.0
"""Seconds between two tries while the log does not answer."""


class TextMissing(Exception):
    """A story's text is at a link, cannot be had there, and the feed's entry does not want the story without."""


Tell = Callable[[], Awaitable[None]]


async def _nothing() -> None:
    """Nobody wants to hear of it."""


class FeedRoom:
    """Implements ``room.Room``. ``reached`` hears that the source answered, ``worked`` that a round is done."""

    def __init__(self, context: DoorContext, feed: Feed, reached: Tell = _nothing, worked: Tell = _nothing) -> None:
        self._runtime = context.runtime
        self._context = context
        self._feed = feed
        self._reached = reached
        self._worked = worked
        self._book = DoorBook(context.runtime.client, context.runtime.journal.direct)
        self._tokens = BucketTokenStore(self._book, feed)
        self._secrets: set[str] = set()
        self._log: FilteringBoundLogger = context.runtime.log.bind(feed=feed.name, door=feed.door)

    @property
    def feed(self) -> Feed:
        """The feed as the bucket has it."""
        return self._feed

    @property
    def log(self) -> FilteringBoundLogger:
        """Bound to feed and door."""
        return self._log

    @property
    def public_url(self) -> str:
        """Where hubs reach the HTTP door; empty if they cannot."""
        return self._context.settings.public_url

    def now(self) -> datetime:
        """The clock, UTC."""
        return self._runtime.now()

    async def take(self, data: bytes, *, hint: str = "", url: str = "", name: str = "") -> Handover:
        """Take bytes in at the feed's rate; without a receipt for input that went to quarantine."""
        while wait := self._context.feeds.too_fast(self._feed):
            await asyncio.sleep(wait)
        missing: tuple[Missing, ...] = ()
        if (texts := self._feed.texts) is not None:
            from dateline_ingest.doors.linkedtexts import LinkedTexts

            key = self._secret_at(texts.secret) if texts.secret else ""
            whole = await LinkedTexts(self._feed, texts, key, self._log).whole(data, hint, url)
            data, hint = whole.data, whole.hint
            missing = whole.missing if texts.missing == "quarantine" else ()
        delivery = Delivery(feed=self._feed, door=self._feed.door, data=data, hint=hint, url=url)
        return await self._persist(lambda: self._take(delivery, name, missing))

    async def _take(self, delivery: Delivery, name: str, missing: tuple[Missing, ...]) -> Handover:
        wall = ""
        try:
            if missing:
                return Handover(await self._without(delivery, missing))
            return Handover((await self._context.intake.take_in(delivery)).receipts)
        except Refused as refused:
            number, why = refused.number, str(refused)
            wall = refused.cause.wall if isinstance(refused.cause, Unparseable) else ""
        except KernelError:
            raise
        except Exception as error:
            why, number = await keep_fault(self._runtime, delivery, error, name)
        self._log.warning("not taken in", name=name, quarantine=number, reason=why)
        return Handover(refused=why, wall=wall)

    async def _without(self, delivery: Delivery, missing: tuple[Missing, ...]) -> tuple[Taken, ...]:
        """Take in what is whole; the message goes to quarantine for the others, and a retry takes it as it is."""
        said = "; ".join(f"story {one.guid}: {one.reason}" for one in missing)
        why = TextMissing(f"text at a link cannot be had: {said}. A retry takes it without")
        number = await quarantine_input(self._runtime, delivery, why)
        self._log.warning("stories without their texts not taken in", quarantine=number, stories=len(missing))
        parsed = await read(delivery)
        gone = {one.guid for one in missing}
        kept = tuple(story for story in parsed.stories if story.guid not in gone)
        if not kept:
            return ()
        return (await self._context.intake.take_in(delivery, msgspec.structs.replace(parsed, stories=kept))).receipts

    async def cursor(self) -> bytes:
        """What was remembered last. Raises Unavailable."""
        return (await self._book.get(f"cursor.{self._feed.name}")).value

    async def remember(self, cursor: bytes) -> None:
        """Keep the place. Raises ValueError for one that is too large."""
        if len(cursor) > MOST_CURSOR:
            raise ValueError(f"a cursor of {len(cursor)} bytes; at most {MOST_CURSOR} can be remembered")
        await self._persist(lambda: self._book.put(f"cursor.{self._feed.name}", cursor))

    async def sealed(self) -> bytes:
        """A renewed token, sealed; empty if there is none. Raises Unavailable."""
        return await self._tokens.sealed()

    async def keep_sealed(self, data: bytes) -> None:
        """Keep it. Waits while the log does not answer."""
        await self._persist(lambda: self._tokens.keep_sealed(data))

    async def _persist(self, work: Callable[[], Awaitable[T]]) -> T:
        wait = FIRST_WAIT
        while True:
            try:
                return await work()
            except Unavailable as error:
                self._log.warning("waiting for the log", reason=str(error), seconds=wait)
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)

    def secret(self) -> str:
        """The feed's secret, read anew. Raises DoorFault."""
        return self._secret_at(self._feed.secret)

    def _secret_at(self, named: str) -> str:
        secret = secret_at(named, self._feed)
        self._secrets.add(secret)
        return secret

    def without_secrets(self, text: str) -> str:
        """A text without what this room handed out as a secret: libraries put all sorts of things into exceptions."""
        return without(text, *self._secrets)

    async def reached(self) -> None:
        """The source answered."""
        await self._reached()

    async def moved(self, url: str) -> None:
        """Told as an event, once for each address."""
        feed = self._feed
        event = FeedMoved(feed=feed.name, url=feed.url, moved=url)
        await self._persist(lambda: tell(self._runtime, "moved", event, key_digest(f"{feed.url} {url}")))

    async def rest(self, seconds: float | None = None) -> None:
        """Wait for the next look."""
        await self._worked()
        await asyncio.sleep(self._feed.every if seconds is None else seconds)
