"""Following a stream from any place: messages in order, none twice, none left out, whatever happens to the server.

Without a name the reader is an ordered pull consumer: the server forgets it, and after a break it is made again behind
the last message. With a name it is a durable consumer, which remembers what was acknowledged. What a named reader had
in hand when it ended comes first again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from datetime import datetime

import msgspec
import nats.js.api as api
from msgspec import Struct
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from dateline_kernel.agreement import CATCHES_UP, agreed
from dateline_kernel.connection import denied
from dateline_kernel.consumers import Untold, readers_of
from dateline_kernel.delivery import delivery_of
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.inflow import FULL, Next
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.reader import SILENCE, stands
from dateline_operate.console.failure import Failure
from dateline_schemas.subjects import TOPICS, same_topics

BATCH = 256
EXPIRES = 30.0
HEARTBEAT = 1.0
"""Seconds between signs of life that the server is asked for; two missed ones mean that the pull is lost."""
AGAIN = 0.3
IN_HAND = 3.0
"""Seconds that a named reader that is made here may keep a message without acknowledging it; then the next reader gets
it.
"""
SURELY = 0.5
"""Seconds that the server may need beyond that."""
BEHIND = 256
"""Messages before a named reader's place that are looked at: far more than a release has topics."""


class Start(Struct, frozen=True, kw_only=True):
    """Where to begin: a sequence, a time, or only what is new."""

    seq: int = 1
    time: datetime | None = None
    new: bool = False


class Follower:
    """One reader of one stream."""

    def __init__(self, client: QuickClient, stream: str, subject: str, start: Start, name: str = "") -> None:
        self._client = client
        self._stream = stream
        self._subject = subject
        self._start = start
        self._name = name
        self._last = 0

    async def messages(self, *, forever: bool = True) -> AsyncGenerator[Msg, None]:
        """Messages in order; without ``forever`` only those that are there now. A named reader acknowledges them
        itself.

        Raises Unavailable if the stream cannot be read at the beginning, and where no copy of it comes to its end;
        otherwise it tries again for ever. Raises Failure for a name that follows another subject.
        """
        # What a copy that lags does not have yet comes to a name the next time.
        last = 0 if forever or self._name else (await agreed(self._client, self._stream)).last
        for wait in CATCHES_UP:
            async with aclosing(self._messages(forever, last)) as messages:
                async for message in messages:
                    yield message
            if not await self._more(last):
                return
            await asyncio.sleep(wait)
        raise Unavailable(f"reading {self._stream} broke off at {self._last}: the copies that answer lag behind {last}")

    async def _more(self, last: int) -> bool:
        """Whether there is more, up to this sequence, that the leader can read. Raises Unavailable."""
        behind = Start(seq=self._last + 1) if self._last else self._start
        if not last or behind.new:
            return False
        return await stands(self._client, self._stream, self._subject, behind.time or behind.seq, last)

    async def _messages(self, forever: bool, last: int) -> AsyncGenerator[Msg, None]:
        consumer, left = await self._declare()
        if not forever and not left:
            return
        came: set[int] = set()
        while True:
            try:
                async for message in self._pull(consumer, forever):
                    delivery = delivery_of(message)
                    self._last = delivery.seq
                    yield message
                    if forever:
                        continue
                    came.add(delivery.seq)  # a slow reader gets one again that is still in hand
                    if len(came) >= left or (delivery.pending == 0 and not self._name):
                        return
            except (_Lost, NatsError, OSError, TimeoutError):
                await asyncio.sleep(AGAIN)
            with suppress(Unavailable):
                if last and not await self._more(last):
                    return
                consumer, more = await self._declare()
                left = len(came) + more

    async def behind(self) -> list[Msg]:
        """The newest messages that a named reader has acknowledged; none if that cannot be seen.

        An outlet's login may not be allowed to look.
        """
        try:
            info = await self._client.jetstream().consumer_info(self._stream, self._name)
            place = info.ack_floor.stream_seq if info.ack_floor else 0
            if not place:
                return []
            reader = Follower(self._client, self._stream, self._subject, Start(seq=max(1, place - BEHIND + 1)))
            found: list[Msg] = []
            async with aclosing(reader.messages(forever=False)) as messages:
                async for message in messages:
                    if delivery_of(message).seq > place:
                        break
                    found.append(message)
        except (Unavailable, NatsError, OSError, TimeoutError):
            return []
        return found

    async def _declare(self) -> tuple[str, int]:
        """Make the consumer be there; its name, and how many messages wait."""
        try:
            info = await self._known() if self._name else None
            info = info or await self._client.jetstream().add_consumer(self._stream, self._config())
        except NotFoundError as error:
            raise Unavailable(f"stream {self._stream} is not there") from error
        except (NatsError, OSError, TimeoutError) as error:
            why = denied(self._client) or words(error)
            raise Unavailable(f"stream {self._stream} cannot be followed: {why}") from error
        if self._start.new and not self._name:
            # From here on, "new" is what comes after this: should the consumer be lost, nothing is left out.
            self._start = Start(seq=(info.delivered.stream_seq if info.delivered else 0) + 1)
        if self._name and info.num_ack_pending:
            await self._out_of_hands(info.config.ack_wait or IN_HAND)
        return info.name, (info.num_pending or 0) + (info.num_ack_pending or 0)

    async def _out_of_hands(self, after: float) -> None:
        """Wait until the server takes back what a reader that ended had in hand, so that later messages do not overtake
        it.
        """
        await asyncio.sleep(after)
        with suppress(NatsError, OSError, TimeoutError):  # no time counts while the server stands still
            await self._client.jetstream().consumer_info(self._stream, self._name)
        await asyncio.sleep(SURELY)

    async def _known(self) -> api.ConsumerInfo | None:
        """What the server has under the name: it stays as whoever reads under it has made it. Raises Failure."""
        try:
            there: api.ConsumerInfo = await self._client.jetstream().consumer_info(self._stream, self._name)
        except NotFoundError:
            return None
        if not same_topics(there.config.filter_subject or TOPICS.subjects[0], self._subject):
            said = f"{self._name!r} follows {there.config.filter_subject} already, not {self._subject}."
            advice = "Ask for the same, take another name, or --forget this one and how far it has read."
            raise Failure(said, advice, code=2)
        return there

    def _config(self) -> api.ConsumerConfig:
        config = api.ConsumerConfig(filter_subject=self._subject)
        if self._name:
            config.name = config.durable_name = self._name
            config.ack_policy = api.AckPolicy.EXPLICIT
            config.ack_wait = IN_HAND
        else:
            config.ack_policy = api.AckPolicy.NONE
            config.mem_storage = True
            config.inactive_threshold = 60.0
        start = Start(seq=self._last + 1) if self._last and not self._name else self._start
        if start.new:
            config.deliver_policy = api.DeliverPolicy.NEW
        elif start.time is not None:
            config.deliver_policy = api.DeliverPolicy.BY_START_TIME
            config.opt_start_time = start.time.isoformat()  # type: ignore[assignment]
        else:
            config.deliver_policy = api.DeliverPolicy.BY_START_SEQUENCE
            config.opt_start_seq = start.seq
        return config

    async def _pull(self, consumer: str, forever: bool) -> AsyncIterator[Msg]:
        """Messages as they come; without ``forever`` until none comes for a while."""
        expires = EXPIRES if forever else SILENCE
        inbox = self._client.new_inbox()
        subscription = await self._client.subscribe(inbox)
        request = msgspec.json.encode(
            Next(BATCH, self._client.room, expires=int(expires * 1e9), idle_heartbeat=int(HEARTBEAT * 1e9))
        )
        came = True
        try:
            while came or forever:
                came = False
                await self._client.publish(f"$JS.API.CONSUMER.MSG.NEXT.{self._stream}.{consumer}", request, reply=inbox)
                async for message in _answers(subscription):
                    came = True
                    yield message
        finally:
            with suppress(NatsError, OSError):
                await subscription.unsubscribe()


class _Lost(Exception):
    """The server will not answer this pull any more."""


async def _answers(subscription: Subscription) -> AsyncIterator[Msg]:
    """The messages of one pull request, until the server says that it is over. Raises _Lost, TimeoutError."""
    left = BATCH
    while left:
        message = await subscription.next_msg(timeout=2 * HEARTBEAT + 0.5)
        headers = message.headers or {}
        status = headers.get("Status")
        if status is None:
            left -= 1
            yield message
        elif status in ("404", "408") or headers.get("Description") == FULL:
            return
        elif status != "100":
            raise _Lost(status)


async def forget(client: QuickClient, stream: str, name: str) -> bool:
    """Make the server forget a named reader, whoever named it and how; whether it knew it. Raises Unavailable."""
    try:
        there = {one.name for one in await readers_of(client, stream)}
    except Untold as error:
        there = {one.name for one in error.told} | error.names
    if name not in there:
        return False
    try:
        return await client.jetstream().delete_consumer(stream, name)
    except NotFoundError:
        return False
    except (NatsError, OSError, TimeoutError) as error:
        raise Unavailable(f"{name!r} cannot be forgotten: {words(error)}") from error
