"""Reading a stream without a consumer: batched direct get (NATS ADR-31), many messages for one request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import Struct
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from dateline_kernel.errors import Unavailable, words
from dateline_kernel.quickclient import QuickClient

_MOST = 1_024
"""Subjects for whose last messages the server answers at once (``multi_last``)."""
_PAGE = 500
_NOTHING_MORE = ("204", "404")
_TOO_MANY = "413"


EXPECTED_OF_DAMAGED = 0
"""What a write has to expect on one subject where the server cannot read the last message there. On a pattern of
subjects it is that message's sequence where it need not read it, which depends on where its subjects stand.
"""
_NOT_FOUND = "Message Not Found"
"""How it breaks off an answer at a message that its disk has damaged; where nothing matches it says ``No Results``."""


class Incomplete(Unavailable):
    """One answer does not have all that was asked for: it has to be read in another way."""


class _TooMany(Incomplete):
    """More subjects match than the server answers for at once."""


class Lagging(Unavailable):
    """The copy that answered does not have all that was asked for yet."""


class _Damaged(Incomplete):
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


class DirectReader:
    """Asks for messages of a stream; one subscription serves all requests of the process."""

    def __init__(self, client: QuickClient, timeout: float = 5.0) -> None:
        self._client = client
        self._timeout = timeout
        self._prefix = client.new_inbox()
        self._pending: dict[str, _Pending] = {}
        self._count = 0
        self._subscription: Subscription | None = None
        self._subscribing = asyncio.Lock()

    async def latest(self, stream: str, subject: str, at_least: int = 0) -> list[Msg]:
        """The last message of each subject that matches, however many there are, in no order. Raises Unavailable.

        Of those that the server can read: what its disk has damaged is left out, unless the stream's leader can read
        that. Raises Lagging where the copy that answers had not come to the sequence ``at_least``; of one with damage
        it is not known how far it had come.
        """
        try:
            return await self._latest(stream, [subject], at_least)
        except _TooMany:
            found = [message async for message in self.every(stream, subject)]
        except _Damaged:
            found = [message async for message in self.every(stream, subject)]
            found += [message async for message in self._every_led(stream, subject)]
        return list({(one.headers or {})["Nats-Subject"]: one for one in sorted(found, key=_sequence)}.values())

    async def at_once(self, stream: str, subjects: Sequence[str], at_least: int) -> list[Msg]:
        """The last message of each subject that matches one of these, in one answer of a copy that has come to the
        sequence ``at_least``. Raises Incomplete, Lagging (also where nothing matches), Unavailable.
        """
        return await self._latest(stream, subjects, at_least)

    async def pages(self, stream: str, subject: str, known: int) -> AsyncIterator[list[Msg]]:
        """The messages that match from one on that is ``known`` by its sequence, oldest first.

        Raises Incomplete where the known one is not there, or the server has others that it cannot read, as far as that
        can be seen, at the latest behind the last page: it says how many there are before it reads them. Raises
        Unavailable.
        """
        seq, left, read, there = known, 1, 0, 0
        while left:
            messages, left = await self._ask(stream, {"seq": seq, "next_by_subj": subject, "batch": _PAGE})
            if not read:
                if not messages or _sequence(messages[0]) != known:
                    raise Incomplete(f"message {known} of {stream} is not where it was")
                there = int((messages[0].headers or {}).get("Nats-Num-Pending", "0")) + 1
            if not messages:
                break
            yield messages
            read += len(messages)
            seq = _sequence(messages[-1]) + 1
        if read < there:
            raise Incomplete(f"{stream} has {there} messages on {subject} from {known} on, and {read} can be read")

    async def latest_on(self, stream: str, subjects: Sequence[str]) -> list[Msg]:
        """The last message on each of these subjects, as ``latest``; those that nothing stands on are left out.

        Raises Unavailable.
        """
        found: list[Msg] = []
        for at in range(0, len(subjects), _MOST):
            some = subjects[at : at + _MOST]
            try:
                found += await self._latest(stream, some)
            except _Damaged:
                for subject in some:
                    found += await self.latest(stream, subject)
        return found

    async def damaged_behind(self, stream: str, subject: str, seq: int) -> int:
        """Sequence of the last message that matches, where the server can read none behind ``seq``; 0 if there is none,
        or more subjects match than it answers for at once. In a cluster its leader must not be able to, either.

        Raises Unavailable.
        """
        if not await self._breaks_off(stream, subject, seq + 1):
            return 0
        if await self.following(stream, subject, seq=seq + 1) is not None:
            return 0
        if await self._led(stream, subject, seq + 1) is not None:
            return 0
        # The server tells no sequences of what it cannot read, but whether there is one from a sequence on.
        there, beyond = seq + 1, seq + 2
        while await self._breaks_off(stream, subject, beyond):
            there, beyond = beyond, beyond + 2 * (beyond - seq)
        while beyond - there > 1:
            middle = (there + beyond) // 2
            there, beyond = (middle, beyond) if await self._breaks_off(stream, subject, middle) else (there, middle)
        return there

    async def _breaks_off(self, stream: str, subject: str, seq: int) -> bool:
        try:
            await self._ask(stream, {"multi_last": [subject], "batch": 1, "seq": seq})
        except (_Damaged, _TooMany) as error:
            return isinstance(error, _Damaged)
        return False

    async def _latest(self, stream: str, subjects: Sequence[str], at_least: int = 0) -> list[Msg]:
        """The last message of each subject that matches one of these.

        Raises _TooMany, _Damaged, Lagging, Unavailable.
        """
        newest: dict[str, Msg] = {}
        seq, left = 1, 1
        while left:
            asked = {"multi_last": subjects, "batch": _MOST, "seq": seq}
            messages, left = await self._ask(stream, asked, at_least=at_least)
            for message in messages:
                headers = message.headers or {}
                newest[headers["Nats-Subject"]] = message
                seq = int(headers["Nats-Sequence"]) + 1
        return list(newest.values())

    async def every(self, stream: str, subject: str) -> AsyncIterator[Msg]:
        """Every message that matches, oldest first. Raises Unavailable."""
        seq, left = 1, 1
        while left:
            messages, left = await self._ask(stream, {"seq": seq, "next_by_subj": subject, "batch": _PAGE})
            for message in messages:
                seq = int((message.headers or {})["Nats-Sequence"]) + 1
                yield message

    async def _every_led(self, stream: str, subject: str) -> AsyncIterator[Msg]:
        """Every message that matches and the stream's leader can read, oldest first. Raises Unavailable."""
        seq = 1
        while (message := await self._led(stream, subject, seq)) is not None:
            seq = _sequence(message) + 1
            yield message

    async def _led(self, stream: str, subject: str, seq: int) -> Msg | None:
        """The first message that matches from a sequence on, by the stream's leader; what that cannot read is left out.

        One message a request: for where another copy has damage. Raises Unavailable.
        """
        try:
            found = await self._client.jetstream().get_msg(stream, seq=seq, subject=subject, next=True)
        except NotFoundError:
            return None
        except (NatsError, TimeoutError, OSError) as error:
            raise Unavailable(f"no answer from the leader of stream {stream}: {words(error)}") from error
        assert found.time is not None
        place = {"Nats-Subject": str(found.subject), "Nats-Sequence": str(found.seq)}
        headers = {**(found.headers or {}), **place, "Nats-Time-Stamp": found.time.isoformat()}
        return Msg(self._client, data=found.data or b"", headers=headers)

    async def entries(self, bucket: str, keys: str = ">") -> list[Msg]:
        """The values of a key-value bucket (NATS ADR-8), taken away ones left out, in no order. Raises Unavailable.

        Not nats-py's ``keys``, which follows the bucket with a consumer and now and then takes it for empty when the
        first keys come before it has looked how many there are.
        """
        messages = await self.latest(f"KV_{bucket}", f"$KV.{bucket}.{keys}")
        return [message for message in messages if not (message.headers or {}).get("KV-Operation")]

    async def get(self, stream: str, **request: Any) -> list[Msg]:
        """Messages that match an ADR-31 request (``seq``, ``next_by_subj``, ``multi_last``, ``batch``...).

        An empty list where nothing matches that the server can read; fewer than ``batch`` where the client has no
        ``room`` for more. Raises Unavailable when the server does not answer in time.
        """
        with suppress(_Damaged):
            messages, _ = await self._ask(stream, request)
            return messages
        return []

    async def following(self, stream: str, subject: str, **place: Any) -> int | None:
        """Sequence of the first message that matches, from a ``seq`` or ``start_time`` on; None if there is none.

        It takes the server as long as it takes to go through what is behind that place. For a ``batch`` it also
        counts how many there are, through all subjects of the stream. Raises Unavailable.
        """
        found, _ = await self._ask(stream, {"next_by_subj": subject, **place}, alone=True)
        return int((found[0].headers or {})["Nats-Sequence"]) if found else None

    async def _ask(
        self, stream: str, request: dict[str, Any], *, alone: bool = False, at_least: int = 0
    ) -> tuple[list[Msg], int]:
        """The answer, and how many more messages there are that match. Where there are more, it has one at least."""
        if not self._client.is_connected:
            raise Unavailable("not connected to NATS")
        async with self._subscribing:
            if self._subscription is None:
                self._subscription = await self._client.take(f"{self._prefix}.*", self._receive)
        self._count += 1
        token = str(self._count)
        pending = _Pending([], asyncio.get_running_loop().create_future(), alone, "multi_last" in request)
        self._pending[token] = pending
        body = msgspec.json.encode(request if alone else {**request, "max_bytes": self._client.room})
        try:
            await self._client.publish(f"$JS.API.DIRECT.GET.{stream}", body, reply=f"{self._prefix}.{token}")
            # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the answer.
            async with asyncio.timeout(self._timeout):
                left = await pending.done
        except (NatsError, TimeoutError, OSError) as error:
            raise Unavailable(f"no answer from stream {stream}: {words(error)}") from error
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
        if status is None:
            pending.messages.append(message)
            if pending.alone:
                pending.done.set_result(0)
        elif status == _TOO_MANY:
            pending.done.set_exception(_TooMany(f"more messages than the {_MOST} that the server answers with at once"))
        elif pending.last and status == "404" and headers.get("Description") == _NOT_FOUND:
            pending.done.set_exception(_Damaged("a message that the server has and cannot read"))
        elif status in _NOTHING_MORE:
            pending.up_to = int(headers.get("Nats-UpTo-Sequence", "0"))
            pending.done.set_result(int(headers.get("Nats-Num-Pending", "0")))
        else:
            said = headers.get("Description", "")
            pending.done.set_exception(Unavailable(f"direct get refused: {status} {said}"))


def _sequence(message: Msg) -> int:
    return int((message.headers or {})["Nats-Sequence"])
