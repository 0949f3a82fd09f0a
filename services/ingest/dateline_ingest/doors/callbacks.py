"""Where hubs call: ``/v1/websub/<feed>/<token>`` (WebSub), before the rest of the HTTP door."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any

from dateline_ingest.doors.feedroom import FeedRoom, House
from dateline_ingest.doors.problems import Refusal
from dateline_ingest.doors.request import SenderLeft, body_of
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.subscription import PATH
from dateline_ingest.feeds import Feeds
from dateline_ingest.intake import Intake
from dateline_ingest.settings import IngestSettings
from dateline_kernel.errors import KernelError
from dateline_kernel.runtime import Runtime
from dateline_kernel.telemetry import Asgi


def callback_door(runtime: Runtime, settings: IngestSettings, inner: Asgi | None) -> Asgi:
    """An ASGI application that answers hubs, and hands everything else to ``inner``, if there is one."""
    house = House(runtime, Feeds(runtime), Intake(runtime), settings.public_url)

    def door(scope: Any, receive: Any, send: Any) -> Awaitable[None]:
        hub = scope["type"] == "http" and scope["path"].startswith(PATH)
        return call(hub, scope, receive, send) if hub or inner is None else inner(scope, receive, send)

    async def call(hub: bool, scope: Any, receive: Any, send: Any) -> None:
        try:
            status, body = (404, b"") if not hub else await _answer(house, settings.max_body, scope, receive)
        except SenderLeft:
            return
        except Refusal as refused:
            status, body = refused.answer.status, b""
        except (KernelError, DoorFault) as error:
            runtime.log.warning("hub put off", reason=str(error))
            status, body = 503, b""
        except Exception as error:
            runtime.log.error("hub not answered", exc_info=error)
            status, body = 500, b""
        headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return door


async def _answer(house: House, most: int, scope: Mapping[str, Any], receive: Any) -> tuple[int, bytes]:
    # Imported at the first call: a process whose feeds know no hub does not need it.
    from dateline_ingest.doors import websub

    name, _, given = scope["path"].removeprefix(PATH).partition("/")
    feed = await house.feeds.by_name(name)
    if feed.door != "websub" or not feed.secret:
        return 404, b""
    room = FeedRoom(house, feed)
    if not websub.is_ours(room, given):
        return 404, b""  # before its body is read: anybody may ask
    if scope["method"] == "GET":
        reply = await websub.verify(room, given, scope["query_string"])
        return reply.status, reply.body
    if scope["method"] != "POST":
        return 405, b""
    body = await body_of({}, receive, most)  # as it is: the signature is over what was sent
    return await websub.deliver(room, given, dict(scope["headers"]), body), b""
