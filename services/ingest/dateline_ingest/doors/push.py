"""A push and its answer, the same by HTTP and by NATS: 202 with receipts, or an RFC 9457 problem document."""

from __future__ import annotations

import asyncio

import msgspec
from msgspec import Struct

from dateline_ingest.doors.batch import Part
from dateline_ingest.doors.problems import Answer, problem
from dateline_ingest.formats import Unparseable
from dateline_ingest.intake import Delivery, Intake, Receipt, Refused
from dateline_kernel.errors import KernelError, Unavailable
from dateline_schemas.feeds import Feed

RETRY_AFTER = 2
"""Seconds that a sender is asked to wait while the log does not answer."""
AT_ONCE = 64
"""Messages of one batch in work side by side; they share the fsyncs."""


class Taken(Struct, frozen=True, kw_only=True):
    """A story's receipt, as senders read it."""

    receipt: str
    """``GET /v1/receipts/<receipt>`` tells of it again."""
    story_id: str
    version: str
    event_id: str
    standing: str
    duplicate: bool
    flags: tuple[str, ...] = ()
    headline: str = ""


class Accepted(Struct, frozen=True, kw_only=True):
    """Answer to a push: the first story's receipt at the top, since most pushes carry one, and all of them."""

    receipt: str
    story_id: str
    version: str
    event_id: str
    standing: str
    duplicate: bool
    stories: list[Taken]


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one message of a batch."""

    part: int
    """From 1, in the order of the batch."""
    status: int
    """What a push of its own would have been answered with."""
    name: str = ""
    stories: list[Taken] = []
    problem: msgspec.Raw = msgspec.Raw(b"null")
    """The problem document, where it was not taken."""


class Batch(Struct, frozen=True, kw_only=True):
    """Answer to a batch."""

    accepted: int
    """Messages that were taken in."""
    refused: int
    parts: list[Outcome]


def taken(receipt: Receipt) -> Taken:
    """The receipt for the sender."""
    return Taken(
        receipt=receipt.number,
        story_id=receipt.story_id,
        version=receipt.version,
        event_id=receipt.event_id,
        standing=receipt.standing,
        duplicate=receipt.duplicate,
        flags=receipt.flags,
        headline=receipt.headline,
    )


async def push(intake: Intake, delivery: Delivery) -> Answer:
    """Take one message in and say what became of it. Raises KernelError, for ``failure`` to put into words."""
    try:
        stories = [taken(receipt) for receipt in await intake.take_in(delivery)]
    except Refused as refused:
        return not_taken(refused)
    first = stories[0]
    accepted = Accepted(
        receipt=first.receipt,
        story_id=first.story_id,
        version=first.version,
        event_id=first.event_id,
        standing=first.standing,
        duplicate=first.duplicate,
        stories=stories,
    )
    return Answer(202, msgspec.json.encode(accepted))


async def push_all(intake: Intake, feed: Feed, door: str, parts: list[Part]) -> Answer:
    """Take the messages of a batch in, each for itself: 202 if all were taken, else 207 (RFC 4918)."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, part: Part) -> Outcome:
        delivery = Delivery(feed=feed, door=door, data=part.data, hint=part.hint, url=part.url)
        async with places:
            try:
                answer = await push(intake, delivery)
            except KernelError as error:
                answer = failure(error)
        if answer.status == 202:
            stories = msgspec.json.decode(answer.body, type=Accepted).stories
            return Outcome(part=number, status=202, name=part.name, stories=stories)
        return Outcome(part=number, status=answer.status, name=part.name, problem=msgspec.Raw(answer.body))

    outcomes = await asyncio.gather(*(one(number, part) for number, part in enumerate(parts, 1)))
    accepted = sum(outcome.status == 202 for outcome in outcomes)
    if not accepted and all(outcome.status == 503 for outcome in outcomes):
        return failure(Unavailable("the log did not take any of it"))
    batch = Batch(accepted=accepted, refused=len(outcomes) - accepted, parts=list(outcomes))
    return Answer(202 if accepted == len(outcomes) else 207, msgspec.json.encode(batch))


def not_taken(refused: Refused) -> Answer:
    """The problem of input that is no story, or from the future."""
    cause, number = refused.cause, refused.number
    if isinstance(cause, Unparseable):
        return problem(
            "unparseable",
            400,
            "Cannot be read as a story",
            str(cause),
            format=cause.format,
            line=cause.line,
            column=cause.column,
            path=cause.path,
            quarantine=number,
        )
    return problem("clock-ahead", 422, "Clock not to be believed", str(cause), quarantine=number)


def failure(error: KernelError) -> Answer:
    """The problem of a log that does not answer, or will not take this."""
    if isinstance(error, Unavailable):
        said = f"the log does not answer, nothing was accepted: {error}"
        return problem("unavailable", 503, "Try again later", said, headers=[(b"retry-after", b"%d" % RETRY_AFTER)])
    return problem("refused", 422, type(error).__name__, str(error))
