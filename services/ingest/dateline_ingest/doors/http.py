"""HTTP push: ``POST /v1/stories``. 202 only when the story is on disk; errors are RFC 9457 problem documents.

Plain ASGI: one route on the hottest path of the service (docs/adr/0009).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec import Struct

from dateline_ingest.doors.problems import Answer, Refusal, problem, refusal
from dateline_ingest.feeds import Feeds
from dateline_ingest.formats import Unparseable
from dateline_ingest.intake import Delivery, Intake, Receipt, Refused
from dateline_ingest.settings import IngestSettings
from dateline_kernel.errors import KernelError, Unavailable
from dateline_kernel.runtime import Runtime
from dateline_kernel.telemetry import Asgi
from dateline_schemas.feeds import Feed

PATH = "/v1/stories"
RETRY_AFTER = 2
"""Seconds that a sender is asked to wait while the log does not answer."""

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Headers = Mapping[bytes, bytes]


class Accepted(Struct, frozen=True, kw_only=True):
    """Answer to a push: the first story's receipt at the top, since most pushes carry one, and all of them."""

    story_id: str
    version: str
    event_id: str
    standing: str
    duplicate: bool
    stories: list[Receipt]


class SenderLeft(Exception):
    """The sender went away before its body was whole: there is nobody to answer."""


def http_door(runtime: Runtime, settings: IngestSettings) -> Asgi:
    """The ASGI application of the door."""
    feeds, intake = Feeds(runtime), Intake(runtime)

    async def door(
        scope: Mapping[str, Any], receive: Receive, send: Callable[[dict[str, Any]], Awaitable[None]]
    ) -> None:
        try:
            answer = await _answer(scope, receive)
        except SenderLeft:
            return
        except Refusal as refused:
            answer = refused.answer
        except KernelError as error:
            answer = _kernel_failure(error)
        except Exception as error:
            runtime.log.error("push failed", exc_info=error)
            said = f"{type(error).__name__}: nothing was accepted; see the log of ingest"
            answer = problem("fault", 500, "Fault in ingest", said)
        headers = [(b"content-type", answer.media), (b"content-length", b"%d" % len(answer.body)), *answer.headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(scope: Mapping[str, Any], receive: Receive) -> Answer:
        if scope["path"] != PATH:
            raise refusal("http-404", 404, HTTPStatus.NOT_FOUND.phrase, f"there is only {PATH} here")
        if scope["method"] != "POST":
            said = f"{scope['method']} is not allowed; push with POST"
            raise refusal("http-405", 405, HTTPStatus.METHOD_NOT_ALLOWED.phrase, said, (b"allow", b"POST"))
        headers: Headers = dict(scope["headers"])
        feed = await _feed_of(headers, feeds)
        wait = feeds.too_fast(feed)
        if wait:
            said = f"feed {feed.name} may push {feed.per_second} times a second; wait {wait:.2f} s"
            raise refusal("too-fast", 429, "Too many pushes", said, (b"retry-after", b"%d" % max(1, round(wait))))
        data = await _body(headers, receive, settings.max_body)
        hint = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
        url = headers.get(b"content-location", b"").decode("latin-1")
        try:
            receipts = await intake.take_in(Delivery(feed=feed, door="http", data=data, hint=hint, url=url))
        except Refused as refused:
            return _not_taken(refused)
        return Answer(202, _accepted(receipts))

    return door


def _accepted(receipts: list[Receipt]) -> bytes:
    first = receipts[0]
    return msgspec.json.encode(
        Accepted(
            story_id=first.story_id,
            version=first.version,
            event_id=first.event_id,
            standing=first.standing,
            duplicate=first.duplicate,
            stories=receipts,
        )
    )


async def _feed_of(headers: Headers, feeds: Feeds) -> Feed:
    key = headers.get(b"x-api-key", b"").decode("latin-1")
    scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if scheme.lower() == "bearer":
        key = token.strip()
    feed = await feeds.by_key(key) if key else None
    if feed is None:
        said = "unknown API key" if key else "no API key: send Authorization: Bearer <key>"
        raise refusal("http-401", 401, HTTPStatus.UNAUTHORIZED.phrase, said, (b"www-authenticate", b"Bearer"))
    return feed


async def _body(headers: Headers, receive: Receive, most: int) -> bytes:
    """The whole body; one that is too large is refused before it is read, or as soon as it shows."""
    announced = headers.get(b"content-length", b"")
    too_large = refusal(
        "too-large", 413, HTTPStatus.REQUEST_ENTITY_TOO_LARGE.phrase, f"a push has at most {most} bytes; split it"
    )
    if announced.isdigit() and int(announced) > most:
        raise too_large
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise SenderLeft
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise too_large
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _not_taken(refused: Refused) -> Answer:
    cause, number = refused.cause, refused.number
    if isinstance(cause, Unparseable):
        return problem(
            "unparseable",
            400,
            "Cannot be read as a story",
            str(cause),
            format=cause.format,
            line=cause.line,
            column=cause.column,
            path=cause.path,
            quarantine=number,
        )
    return problem("clock-ahead", 422, "Clock not to be believed", str(cause), quarantine=number)


def _kernel_failure(error: KernelError) -> Answer:
    if isinstance(error, Unavailable):
        said = f"the log does not answer, nothing was accepted: {error}"
        return problem("unavailable", 503, "Try again later", said, headers=[(b"retry-after", b"%d" % RETRY_AFTER)])
    return problem("refused", 422, type(error).__name__, str(error))
