"""One question to a stream and its answer: batched direct get (NATS ADR-31), many messages for one request."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import msgspec
from msgspec import Struct
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from dateline_kernel.errors import Unavailable, words
from dateline_kernel.quickclient import QuickClient

WITHIN = 5.0
"""Seconds for an answer."""
ASKED = "$JS.API.DIRECT.GET."
"""Where it is asked for, before the name of the stream."""
MOST = 1_024
"""Subjects for whose last messages the server answers at once (``multi_last``)."""
_NOTHING_MORE = ("204", "404")
_TOO_MANY = "413"
_BEFORE = "Nats-Last-Sequence"
"""What came before it in an answer, named by each message and by the end (0: nothing). Connections that break take
messages with them, and the rest of an answer comes by the next ones.
"""
_NOT_FOUND = "Message Not Found"
"""How it breaks off an answer at a message that its disk has damaged; where nothing matches it says ``No Results``."""


class Incomplete(Unavailable):
    """One answer does not have all that was asked for: it has to be read in another way."""


class TooMany(Incomplete):
    """More subjects match than the server answers for at once."""


class Lagging(Unavailable):
    """The copy that answered does not have all that was asked for yet."""


class Damaged(Incomplete):
    """The server has one of the messages, and cannot read it; those behind it are left out as well."""


class _Pending(Struct):
    messages: list[Msg]
    done: asyncio.Future[int]
    """How many more there are that the answer had no room for."""
    alone: bool = False
    """Whether one message is the whole answer, with no word behind it that there are no more."""
    last: bool = False
    """Whether the last message of each subject is asked for."""
    up_to: int = 0
    """The newest sequence that the copy had which answered to that; 0 where it found nothing."""
    came: str = "0"
    """Sequence of the message that came last; 0 for none."""


class DirectGet:
    """Asks for messages of streams; one subscription serves all requests of the process."""

    def __init__(self, client: QuickClient) -> None:
        self._client = client
        self._prefix = client.new_inbox()
        self._pending: dict[str, _Pending] = {}
        self._count = 0
        self._subscription: Subscription | None = None
        self._subscribing = asyncio.Lock()

    async def ask(
        self, stream: str, request: dict[str, Any], *, alone: bool = False, at_least: int = 0
    ) -> tuple[list[Msg], int]:
        """The messages that match a request (ADR-31 has its members), and how many more there are that the answer had
        no room for: where there are more, it has one at least.

        ``alone``: the answer is a single message. ``at_least``: a sequence that the copy which answers must have come
        to. Raises TooMany, Damaged, Lagging, Unavailable, also where some of the messages did not get here.
        """
        if not self._client.is_connected:
            raise Unavailable("not connected to NATS")
        self._count += 1
        token, begun = str(self._count), time.monotonic()
        pending = _Pending([], asyncio.get_running_loop().create_future(), alone, "multi_last" in request)
        self._pending[token] = pending
        body = msgspec.json.encode(request if alone else {**request, "max_bytes": self._client.room})
        try:
            async with self._subscribing:
                if self._subscription is None:
                    self._subscription = await self._client.take(f"{self._prefix}.*", self._receive)
            await self._client.publish(f"{ASKED}{stream}", body, reply=f"{self._prefix}.{token}")
            # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the answer.
            async with asyncio.timeout(WITHIN):
                left = await pending.done
        except (NatsError, TimeoutError, OSError) as error:
            why = self._client.denial(f"{ASKED}{stream}", begun, f"{self._prefix}.*") or words(error)
            raise Unavailable(f"no answer from stream {stream}: {why}") from error
        finally:
            del self._pending[token]
        if pending.up_to < at_least:
            raise Lagging(f"a copy of {stream} answered that lags: it has {pending.up_to} of {at_least} messages")
        return pending.messages, left

    def _receive(self, message: Msg) -> None:
        pending = self._pending.get(message.subject.rpartition(".")[2])
        if pending is None or pending.done.done():
            return
        headers = message.headers or {}
        status = headers.get("Status")
        if status == _TOO_MANY:
            pending.done.set_exception(TooMany(f"more messages than the {MOST} that the server answers with at once"))
        elif pending.last and status == "404" and headers.get("Description") == _NOT_FOUND:
            pending.done.set_exception(Damaged("a message that the server has and cannot read"))
        elif status is not None and status not in _NOTHING_MORE:
            said = headers.get("Description", "")
            pending.done.set_exception(Unavailable(f"direct get refused: {status} {said}"))
        elif not pending.alone and headers.get(_BEFORE, "0") != pending.came:
            pending.done.set_exception(Unavailable("messages of an answer were lost on the way"))
        elif status is None:
            pending.messages.append(message)
            pending.came = headers["Nats-Sequence"]
            if pending.alone:
                pending.done.set_result(0)
        else:
            pending.up_to = int(headers.get("Nats-UpTo-Sequence", "0"))
            pending.done.set_result(int(headers.get("Nats-Num-Pending", "0")))
