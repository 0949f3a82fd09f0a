"""Stand-ins for events that the log has lost or cannot read, so that kills can be decided all the same (ADR 42)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from dateline_schemas.events import Event, Recorded, StoryCanceled, StoryReleased, StoryWithdrawn
from dateline_schemas.headers import ORDINAL

if TYPE_CHECKING:
    from dateline_kernel.runtime import Runtime

WHYS = 5
"""Most reasons that one line of the service's log gives."""
DIGITS = 15
"""Longest number that is read from a subject or a header; ``events.Count`` holds every one of that length."""
_ID = re.compile(r"[0-9a-f]{32}")


class Unread(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Stands in for an event of the log that this release cannot read. It is never appended.

    The event's subject gives its kind and place, its headers ``id`` and ``ordinal`` (else empty and 0). A write behind
    it expects its sequence, as that of any other event.
    """

    fact: ClassVar[str] = "unread"

    of: str
    """``fact`` of the event that cannot be read, e.g. ``released``."""
    at: str
    """``place`` of that event."""
    why: str
    """Why it cannot be read."""

    @property
    def place(self) -> str:
        """What tells it apart from the other events of its story."""
        return f"{self.of}.{self.at}"

    @property
    def nth(self) -> int:
        """``at`` as a number; 0 if it is none."""
        return _number(self.at)

    @property
    def kills(self) -> bool:
        """Whether it is certainly a kill of a current version, with an id that an answer can name as its cause."""
        return self.of == StoryCanceled.fact and self.ordinal > 0 and bool(self.id)


class TopicsState(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What TOPICS has of a story; stands behind the story's events if the log has lost some. It is never appended."""

    fact: ClassVar[str] = "topics-state"

    subjects: tuple[str, ...]
    """Subjects of TOPICS that have a message of the story."""
    number: int
    """Number of the newest announcement there."""
    untold: bool = False
    """Whether the log's newest release never reached TOPICS: a lost announcement stands there under its number."""


def with_topics_state(
    log: Sequence[Recorded[Event]], subjects: Iterable[str], number: int, *, untold: bool = False
) -> list[Recorded[Event]]:
    """A story's events and then a TopicsState, with the sequence and time of the last of them. Pure."""
    last = log[-1]
    there = TopicsState(
        story_id=last.event.story_id, version="", ordinal=0, subjects=tuple(subjects), number=number, untold=untold
    )
    return [*log, Recorded(there, last.seq, last.time)]


def unread(subject: str, why: str, headers: Mapping[str, str] | None = None) -> Unread:
    """The stand-in for the event on the subject ``story.<story id>.<fact>.<place>``."""
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


def is_behind(
    log: Sequence[Recorded[Event]], number: int, subjects: Iterable[str] = (), *, collides: bool = False
) -> bool:
    """Whether a story's events are incomplete: one cannot be read, or none has the ``number`` that TOPICS has, or names
    one of the ``subjects`` that it has. Pure.

    Events that the server's disk has damaged are missing from its answers without notice. ``collides``: TOPICS has
    another announcement under the newest number of the log, so an event is lost although the numbers agree.
    """
    told = [one.event for one in log if isinstance(one.event, (StoryReleased, StoryWithdrawn))]
    newest = max((event.number for event in told), default=0)
    named = {subject for event in told for subject in event.subjects}
    return bool(unread_of(log)) or newest < number + collides or not named.issuperset(subjects)


def note_passed_over(runtime: Runtime, log: Sequence[Recorded[Event]]) -> None:
    """Log and count the events of a story that were passed over, if any were."""
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
