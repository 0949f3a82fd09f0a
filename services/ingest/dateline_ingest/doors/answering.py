"""One HTTP request and its answer, the same for senders and for hubs: who is refused is heard out and told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from dateline_ingest.doors.problems import Answer, Refusal
from dateline_ingest.doors.request import Headers, Incoming, Receive, SenderLeft

Scope = Mapping[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Reply = Callable[[Scope, Headers, Incoming], Awaitable[Answer]]
"""Scope, headers and body of a request to the answer. May raise Refusal, SenderLeft, anything."""
Failed = Callable[[Exception], Answer]
"""What is answered when that raised something else."""


async def answer(scope: Scope, receive: Receive, send: Send, reply: Reply, failed: Failed) -> None:
    """Answer one request, unless its sender left before it was whole."""
    headers: Headers = dict(scope["headers"])
    incoming = Incoming(receive)
    try:
        said = await reply(scope, headers, incoming)
    except SenderLeft:
        return
    except Refusal as refused:
        said = refused.answer
    except Exception as error:
        said = failed(error)
    # A failure may come before the body as well: the log that knows the feeds does not answer.
    if said.status >= HTTPStatus.BAD_REQUEST and said.status != HTTPStatus.REQUEST_TIMEOUT:
        await incoming.hear_out(headers)
    about = [(b"content-type", said.media), (b"content-length", b"%d" % len(said.body)), *said.headers]
    await send({"type": "http.response.start", "status": said.status, "headers": about})
    await send({"type": "http.response.body", "body": said.body})
