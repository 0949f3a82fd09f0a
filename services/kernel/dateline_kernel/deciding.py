"""What a service with state decides about a story from its log, and decides once more for a replay. Pure."""

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
"""How far the clock of a service may be from the server's for a replay to find what was decided by it."""


class Because(Struct, frozen=True, gc=False):
    """An event that a decision says, with the event it follows from."""

    cause: Event
    event: Event
    due: datetime | None = None
    """When it should be said, where that is known: the delay is measured."""


class Decision(Struct, frozen=True, gc=False):
    """What a service that holds state says about a story."""

    says: tuple[Because, ...] = ()
    again_at: datetime | None = None
    """Decide once more at this time even if nothing happens until then. The story must have an event of a kind that the
    service's row waits for: that one comes again, not the one that was heard.
    """
    not_before: datetime | None = None
    """The latest time that has come, as far as what is said depends on one: the log's clock is asked as well then."""


Decide = Callable[[Log, datetime], Decision]
"""Pure: all events of a story and the time, to what follows from them. Deciding twice says nothing new."""


def stamped(says: Sequence[Because], rules: str) -> tuple[Event, ...]:
    """The events as they are appended, each with the id of its cause."""
    return tuple(stamp(one.event, one.cause, rules, 0) for one in says)


def decided_again(decide: Decide, log: Log, heard: Recorded[Event], rules: str, now: datetime) -> Replayed:
    """What was said because of the event, decided again each time from what the story's log had before it was said.

    That is exactly what it was decided from, since nothing is appended if anything came between. And what the
    whole log calls for, if nobody has said it by ``now``.
    """
    there = [one for one in log if one.event.cause == heard.event.id]
    said = [event for one in there for event in _once_more(decide, log, one)]
    said += _because_of(decide, heard.event.id, _as_loaded(log), now)
    if there or said:
        return Replayed(stamped(said, rules))
    known = _as_loaded(log, heard.seq)
    return Replayed(overtaken=stamped(_because_of(decide, heard.event.id, known, heard.time), rules))


def _once_more(decide: Decide, log: Log, there: Recorded[Event]) -> list[Because]:
    """The decision behind one event, taken again at the time at which the log took it.

    It was taken a little earlier and by another clock: an embargo may have ended in between, so that both ends are
    tried as well, and what comes out as it stands in the log is what was decided. So is what it found on TOPICS
    where the log had lost something: the subjects are among those that it named.
    """
    known = _as_loaded(log, there.seq - 1)
    pasts, said = [known], there.event
    if isinstance(said, StoryWithdrawn) and is_behind(known, said.number - 1):
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
    """What ``Journal.load`` would have given when ``last`` was the newest event: of each subject the newest one."""
    newest = {story_subject(one.event): one for one in log if last is None or one.seq <= last}
    return sorted(newest.values(), key=lambda one: one.seq)
