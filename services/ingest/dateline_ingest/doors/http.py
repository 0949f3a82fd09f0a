"""HTTP push: ``POST /v1/stories``, ``POST /v1/batches``, ``GET /v1/receipts/<receipt>``.

202 only when the story is on disk; errors are RFC 9457 problem documents. Plain ASGI: few routes, one of them on the
hottest path of the service (docs/adr/0009).
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

import msgspec

from dateline_ingest.deliveries import Delivery
from dateline_ingest.doors.answering import Scope, Send, answer
from dateline_ingest.doors.batch import NoBatch, parts_of, sole_part
from dateline_ingest.doors.context import DoorContext
from dateline_ingest.doors.idempotency import Answers
from dateline_ingest.doors.problems import Answer, refusal
from dateline_ingest.doors.push import STORIES, failure, push, push_all
from dateline_ingest.doors.receipts import proof_of
from dateline_ingest.doors.request import (
    Headers,
    Incoming,
    Receive,
    body_of,
    check_more,
    check_open,
    feed_of,
    said,
)
from dateline_kernel.requesthead import WHOLE
from dateline_kernel.telemetry import Asgi
from dateline_schemas.feeds import Feed

BATCHES = "/v1/batches"
RECEIPTS = "/v1/receipts/"
NAME = "http"


def http_door(context: DoorContext) -> Asgi:
    """The ASGI application of the door."""
    door = _Door(context)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await answer(scope, receive, send, door.answer, door.failed)

    return serve


class _Door:
    def __init__(self, context: DoorContext) -> None:
        self._context = context
        self._answers = Answers(context.runtime)

    async def answer(self, scope: Scope, headers: Headers, incoming: Incoming) -> Answer:
        path: str = scope["path"]
        methods = _methods(path)
        if scope["method"] == "OPTIONS":
            return Answer(200, b"", headers=((b"allow", methods.encode()),))
        if scope["method"] not in methods.split(", "):
            reason = f"{scope['method']} is not allowed here; use {methods.partition(',')[0]}"
            title = HTTPStatus.METHOD_NOT_ALLOWED.phrase
            raise refusal("http-405", 405, title, reason, (b"allow", methods.encode()))
        if path.startswith(RECEIPTS):
            return await self._receipt(await feed_of(headers, self._context.feeds), path.removeprefix(RECEIPTS))
        feed = await feed_of(headers, self._context.feeds)
        check_open(feed, self._context.feeds)
        here = WHOLE in scope.get("extensions", ())
        data = await body_of(headers, incoming, self._context.settings.max_body, here=here)
        key = said(headers, b"idempotency-key") if b"idempotency-key" in headers else None
        return await self._answers.once(feed, key, path, data, partial(self._take, path, feed, headers, data))

    async def _take(self, path: str, feed: Feed, headers: Headers, data: bytes) -> Answer:
        kind = said(headers, b"content-type").strip()
        try:
            parts = parts_of(data, kind) if path == BATCHES else [sole_part(data, kind)]
        except NoBatch as error:
            raise refusal("no-batch", 400, "Cannot be read as a batch", str(error)) from error
        if path == STORIES:
            [one] = parts
            url = one.url or said(headers, b"content-location")
            delivery = Delivery(feed=feed, door=NAME, data=one.data, hint=one.hint, url=url)
            return await push(self._context.intake, delivery)
        check_more(feed, self._context.feeds, len(parts) - 1)
        return await push_all(self._context.intake, feed, NAME, parts)

    async def _receipt(self, feed: Feed, number: str) -> Answer:
        proof = await proof_of(self._context.runtime, feed, number)
        if proof is None:
            reason = (
                f"feed {feed.name} has no receipt {number[:64]!r}; receipts stand in the answers to its pushes, and "
                "that of a repeat is for the feed which brought the story first, and for others of its agency"
            )
            raise refusal("http-404", 404, HTTPStatus.NOT_FOUND.phrase, reason)
        return Answer(200, msgspec.json.encode(proof))

    def failed(self, error: Exception) -> Answer:
        return failure(error, self._context.runtime.log)


def _methods(path: str) -> str:
    """What a path may be asked with, the one that is meant first. Raises Refusal (404) for one that nobody has."""
    if path.startswith(RECEIPTS):
        return "GET, HEAD, OPTIONS"
    if path in (STORIES, BATCHES):
        return "POST, OPTIONS"
    near = "/" + "/".join(filter(None, path.lower().split("/")))
    meant = (
        f"write it as {near}"
        if near in (STORIES, BATCHES)
        else f"there are {STORIES}, {BATCHES} and {RECEIPTS}<receipt> here"
    )
    raise refusal("http-404", 404, HTTPStatus.NOT_FOUND.phrase, meant)
