"""Pulls events, has the reaction answer each, acknowledges; failures are tried again, then quarantined."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any

from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.message import NatsBatchMessage
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from dateline_kernel.beyond import Beyond
from dateline_kernel.delivery import Delivery, delivery_of
from dateline_kernel.errors import KernelError, NotAllowed, TooLarge, Unavailable
from dateline_kernel.losses import unread
from dateline_kernel.pulling import ImpatientPull, impatient
from dateline_kernel.reactions import Reaction
from dateline_kernel.refusing import set_aside
from dateline_kernel.runtime import Runtime
from dateline_kernel.waiting import Waiting, put_off
from dateline_schemas.codec import UnreadableEvent, decode
from dateline_schemas.events import Event, Recorded
from dateline_schemas.flow import consumer_name, step
from dateline_schemas.subjects import STORIES, fact_filter

BACKOFF = (0.2, 1.0, 5.0, 20.0, 60.0)
"""Seconds before the second, third, ... try; the last value for all later ones."""
AWAY = 1.0
"""Seconds between tries while the log does not answer."""
ENDS_IT = 25
"""Deliveries without success or failure after which an event is taken for one that kills its process."""
OUTLASTS = 10_000
"""The same for a kind that waits for its time: it is delivered again each day and at each start of a server."""
SUSPECT = 2
"""Deliveries without success or failure after which an event is answered alone. One more may be chance."""
FETCH_HEAVY = 16
"""Most events that a heavy handler has in work at once."""


class Hearing:
    """One service's consumer of one kind of event."""

    def __init__(self, runtime: Runtime, kind: type[Event], reaction: Reaction) -> None:
        self.kind = kind
        self.consumer = consumer_name(runtime.service, kind)
        self.pulled = 0
        """Events that came, whatever became of them; while it grows, the pull has not stalled."""
        self.in_work = 0
        self.draining = False
        self._runtime = runtime
        self._client = runtime.client
        self._reaction = reaction
        self.waiting = Waiting(self.consumer, reaction) if kind in step(runtime.service).waits else None
        """None for a kind whose events never wait for a time."""
        self.beyond = Beyond(kind, self.waiting) if self.waiting is not None else None
        self._pull: ImpatientPull | None = None
        self._failures: dict[int, int] = {}
        self._heard = runtime.telemetry.heard.labels(runtime.service, kind.__name__)

    def subscribe(self, broker: NatsBroker) -> ImpatientPull:
        """Register with FastStream; the subscriber, which the watch may restart. The consumer must be declared."""
        fetch = self._runtime.settings.fetch
        if self._reaction.heavy:
            # All that is pulled must be answered before the server takes it for lost.
            fetch = min(fetch, FETCH_HEAVY)
        subscriber = broker.subscriber(
            fact_filter(self.kind),
            stream=JStream(STORIES.name, declare=False),
            durable=self.consumer,
            pull_sub=PullSub(batch_size=fetch, timeout=1.0, batch=True),
            ack_policy=AckPolicy.MANUAL,
            decoder=_raw,
        )
        subscriber(self._receive)
        self._pull = impatient(subscriber, self._client, self.consumer)
        return self._pull

    async def _receive(self, pulled: list[Msg]) -> None:
        """Answer the events of one pull concurrently, so that their answers share batches.

        Suspects come last, one at a time: one of them may kill the process. In random order, or those behind that one
        would never be answered.
        """
        self.pulled += len(pulled)
        self._heard.inc(len(pulled))
        suspects: list[tuple[Msg, Delivery]] = []
        beside: list[Coroutine[Any, Any, None]] = []
        for raw in pulled:
            delivery = delivery_of(raw)
            if self._is_suspect(delivery):
                suspects.append((raw, delivery))
            else:
                beside.append(self._one(raw, delivery))
        await asyncio.gather(*beside)
        random.shuffle(suspects)
        for raw, delivery in suspects:
            await self._one(raw, delivery)

    def _is_suspect(self, delivery: Delivery) -> bool:
        return delivery.delivered > SUSPECT and self.waiting is None and delivery.seq not in self._failures

    async def _one(self, raw: Msg, delivery: Delivery) -> None:
        self.in_work += 1
        started = time.perf_counter()
        try:
            if self.draining:
                await raw.nak()
            else:
                await self._answer(raw, delivery)
        except (NatsError, OSError, KernelError) as error:
            # Not acknowledged, it is delivered again.
            self._runtime.log.warning("not acknowledged", consumer=self.consumer, error=repr(error))
        finally:
            self.in_work -= 1
            self._runtime.telemetry.seconds.observe(time.perf_counter() - started)

    async def _answer(self, raw: Msg, delivery: Delivery) -> None:
        seq, delivered = delivery.seq, delivery.delivered
        heard, fault = _read(raw, delivery)
        if delivered > (ENDS_IT if self.waiting is None else OUTLASTS) and seq not in self._failures:
            lost = RuntimeError(f"delivered {delivered} times without an answer: it seems to end the process")
            await set_aside(self._runtime, raw, lost, delivered, heard.event)
            return
        if fault is not None and self.kind not in self._reaction.though_unread:
            await set_aside(self._runtime, raw, fault, delivered, heard.event)
            return
        try:
            again_at = await self._patiently(raw, heard, delivered)
        except Exception as error:
            await self._try_again(raw, heard, error)
        else:
            self._failures.pop(seq, None)
            if fault is not None:
                # It was answered from subject and headers alone; a release that can read it may answer more.
                await set_aside(self._runtime, raw, fault, delivered, heard.event)
                return
            if self.waiting is not None:
                self.waiting.note(heard, again_at)
            if again_at is None:
                await self._client.acknowledge(raw)
            else:
                # If our clock is behind the log's, the wait would be too long: the event's time is a lower bound.
                await raw.nak(delay=put_off(again_at - max(self._runtime.now(), heard.time)))
            self._told(heard)

    async def _patiently(self, raw: Msg, heard: Recorded[Event], delivered: int) -> datetime | None:
        """React; while the log does not answer, keep the event and try again, without using up attempts."""
        told = False
        while True:
            try:
                return await self._reaction(self._runtime, heard, delivered)
            except Unavailable as error:
                # One line for each outage and event, not one for each try.
                self._failed(heard, error, quietly=told)
                told = True
                if self.draining:
                    raise
            await asyncio.sleep(AWAY)
            # The write may have succeeded unnoticed: as on a second delivery, the log is asked first.
            delivered += 1
            with suppress(NatsError, OSError):
                await raw.in_progress()

    async def _try_again(self, raw: Msg, heard: Recorded[Event], error: Exception) -> None:
        self._failed(heard, error)
        failures = self._failures[heard.seq] = self._failures.get(heard.seq, 0) + 1
        if isinstance(error, Unavailable):
            await raw.nak(delay=AWAY)
        elif failures >= self._runtime.settings.attempts or isinstance(error, (TooLarge, NotAllowed)):
            await set_aside(self._runtime, raw, error, failures, heard.event)
            self._failures.pop(heard.seq, None)
        else:
            await raw.nak(delay=BACKOFF[min(failures, len(BACKOFF)) - 1])

    def _failed(self, heard: Recorded[Event], error: Exception, *, quietly: bool = False) -> None:
        self._runtime.telemetry.failed.labels(self._runtime.service, type(error).__name__).inc()
        if quietly:
            return
        self._runtime.log.warning(
            "failed", consumer=self.consumer, seq=heard.seq, story=heard.event.story_id, error=repr(error)[:500]
        )

    def _told(self, heard: Recorded[Event]) -> None:
        event = heard.event
        self._runtime.log.info(
            "handled",
            kind=type(event).__name__,
            seq=heard.seq,
            story=event.story_id,
            version=event.version,
            event_id=event.id,
            correlation=event.correlation,
        )

    async def drained(self, within: float) -> None:
        """Take no more, and wait at most ``within`` seconds for what is in work."""
        self.draining = True
        if self._pull is not None:
            await self._pull.leave_off()
        deadline = time.monotonic() + within
        while self.in_work and time.monotonic() < deadline:
            await asyncio.sleep(0.01)


def _read(raw: Msg, delivery: Delivery) -> tuple[Recorded[Event], UnreadableEvent | None]:
    """The event and None; or, for one that cannot be read, an Unread and the fault."""
    try:
        return Recorded(decode(raw.data), delivery.seq, delivery.time), None
    except UnreadableEvent as error:
        return Recorded(unread(raw.subject, str(error), raw.headers), delivery.seq, delivery.time), error


async def _raw(message: NatsBatchMessage) -> list[Msg]:
    """FastStream's decoder step: the messages themselves, since the codec is ours."""
    return message.raw_message
