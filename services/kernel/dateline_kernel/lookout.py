"""Whether a story has come no further than an event: all who ask at the same moment share one request (NATS ADR-31).

Any copy of the log answers, and one that lags does not know what came before the event either. So its answer counts
only if it has come as far; of what came later nothing is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec import Struct

from dateline_kernel.agreement import CATCHES_UP
from dateline_kernel.direct import DirectReader
from dateline_kernel.directget import MOST, Incomplete, Lagging


class Place(Struct, frozen=True):
    """Where an event stands."""

    subject: str
    seq: int


class _Question(Struct):
    heard: Place
    subjects: Sequence[str]
    answer: asyncio.Future[bool]


class Lookout:
    """Looks into one stream for everybody in the process."""

    def __init__(self, direct: DirectReader, stream: str) -> None:
        self._direct = direct
        self._stream = stream
        self._questions: list[_Question] = []
        self._asking: set[asyncio.Task[None]] = set()

    async def is_free(self, subjects: Sequence[str], heard: Place) -> bool:
        """Whether no message stands at these subjects, by a copy that has all as far as what was ``heard``.

        False also where no such copy answers. Raises Unavailable.
        """
        question = _Question(heard, subjects, asyncio.get_running_loop().create_future())
        self._questions.append(question)
        if len(self._questions) == 1:
            task = asyncio.create_task(self._ask(), name="lookout")
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)
        return await question.answer

    async def _ask(self) -> None:
        questions, self._questions = self._questions, []
        await asyncio.gather(*(self._answer(part) for part in _parts(questions)))

    async def _answer(self, questions: Sequence[_Question]) -> None:
        try:
            taken = await self._taken(questions)
        except Exception as error:  # whatever it is, nobody is left waiting
            for question in questions:
                if not question.answer.done():
                    question.answer.set_exception(error)
            return
        for question in questions:
            if not question.answer.done():
                question.answer.set_result(taken is not None and taken.isdisjoint(question.subjects))

    async def _taken(self, questions: Sequence[_Question]) -> set[str] | None:
        """Those of the subjects where something stands; None where that is not known. Raises Unavailable."""
        newest = max((question.heard for question in questions), key=lambda heard: heard.seq)
        # Asked for itself as well: a copy that finds nothing does not say how far it is.
        wanted = [newest.subject, *(subject for question in questions for subject in question.subjects)]
        for wait in (0, *CATCHES_UP[:2]):
            await asyncio.sleep(wait)
            with suppress(Lagging):
                try:
                    messages = await self._direct.at_once(self._stream, wanted, newest.seq)
                except Incomplete:
                    return None
                return {(message.headers or {})["Nats-Subject"] for message in messages}
        return None


def _parts(questions: Sequence[_Question]) -> Iterator[list[_Question]]:
    """As many at a time as one answer has room for."""
    part: list[_Question] = []
    size = 1
    for question in questions:
        if part and size + len(question.subjects) > MOST:
            yield part
            part, size = [], 1
        part.append(question)
        size += len(question.subjects)
    yield part
