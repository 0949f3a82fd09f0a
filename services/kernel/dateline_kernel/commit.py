"""Group commit: writes that wait at the same moment go to the stream as one atomic, fsynced batch.

NATS ADR-50 (atomic batch publish). With ``sync_interval: always`` a batch costs one fsync, so the cost of
durability is shared by all who wait for it. A batch that the server refuses as a whole (one writer's conflict
or repeat) is taken apart and each writer's messages are committed on their own, so only the one at fault hears of it.
Where few messages wait, they go out side by side without a batch, which has a price of its own.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct
from nats.errors import Error as NatsError
from nats.nuid import NUID

from dateline_kernel.ending import ended
from dateline_kernel.errors import Conflict, Duplicate, KernelError, TooLarge, Unavailable, Undecided, words
from dateline_kernel.failing import Failing
from dateline_kernel.fitting import fits
from dateline_kernel.jetstreamapi import Refusal
from dateline_kernel.quickclient import Message as Message
from dateline_kernel.quickclient import QuickClient

BATCH_MESSAGES = 400
"""The server takes 1,000 at most; the gain is flat from 300 on."""
BATCH_BYTES = 4 * 1024 * 1024

FEW = 8
"""Messages that are on disk sooner one by one, each with an fsync of its own: for a batch the server makes a folder of
files and takes it away again, which takes as long as some eight fsyncs or more.
"""

BUSY = 8
"""Writers in one batch, from which on the next one is given time to fill."""
FILLING = 0.001
"""Seconds of it: the fewer batches, the less work for the server. Who writes now and then never waits."""

EXPECTED = "Nats-Expected-Last-Subject-Sequence"
"""On the message's own subject, unless another header names one."""
_BATCH, _NTH = "Nats-Batch-Id", "Nats-Batch-Sequence"
_MEANS: dict[int, type[KernelError]] = {
    10071: Conflict,
    # A cluster has not agreed yet on an earlier message of this id, or on what another writer wants to stand there.
    **dict.fromkeys((10158, 10164), Undecided),
    10201: Duplicate,
    # The message, its headers, or more messages than go into one batch.
    **dict.fromkeys((10054, 10097, 10199), TooLarge),
}
"""JetStream's errors by number; any other one is no answer."""
_INCOMPLETE = 10176
"""What follows when a member of a batch could not be stored."""


class _PubAck(Struct):
    seq: int = 0
    duplicate: bool = False
    error: Refusal | None = None


_ack = msgspec.json.Decoder(_PubAck)


class _Unit(Struct):
    """The messages that one writer wants in the stream, and the future on which it waits."""

    messages: Sequence[Message]
    keys: frozenset[str]
    together: bool
    done: asyncio.Future[int]


class GroupCommit:
    """Writes to one stream. ``commit`` returns when the messages are on disk."""

    def __init__(self, client: QuickClient, timeout: float = 5.0) -> None:
        self._client = client
        self._timeout = timeout
        self._waiting: deque[_Unit] = deque()
        self._under_way: list[_Unit] = []
        self._nuid = NUID()
        self._task: asyncio.Task[None] | None = None
        self._busy = False
        self._failing = Failing()

    async def commit(self, messages: Sequence[Message], keys: Iterable[str] = (), *, together: bool = True) -> int:
        """Write all messages or none; the sequence of the last one.

        ``together`` left out of it: each message makes sense without the others, says by itself what it expects, and
        may be in the stream after an error; who tries again writes what is missing.

        Writers with a key in common never share a batch: the server checks expectations against what stood in the
        stream before the batch, so a batch cannot guard against itself.
        Raises Conflict or Duplicate when an expectation or a message id says so, TooLarge, or Unavailable when
        the outcome is unknown; ValueError for a header that cannot be written.
        """
        if not self._client.is_connected:
            raise Unavailable("not connected to NATS")
        unit = _Unit(messages, frozenset(keys), together, asyncio.get_running_loop().create_future())
        self._waiting.append(unit)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="group-commit")
        return await unit.done

    @property
    def failing(self) -> str:
        """What is wrong, when nothing could be written for some seconds; else empty."""
        return self._failing.said(asyncio.get_running_loop().time())

    async def close(self) -> None:
        """Write what is waiting, then stop. Writers that can no longer be answered get Unavailable."""
        while (self._waiting or self._under_way) and self._client.is_connected:
            await asyncio.sleep(0.01)
        if self._task is not None:
            await ended(self._task)
        for unit in (*self._under_way, *self._waiting):
            _settle(unit, Unavailable("the writer was closed before the log answered"))

    async def _run(self) -> None:
        """Write until nothing waits. It ends then: a writer that is dropped without a word leaves nothing behind."""
        # One turn of the loop: whoever is ready to write in this moment gets on board.
        await asyncio.sleep(0)
        while self._waiting:
            if self._busy:
                await asyncio.sleep(FILLING)
            self._under_way = self._take()
            self._busy = len(self._under_way) >= BUSY
            await self._flush(self._under_way)
            self._under_way = []

    def _take(self) -> list[_Unit]:
        taken: list[_Unit] = []
        keys: set[str] = set()
        count = size = 0
        while self._waiting:
            unit = self._waiting[0]
            count += len(unit.messages)
            for message in unit.messages:
                size += len(message.payload)
            if taken and (count > BATCH_MESSAGES or size > BATCH_BYTES or not keys.isdisjoint(unit.keys)):
                break
            keys |= unit.keys
            taken.append(self._waiting.popleft())
        return taken

    async def _flush(self, units: list[_Unit]) -> None:
        messages = [message for unit in units for message in unit.messages]
        if len(units) > 1 and len(messages) <= FEW:
            await asyncio.gather(*(self._flush([unit]) for unit in units))
            return
        try:
            apart = len(units) == 1 and not units[0].together and len(messages) <= FEW
            last = await (self._side_by_side(messages) if apart else self._write(messages))
        except Unavailable as error:
            self._failing.failed(asyncio.get_running_loop().time(), str(error))
            for unit in units:
                _settle(unit, error)
        except Exception as error:
            # Conflict, Duplicate, TooLarge, or a message that cannot be written down: whatever it is, one writer is at
            # fault, and nobody is left waiting.
            if len(units) == 1:
                _settle(units[0], error)
            else:
                await asyncio.gather(*(self._flush([unit]) for unit in units))
        else:
            self._failing.succeeded()
            for unit in reversed(units):
                _settle(unit, last)
                last -= len(unit.messages)

    async def _side_by_side(self, messages: list[Message]) -> int:
        answers = await asyncio.gather(*(self._write([message]) for message in messages), return_exceptions=True)
        wrong = [answer for answer in answers if isinstance(answer, BaseException)]
        if wrong:
            # That something stands there already is no answer to a writer while it is unknown what does not.
            raise min(wrong, key=lambda error: isinstance(error, (Conflict, Duplicate)))
        return max(answer for answer in answers if isinstance(answer, int))

    async def _write(self, messages: list[Message]) -> int:
        if not all(fits(message, self._client.max_payload) for message in messages):
            raise TooLarge("a message, its headers or its subject are larger than the server takes (max_payload)")
        try:
            if len(messages) == 1:
                return await self._request(messages[0], messages[0].headers)
            batch = self._nuid.next().decode()
            *opening, last = [
                Message(one.subject, one.payload, {**one.headers, _BATCH: batch, _NTH: str(nth)})
                for nth, one in enumerate(messages, 1)
            ]
            await self._client.publish_all(opening)
            return await self._request(last, {**last.headers, "Nats-Batch-Commit": "1"})
        except (NatsError, TimeoutError, OSError) as error:
            raise Unavailable(f"no answer from the log: {words(error)}") from error

    async def _request(self, message: Message, headers: dict[str, str]) -> int:
        reply = await self._client.request(message.subject, message.payload, timeout=self._timeout, headers=headers)
        ack = _ack.decode(reply.data)
        if ack.error is not None:
            error = _as_error(ack.error)
            if isinstance(error, Undecided) and headers.keys().isdisjoint((EXPECTED, _BATCH)):
                # Who expects nothing has nothing to decide again.
                raise Unavailable(str(error))
            raise error
        if ack.duplicate and EXPECTED in headers:
            raise Duplicate(f"message {ack.seq} has this id, and a cluster does not look at what a repeat expects")
        return ack.seq


class Committing:
    """What writes to a stream of its own by group commit."""

    def __init__(self, client: QuickClient) -> None:
        self._commit = GroupCommit(client)

    @property
    def failing(self) -> str:
        """Why nothing could be written to it for some seconds; else empty."""
        return self._commit.failing

    async def close(self) -> None:
        """Write what is still queued, then stop."""
        await self._commit.close()


def _as_error(error: Refusal) -> KernelError:
    said = f"{error.description} (JetStream error {error.err_code})"
    if error.err_code == _INCOMPLETE:
        said += "; the server could not keep all of it: look into its log, and whether its disk is full"
    return _MEANS.get(error.err_code, Unavailable)(said)


def _settle(unit: _Unit, outcome: int | Exception) -> None:
    if unit.done.done():
        return
    if isinstance(outcome, int):
        unit.done.set_result(outcome)
    else:
        unit.done.set_exception(outcome)
