"""Reading a stream without a consumer: batched direct get (NATS ADR-31), many messages for one request."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from msgspec import Struct
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from dateline_kernel.errors import Unavailable


class _Pending(Struct):
    messages: list[Msg]
    done: asyncio.Future[list[Msg]]


class DirectReader:
    """Asks for messages of a stream; one subscription serves all requests of the process."""

    def __init__(self, client: Client, timeout: float = 5.0) -> None:
        self._client = client
        self._timeout = timeout
        self._prefix = client.new_inbox()
        self._pending: dict[str, _Pending] = {}
        self._count = 0
        self._subscription: Subscription | None = None
        self._subscribing = asyncio.Lock()

    async def get(self, stream: str, **request: Any) -> list[Msg]:
        """Messages that match an ADR-31 request (``seq``, ``next_by_subj``, ``multi_last``, ``batch``...).

        An empty list where nothing matches. Raises Unavailable when the server does not answer in time.
        """
        if not self._client.is_connected:
            raise Unavailable("not connected to NATS")
        async with self._subscribing:
            if self._subscription is None:
                self._subscription = await self._client.subscribe(f"{self._prefix}.*", cb=self._receive)
        self._count += 1
        token = str(self._count)
        pending = _Pending([], asyncio.get_running_loop().create_future())
        self._pending[token] = pending
        try:
            await self._client.publish(
                f"$JS.API.DIRECT.GET.{stream}", msgspec.json.encode(request), reply=f"{self._prefix}.{token}"
            )
            # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the answer.
            async with asyncio.timeout(self._timeout):
                return await pending.done
        except (NatsError, TimeoutError, OSError) as error:
            raise Unavailable(f"no answer from stream {stream}: {error or type(error).__name__}") from error
        finally:
            del self._pending[token]

    async def _receive(self, message: Msg) -> None:
        pending = self._pending.get(message.subject.rpartition(".")[2])
        if pending is None or pending.done.done():
            return
        status = (message.headers or {}).get("Status")
        if status is None:
            pending.messages.append(message)
        elif status in ("204", "404"):
            pending.done.set_result(pending.messages)
        else:
            said = (message.headers or {}).get("Description", "")
            pending.done.set_exception(Unavailable(f"direct get refused: {status} {said}"))
