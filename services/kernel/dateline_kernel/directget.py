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

from dateline_kernel.connection import is_of_cluster
from dateline_kernel.errors import KernelError, Unavailable, words
from dateline_kernel.quickclient import QuickClient

WITHIN = 5.0
"""Seconds for an answer."""
PATIENCE, HASTE = 0.25, 0.02
"""Seconds that a cluster has to begin an answer before it is asked once more, and while a server of it stands still.

There a question goes to any server with a copy, also to one that stands still or is cut off, until the others notice.
"""
LONGER = 1.3
"""By how much it has longer each time."""
TRIES = 8
"""How often it is asked at the most: what takes long may be a question that takes long everywhere."""
A_WHILE = 10.0
"""Seconds from an answer that came to a later question than the first."""
ASKED = "$JS.API.DIRECT.GET."
"""Where it is asked for, before the name of the stream."""
MOST = 1_024
"""Subjects for whose last messages the server answers at once (``multi_last``)."""
_NOTHING_MORE = ("204", "404")
_NOBODY = "503"
"""No server listens that has a copy."""
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


class _Question(Struct):
    subject: str
    body: bytes
    alone: bool
    """Whether one message is the whole answer, with no word behind it that there are no more."""
    last: bool
    """Whether the last message of each subject is asked for."""
    done: asyncio.Future[_Answer]
    """The answer that is whole first."""
    begun: float
    """When it was asked first, as ``time.monotonic()`` counts."""
    answers: dict[str, _Answer] = {}
    """By token: one for each time that it was asked."""

    @property
    def unheard(self) -> bool:
        """Whether nothing has come yet, and it may be asked once more."""
        return len(self.answers) < TRIES and not any(answer.messages for answer in self.answers.values())


class _Answer(Struct):
    """What has come of one answer, each by one server."""

    question: _Question
    messages: list[Msg] = []
    left: int = 0
    """How many more there are that the answer had no room for."""
    up_to: int = 0
    """The newest sequence that the copy had which answered to that; 0 where it found nothing."""
    came: str = "0"
    """Sequence of the message that came last; 0 for none."""


class DirectGet:
    """Asks for messages of streams; one subscription serves all requests of the process."""

    def __init__(self, client: QuickClient) -> None:
        self._client = client
        self._prefix = client.new_inbox()
        self._answers: dict[str, _Answer] = {}
        self._count = 0
        self._hasty_until = 0.0
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
        question = _Question(
            subject=f"{ASKED}{stream}",
            body=msgspec.json.encode(request if alone else {**request, "max_bytes": self._client.room}),
            alone=alone,
            last="multi_last" in request,
            done=asyncio.get_running_loop().create_future(),
            begun=time.monotonic(),
        )
        try:
            # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the answer.
            async with asyncio.timeout(WITHIN):
                answer = await self._first(question)
        except (NatsError, TimeoutError, OSError) as error:
            raise Unavailable(f"no answer from stream {stream}: {self._denial(question) or words(error)}") from error
        finally:
            for token in question.answers:
                del self._answers[token]
        if answer.up_to < at_least:
            raise Lagging(f"a copy of {stream} answered that lags: it has {answer.up_to} of {at_least} messages")
        return answer.messages, answer.left

    async def _first(self, question: _Question) -> _Answer:
        """The first whole answer. Raises TimeoutError where this login may not ask: the server says no more then."""
        first = await self._put(question)
        pause = HASTE if question.begun < self._hasty_until else PATIENCE
        while not (await asyncio.wait((question.done,), timeout=pause))[0]:
            if self._denial(question):
                raise TimeoutError
            if is_of_cluster(self._client) and question.unheard:
                await self._put(question)
            pause *= LONGER
        answer = await question.done
        if answer is not first:
            # Who is asked first answers first where all are slow: to ask these more would make them slower still.
            self._hasty_until = time.monotonic() + A_WHILE
        return answer

    async def _put(self, question: _Question) -> _Answer:
        self._count += 1
        token = str(self._count)
        answer = self._answers[token] = question.answers[token] = _Answer(question)
        async with self._subscribing:
            if self._subscription is None:
                self._subscription = await self._client.take(f"{self._prefix}.*", self._receive)
        await self._client.publish(question.subject, question.body, reply=f"{self._prefix}.{token}")
        return answer

    def _denial(self, question: _Question) -> str:
        return self._client.denial(question.subject, question.begun, f"{self._prefix}.*")

    def _receive(self, message: Msg) -> None:
        token = message.subject.rpartition(".")[2]
        answer = self._answers.get(token)
        if answer is None or answer.question.done.done():
            return
        question, headers = answer.question, message.headers or {}
        status = headers.get("Status")
        if status == _NOBODY and is_of_cluster(self._client):
            # Asked again, however often: where a leader is gone the others listen a moment later.
            del self._answers[token], question.answers[token]
        elif (failure := _failure(answer, headers)) is not None:
            question.done.set_exception(failure)
        elif status is None:
            answer.messages.append(message)
            answer.came = headers["Nats-Sequence"]
            if question.alone:
                question.done.set_result(answer)
        else:
            answer.up_to = int(headers.get("Nats-UpTo-Sequence", "0"))
            answer.left = int(headers.get("Nats-Num-Pending", "0"))
            question.done.set_result(answer)


def _failure(answer: _Answer, headers: dict[str, str]) -> KernelError | None:
    """Why an answer comes to nothing, by the headers of its next message; None if it goes on, or is all there."""
    question, status, said = answer.question, headers.get("Status"), headers.get("Description", "")
    if status == _TOO_MANY:
        return TooMany(f"more messages than the {MOST} that the server answers with at once")
    if question.last and status == "404" and said == _NOT_FOUND:
        return Damaged("a message that the server has and cannot read")
    if status is not None and status not in _NOTHING_MORE:
        why = "no server has it" if status == _NOBODY else f"{status} {said}"
        return Unavailable(f"{question.subject.removeprefix(ASKED)} is not read: {why}")
    if not question.alone and headers.get(_BEFORE, "0") != answer.came:
        return Unavailable("messages of an answer were lost on the way")
    return None
