"""HTTP push: ``POST /v1/stories``. 202 only when the story is on disk; errors are RFC 9457 problem documents."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, post
from litestar.exceptions import ClientException, HTTPException
from msgspec import Struct

from dateline_ingest.feeds import Feeds
from dateline_ingest.formats import Unparseable
from dateline_ingest.intake import Delivery, Receipt, Refused, take_in
from dateline_ingest.settings import IngestSettings
from dateline_kernel.errors import KernelError, Unavailable
from dateline_kernel.runtime import Runtime
from dateline_schemas.feeds import Feed

PROBLEM = "application/problem+json"
RETRY_AFTER = 2
"""Seconds that a sender is asked to wait while the log does not answer."""


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 9457 problem details, with the position of the fault and the place in quarantine as extensions."""

    type: str
    title: str
    status: int
    detail: str
    format: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""
    quarantine: int = 0
    """Number under which the body is kept: ``dateline quarantine show N``."""


class Accepted(Struct, frozen=True, kw_only=True):
    """Answer to a push: the first story's receipt at the top, since most pushes carry one, and all of them."""

    story_id: str
    version: str
    event_id: str
    standing: str
    duplicate: bool
    stories: list[Receipt]


def http_door(runtime: Runtime, settings: IngestSettings) -> Litestar:
    """The ASGI application of the door."""
    feeds = Feeds(runtime)

    @post("/v1/stories", status_code=202, request_max_body_size=settings.max_body)
    async def push(request: Request[Any, Any, Any]) -> Response[bytes]:
        """Take in one body in any supported format."""
        feed = await _feed_of(request, feeds)
        wait = feeds.too_fast(feed)
        if wait:
            return _problem("too-fast", 429, "Too many pushes", _slow_down(feed, wait), retry_after=max(1, round(wait)))
        data = await request.body()
        hint = (request.headers.get("content-type") or "").split(";")[0].strip().lower()
        url = request.headers.get("content-location") or ""
        try:
            receipts = await take_in(runtime, Delivery(feed=feed, door="http", data=data, hint=hint, url=url))
        except Refused as refused:
            return _refusal(refused)
        first = receipts[0]
        answer = Accepted(
            story_id=first.story_id,
            version=first.version,
            event_id=first.event_id,
            standing=first.standing,
            duplicate=first.duplicate,
            stories=receipts,
        )
        return Response(msgspec.json.encode(answer), status_code=202, media_type="application/json")

    return Litestar(
        [push],
        openapi_config=None,
        logging_config=None,
        exception_handlers={
            KernelError: _kernel_failure,
            HTTPException: _http_failure,
            Exception: lambda request, error: _unexpected(runtime, error),
        },
    )


async def _feed_of(request: Request[Any, Any, Any], feeds: Feeds) -> Feed:
    key = request.headers.get("x-api-key") or ""
    scheme, _, token = (request.headers.get("authorization") or "").partition(" ")
    if scheme.lower() == "bearer":
        key = token.strip()
    feed = await feeds.by_key(key) if key else None
    if feed is None:
        said = "unknown API key" if key else "no API key: send Authorization: Bearer <key>"
        raise ClientException(detail=said, status_code=401, headers={"WWW-Authenticate": "Bearer"})
    return feed


def _slow_down(feed: Feed, wait: float) -> str:
    return f"feed {feed.name} may push {feed.per_second} times a second; wait {wait:.2f} s"


def _refusal(refused: Refused) -> Response[bytes]:
    cause = refused.cause
    if not isinstance(cause, Unparseable):
        return _problem("clock-ahead", 422, "Clock not to be believed", str(cause), quarantine=refused.number)
    problem = Problem(
        type="urn:dateline:problem:unparseable",
        title="Cannot be read as a story",
        status=400,
        detail=str(cause),
        format=cause.format,
        line=cause.line,
        column=cause.column,
        path=cause.path,
        quarantine=refused.number,
    )
    return Response(msgspec.json.encode(problem), status_code=400, media_type=PROBLEM)


def _problem(
    kind: str, status: int, title: str, detail: str, *, quarantine: int = 0, retry_after: int = 0
) -> Response[bytes]:
    problem = Problem(
        type=f"urn:dateline:problem:{kind}", title=title, status=status, detail=detail, quarantine=quarantine
    )
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return Response(msgspec.json.encode(problem), status_code=status, media_type=PROBLEM, headers=headers)


def _kernel_failure(_: Request[Any, Any, Any], error: KernelError) -> Response[bytes]:
    if isinstance(error, Unavailable):
        said = f"the log does not answer, nothing was accepted: {error}"
        return _problem("unavailable", 503, "Try again later", said, retry_after=RETRY_AFTER)
    return _problem("refused", 422, type(error).__name__, str(error))


def _http_failure(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    status = error.status_code
    answer = _problem(f"http-{status}", status, HTTPStatus(status).phrase, error.detail or HTTPStatus(status).phrase)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def _unexpected(runtime: Runtime, error: Exception) -> Response[bytes]:
    runtime.log.error("push failed", exc_info=error)
    return _problem("fault", 500, "Fault in ingest", f"{type(error).__name__}: nothing was accepted; see the log")
