"""NATS request: a message to ``dateline.push.<feed>`` is a push, and its reply what HTTP would answer.

The key stands in the header ``Authorization: Bearer <key>`` or ``X-Api-Key``. The reply has the header ``Status`` and,
as its body, the receipts or an RFC 9457 problem document; it comes when the story is on disk. One of all ingest
processes answers (a queue group). Who publishes without a reply subject, or with one that is no inbox, learns nothing;
what can be read is taken in.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from http import HTTPStatus

from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from dateline_ingest.deliveries import Delivery
from dateline_ingest.doors.context import DoorContext
from dateline_ingest.doors.idempotency import HEADERS, Answers
from dateline_ingest.doors.problems import Answer, Refusal, refusal
from dateline_ingest.doors.push import STORIES, failure, push, shortened
from dateline_ingest.doors.request import check_open, feed_of, too_large
from dateline_schemas.subjects import PUSH, PUSH_QUEUE, is_inbox

NAME = "nats"
AT_ONCE = 256
"""Pushes in work; more wait in the connection."""
LAST = 3.0
"""Seconds for those that wait in the connection when the door is closed."""


async def request_reply(context: DoorContext) -> None:
    """Answer pushes until cancelled; what is in work is answered first."""
    door = _Door(context)
    subscription = await context.runtime.client.subscribe(f"{PUSH}.*", queue=PUSH_QUEUE, cb=door.came)
    try:
        await asyncio.Event().wait()
    finally:
        with suppress(NatsError, OSError, TimeoutError):
            # Not unsubscribed at once: what the server has sent here nobody else gets.
            async with asyncio.timeout(LAST):
                await subscription.drain()  # type: ignore[no-untyped-call]
        await door.settled()


class _Door:
    def __init__(self, context: DoorContext) -> None:
        self._context = context
        self._answers = Answers(context.runtime)
        self._places = asyncio.Semaphore(AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    async def came(self, message: Msg) -> None:
        await self._places.acquire()
        task = asyncio.create_task(self._reply(message))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        task.add_done_callback(lambda _: self._places.release())

    async def settled(self) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _reply(self, message: Msg) -> None:
        try:
            answer = await self._answer(message)
        except Refusal as refused:
            answer = refused.answer
        except Exception as error:
            answer = failure(error, self._context.runtime.log)
        if not message.reply or not is_inbox(message.reply):
            return
        headers = {"Status": str(answer.status), "Content-Type": answer.media.decode()}
        headers |= {name.decode().title(): value.decode() for name, value in answer.headers}
        room = self._context.runtime.client.max_payload - HEADERS
        if answer.status == HTTPStatus.ACCEPTED and len(answer.body) > room:
            answer = shortened(answer, room)
        with suppress(NatsError, OSError):
            await self._context.runtime.client.publish(message.reply, answer.body, headers=headers)

    async def _answer(self, message: Msg) -> Answer:
        sent = {name.lower(): value for name, value in (message.headers or {}).items()}
        feed = await feed_of({name.encode(): value.encode() for name, value in sent.items()}, self._context.feeds)
        named = message.subject.removeprefix(f"{PUSH}.")
        if feed.name != named:
            raise refusal("http-403", 403, "Forbidden", f"this key is not that of feed {named[:64]}")
        check_open(feed, self._context.feeds)
        if len(message.data) > (most := self._context.settings.max_body):
            raise too_large(most)
        delivery = Delivery(
            feed=feed,
            door=NAME,
            data=message.data,
            hint=sent.get("content-type", ""),
            url=sent.get("content-location", ""),
        )
        take = partial(push, self._context.intake, delivery)
        return await self._answers.once(feed, sent.get("idempotency-key"), STORIES, message.data, take)
