"""Where hubs call: ``/v1/websub/<feed>/<token>`` (WebSub), before the rest of the HTTP door."""

from __future__ import annotations

from collections.abc import Awaitable

from dateline_ingest.doors.answering import Scope, Send, answer
from dateline_ingest.doors.context import DoorContext
from dateline_ingest.doors.feedroom import FeedRoom
from dateline_ingest.doors.problems import Answer
from dateline_ingest.doors.request import Headers, Incoming, Receive, body_of
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.subscription import PATH
from dateline_kernel.errors import KernelError
from dateline_kernel.telemetry import Asgi


def callback_door(context: DoorContext, inner: Asgi | None) -> Asgi:
    """An ASGI application that answers hubs, and hands everything else to ``inner``, if there is one."""
    log = context.runtime.log

    async def reply(scope: Scope, headers: Headers, incoming: Incoming) -> Answer:
        if not scope["path"].startswith(PATH):
            return _plain(404)
        return await _reply(context, scope, headers, incoming)

    def failed(error: Exception) -> Answer:
        if isinstance(error, KernelError | DoorFault):
            log.warning("hub put off", reason=str(error))
            return _plain(503)
        log.error("hub not answered", exc_info=error)
        return _plain(500)

    def door(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if inner is None or (scope["type"] == "http" and scope["path"].startswith(PATH)):
            return answer(scope, receive, send, reply, failed)
        return inner(scope, receive, send)

    return door


async def _reply(context: DoorContext, scope: Scope, headers: Headers, incoming: Incoming) -> Answer:
    # Imported at the first call: a process whose feeds know no hub does not need it.
    from dateline_ingest.doors import websub

    name, _, given = scope["path"].removeprefix(PATH).partition("/")
    feed = await context.feeds.by_name(name)
    if feed.door != "websub" or not feed.secret:
        return _plain(404)
    room = FeedRoom(context, feed)
    if not websub.is_ours(room, given):
        return _plain(404)  # whatever its body is: anybody may ask
    if scope["method"] == "GET":
        verified = await websub.verify(room, scope["query_string"])
        return _plain(verified.status, verified.body)
    if scope["method"] != "POST":
        return _plain(405)
    body = await body_of({}, incoming, context.settings.max_body)  # as it is: the signature is over what was sent
    return _plain(await websub.deliver(room, headers, body))


def _plain(status: int, body: bytes = b"") -> Answer:
    return Answer(status, body, b"text/plain")
