"""Stories of which the log has lost events: what stands in for these, so that kills can be decided all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from dateline_schemas.events import Event, Recorded, StoryCanceled, StoryReleased, StoryWithdrawn
from dateline_schemas.headers import ORDINAL

if TYPE_CHECKING:
    from dateline_kernel.runtime import Runtime

WHYS = 5
"""Reasons that a line of the log names at the most."""
DIGITS = 15
"""Of a number in a subject or a header: no story comes near, and ``events.Count`` holds all of these."""
_ID = re.compile(r"[0-9a-f]{32}")


class Unread(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Stands in for an event of the log that this release cannot read. Never appended: the codec does not know it.

    Kind and place are known from its subject, ``id`` and ``ordinal`` from its headers (empty and 0 where these lack
    them). Its sequence counts like any other for what a write expects.
    """

    fact: ClassVar[str] = "unread"

    of: str
    """``fact`` of the event that cannot be read, e.g. ``released``."""
    at: str
    """Its ``place``."""
    why: str

    @property
    def place(self) -> str:
        """What tells it apart from the other events of its story."""
        return f"{self.of}.{self.at}"

    @property
    def nth(self) -> int:
        """Its place where that is a number, else 0."""
        return _number(self.at)

    @property
    def kills(self) -> bool:
        """Whether it is a kill for certain: one that was current when it came, and that an answer can name."""
        return self.of == StoryCanceled.fact and self.ordinal > 0 and bool(self.id)


class TopicsState(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Stands in for what the log has lost: what TOPICS has of the story. Never appended either."""

    fact: ClassVar[str] = "topics-state"

    subjects: tuple[str, ...]
    number: int
    """Of the newest announcement there."""
    untold: bool = False
    """Whether the log's newest release never got to TOPICS: an announcement that the log has lost has its number."""


def with_topics_state(
    log: Sequence[Recorded[Event]], subjects: Iterable[str], number: int, *, untold: bool = False
) -> list[Recorded[Event]]:
    """A story's events, and behind them a TopicsState with the sequence and time of the last of them. Pure."""
    last = log[-1]
    there = TopicsState(
        story_id=last.event.story_id, version="", ordinal=0, subjects=tuple(subjects), number=number, untold=untold
    )
    return [*log, Recorded(there, last.seq, last.time)]


def unread(subject: str, why: str, headers: Mapping[str, str] | None = None) -> Unread:
    """What stands in for the event on ``story.<story id>.<fact>.<place>``; ``why`` says why it cannot be read."""
    _, story, of, *at = subject.split(".")
    said = headers or {}
    name, ordinal = said.get("ce-id", ""), _number(said.get(ORDINAL, ""))
    known = name if _ID.fullmatch(name) else ""
    return Unread(
        id=known, correlation=known, story_id=story, version="", ordinal=ordinal, of=of, at=".".join(at), why=why
    )


def _number(text: str) -> int:
    return int(text) if len(text) <= DIGITS and text.isdecimal() else 0


def unread_of(log: Sequence[Recorded[Event]]) -> list[Recorded[Unread]]:
    """Those of a story's events that cannot be read. Pure."""
    return [Recorded(one.event, one.seq, one.time) for one in log if isinstance(one.event, Unread)]


def is_behind(log: Sequence[Recorded[Event]], number: int, *, collides: bool = False) -> bool:
    """Whether a story's events are not all: one cannot be read, or none has the ``number`` that TOPICS has. Pure.

    A server leaves out without a word what its disk has damaged. ``collides``: TOPICS has another announcement under
    the log's own newest number, so that something is lost although the numbers agree.
    """
    numbers = [one.event.number for one in log if isinstance(one.event, (StoryReleased, StoryWithdrawn))]
    return bool(unread_of(log)) or max(numbers, default=0) < number + collides


def note_passed_over(runtime: Runtime, log: Sequence[Recorded[Event]]) -> None:
    """Say what of a story was passed over, if anything was: in the service's log, and as a metric."""
    lost, there = unread_of(log), log[-1].event if log else None
    if not lost:
        if isinstance(there, TopicsState):
            runtime.telemetry.passed_over.labels(runtime.service).inc()
            runtime.log.warning("log behind topics", story=there.story_id, number=there.number)
        return
    runtime.telemetry.passed_over.labels(runtime.service).inc(len(lost))
    runtime.log.warning(
        "passed over",
        story=lost[0].event.story_id,
        events=[one.seq for one in lost],
        reasons=[one.event.why for one in lost[:WHYS]],
    )
