"""Whether anything stands at certain subjects: all who ask at the same moment share one request (NATS ADR-31)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from msgspec import Struct

from dateline_kernel.direct import DirectReader


class _Question(Struct):
    subjects: Sequence[str]
    answer: asyncio.Future[bool]


class Lookout:
    """Looks into one stream for everybody in the process."""

    def __init__(self, direct: DirectReader, stream: str) -> None:
        self._direct = direct
        self._stream = stream
        self._questions: list[_Question] = []
        self._asking: set[asyncio.Task[None]] = set()

    async def any_at(self, subjects: Sequence[str]) -> bool:
        """Whether a message stands at one of these subjects. Raises Unavailable."""
        question = _Question(subjects, asyncio.get_running_loop().create_future())
        self._questions.append(question)
        if len(self._questions) == 1:
            task = asyncio.create_task(self._ask(), name="lookout")
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)
        return await question.answer

    async def _ask(self) -> None:
        questions, self._questions = self._questions, []
        wanted = [subject for question in questions for subject in question.subjects]
        try:
            messages = await self._direct.latest_on(self._stream, wanted)
        except Exception as error:  # whatever it is, nobody is left waiting
            for question in questions:
                if not question.answer.done():
                    question.answer.set_exception(error)
            return
        there = {(message.headers or {})["Nats-Subject"] for message in messages}
        for question in questions:
            if not question.answer.done():
                question.answer.set_result(not there.isdisjoint(question.subjects))
