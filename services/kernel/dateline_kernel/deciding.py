"""What a service with state decides about a story from its events, and how a replay decides it again. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from dateline_kernel.losses import is_behind, with_topics_state
from dateline_kernel.reactions import Log, Replayed
from dateline_schemas.events import Event, Recorded, StoryWithdrawn
from dateline_schemas.identity import stamp
from dateline_schemas.subjects import story_subject

CLOCKS_APART = timedelta(seconds=5)
"""Most by which a service's clock may have differed from the server's for a replay to find the same decision."""


class Because(Struct, frozen=True, gc=False):
    """An event to be appended, with the event that is its cause."""

    cause: Event
    event: Event
    due: datetime | None = None
    """When it should be appended, if that is known; the delay is measured."""


class Decision(Struct, frozen=True, gc=False):
    """What a service with state says about a story now, and when to decide again."""

    says: tuple[Because, ...] = ()
    again_at: datetime | None = None
    """Time to decide again even if nothing happens until then. What is delivered again is an event of a kind in the
    ``waits`` of the service's flow row, not the event heard: the story must have one.
    """
    not_before: datetime | None = None
    """Latest embargo that must be over for ``says`` to be right: the log's clock is asked whether it is."""


Decide = Callable[[Log, datetime], Decision]
"""Pure: all events of a story and the time -> what follows from them. Deciding again on the result says nothing new."""


def stamped(says: Sequence[Because], rules: str) -> tuple[Event, ...]:
    """The events as they are appended, each with the id of its cause."""
    return tuple(stamp(one.event, one.cause, rules, 0) for one in says)


def decided_again(decide: Decide, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
    """What was said because of the event, decided again; and what is still to be said because of it by ``now``.

    Each event is decided again from the events before it. These are exactly what it was decided from: an append is
    refused if anything came between.
    """
    there = [one for one in log if one.event.cause == heard.event.id]
    said = [event for one in there for event in _once_more(decide, log, one)]
    said += _because_of(decide, heard.event.id, _as_loaded(log), now)
    if there or said:
        return Replayed(stamped(said, rules))
    known = _as_loaded(log, heard.seq)
    return Replayed(overtaken=stamped(_because_of(decide, heard.event.id, known, heard.time), rules))


def _once_more(decide: Decide, log: Log, there: Recorded[Event]) -> list[Because]:
    """The decision behind one event, taken again.

    The exact moment of the decision is not on record: it was a little before the log took the event, and by another
    clock. An embargo may have ended in between. So three moments are tried, and the one that gives the event as it
    stands in the log is taken. A kill that was decided with a TopicsState is tried with one as well; its subjects are
    among those that the kill names.
    """
    known = _as_loaded(log, there.seq - 1)
    pasts, said = [known], there.event
    if isinstance(said, StoryWithdrawn) and is_behind(known, said.number - 1, said.subjects):
        pasts.append(with_topics_state(known, said.subjects, said.number - 1))
    moments = (there.time, known[-1].time - CLOCKS_APART, there.time + CLOCKS_APART)
    first: list[Because] = []
    for known, moment in itertools.product(pasts, moments):
        again = _because_of(decide, there.event.cause, known, moment)
        alike = [one for one in again if type(one.event) is type(there.event)]
        if there.event in stamped(alike, there.event.rules):
            return alike
        first = first or alike
    return first


def _because_of(decide: Decide, cause: str, log: Log, now: datetime) -> list[Because]:
    return [one for one in decide(log, now).says if one.cause.id == cause]


def _as_loaded(log: Log, last: int | None = None) -> list[Recorded[Event]]:
    """What ``Journal.load`` gave when ``last`` was the newest sequence: the newest event of each subject."""
    newest = {story_subject(one.event): one for one in log if last is None or one.seq <= last}
    return sorted(newest.values(), key=lambda one: one.seq)
