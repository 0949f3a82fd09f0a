"""A push and its answer, the same by HTTP and by NATS: 202 with receipts, or an RFC 9457 problem document."""

from __future__ import annotations

import asyncio

import msgspec
from msgspec import Struct
from structlog.typing import FilteringBoundLogger

from dateline_ingest.deliveries import Delivery, Refused, TakenIn
from dateline_ingest.doors.batch import Part
from dateline_ingest.doors.problems import Answer, answered, document, problem
from dateline_ingest.formats import Parsed, Unparseable, is_bundle
from dateline_ingest.intake import Intake
from dateline_ingest.reading import read
from dateline_kernel.errors import KernelError, TooLarge, Unavailable
from dateline_schemas.codec import UnreadableEvent
from dateline_schemas.feeds import Feed
from dateline_schemas.pushes import Accepted, Problem, Taken

STORIES = "/v1/stories"
"""Where single messages are pushed to by HTTP; idempotency keys count for a push to it, by whichever door."""
RETRY_AFTER = 2
"""Seconds that a sender is asked to wait while the log does not answer."""
MOST_PROBLEMS = 100
"""In one answer: a bundle may have thousands of messages."""
AT_ONCE = 64
"""Messages of one batch in work side by side; they share the fsyncs."""


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one message of a batch."""

    part: int
    """From 1, in the order of the batch."""
    status: int
    """What a push of its own would have been answered with."""
    name: str = ""
    stories: list[Taken] = []
    problems: list[Problem] = []
    """Why some of its stories were not taken."""
    problem: msgspec.Raw = msgspec.Raw(b"null")
    """The problem document, where it was not taken."""


class Batch(Struct, frozen=True, kw_only=True):
    """Answer to a batch."""

    accepted: int
    """Messages that were taken in."""
    refused: int
    parts: list[Outcome]


async def push(intake: Intake, delivery: Delivery) -> Answer:
    """Take one message in: 202 with receipts, or the problem of one that is refused.

    Raises what ``failure`` answers: KernelError where the log does not take it, anything for a fault in ingest.
    """
    try:
        return Answer(202, msgspec.json.encode(_accepted(await intake.take_in(delivery))))
    except Refused as refused:
        return failure(refused, intake.log)


def _accepted(came: TakenIn) -> Accepted:
    first = came.receipts[0]
    return Accepted(
        receipt=first.receipt,
        story_id=first.story_id,
        version=first.version,
        event_id=first.event_id,
        standing=first.standing,
        duplicate=first.duplicate,
        stories=list(came.receipts),
        problems=[problem_of(refused) for refused in came.refused[:MOST_PROBLEMS]],
    )


def shortened(answer: Answer, most: int) -> Answer:
    """A 202 with as many of its receipts as fit into so many bytes, and how many it leaves out."""
    accepted = msgspec.json.decode(answer.body, type=Accepted)
    without = msgspec.structs.replace(accepted, stories=[], left_out=len(accepted.stories))
    room = most - len(msgspec.json.encode(without))
    told: list[Taken] = []
    for story in accepted.stories:
        room -= len(msgspec.json.encode(story)) + 1
        if room < 0:
            break
        told.append(story)
    left_out = len(accepted.stories) - len(told)
    body = msgspec.json.encode(msgspec.structs.replace(accepted, stories=told, left_out=left_out))
    return msgspec.structs.replace(answer, body=body)


async def push_all(intake: Intake, feed: Feed, door: str, parts: list[Part]) -> Answer:
    """Take the messages of a batch in, each for itself: 202 if all were taken, else 207 (RFC 4918).

    They are read one after the other, so that versions of one story are taken in as they stand in the batch.
    """
    places = asyncio.Semaphore(AT_ONCE)
    tasks: list[asyncio.Task[Outcome]] = []
    async with asyncio.TaskGroup() as group:
        for number, part in enumerate(parts, 1):
            await places.acquire()
            delivery = Delivery(feed=feed, door=door, data=part.data, hint=part.hint, url=part.url)
            try:
                parsed = None if is_bundle(part.data) else await read(delivery)
            except Unparseable:
                parsed = None  # it is refused when it is taken in
            task = group.create_task(_outcome(intake, delivery, parsed, number, part.name))
            task.add_done_callback(lambda _: places.release())
            tasks.append(task)
    outcomes = [task.result() for task in tasks]
    accepted = sum(outcome.status == 202 for outcome in outcomes)
    if not accepted and all(outcome.status == 503 for outcome in outcomes):
        return failure(Unavailable("the log did not take any of it"), intake.log)
    batch = Batch(accepted=accepted, refused=len(outcomes) - accepted, parts=outcomes)
    unsettled = any(outcome.status >= 500 for outcome in outcomes)
    return Answer(202 if accepted == len(outcomes) else 207, msgspec.json.encode(batch), unsettled=unsettled)


async def _outcome(intake: Intake, delivery: Delivery, parsed: Parsed | None, number: int, name: str) -> Outcome:
    try:
        accepted = _accepted(await intake.take_in(delivery, parsed))
        return Outcome(part=number, status=202, name=name, stories=accepted.stories, problems=accepted.problems)
    except Exception as error:
        # A fault that one message brings about: what became of the others is told all the same.
        answer = failure(error, intake.log)
    return Outcome(part=number, status=answer.status, name=name, problem=msgspec.Raw(answer.body))


def problem_of(refused: Refused) -> Problem:
    """The problem of input that is no story, from the future, larger than the log takes, or not to be judged."""
    cause, number = refused.cause, refused.number
    if isinstance(cause, Unparseable):
        told = document("unparseable", 400, "Cannot be read as a story", str(cause), number)
        return msgspec.structs.replace(
            told, format=cause.format, line=cause.line, column=cause.column, offset=cause.offset, path=cause.path
        )
    if isinstance(cause, TooLarge):
        return document("refused", 422, "Too large for the log", f"{cause}; send it in parts", number)
    if isinstance(cause, UnreadableEvent):
        return document("fault", 500, "The story's log cannot be read", str(cause), number)
    return document("clock-ahead", 422, "Clock not to be believed", str(cause), number)


def failure(error: Exception, log: FilteringBoundLogger) -> Answer:
    """What is answered where a push ends in an error: refused input, a log that does not answer or does not take it.

    Any other is a fault in ingest: its traceback goes into ``log``, and the sender hears where to look.
    """
    if isinstance(error, Refused):
        return answered(problem_of(error))
    if isinstance(error, Unavailable):
        said = f"the log takes nothing now, so send it again: what it took already is told apart ({error})"
        return problem("unavailable", 503, "Try again later", said, (b"retry-after", b"%d" % RETRY_AFTER))
    if isinstance(error, KernelError):
        return problem("refused", 422, type(error).__name__, str(error))
    log.error("push failed", exc_info=error)
    said = f"{type(error).__name__}, see the log of ingest; send it again when that is mended"
    return problem("fault", 500, "Fault in ingest", said)
