"""How long an event that waits for its time is put off, and when its process does not wait for the server any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from dateline_kernel.deciding import Decision
from dateline_kernel.deliberating import Deliberate
from dateline_kernel.errors import Unavailable
from dateline_kernel.hearing import OUTLASTS
from dateline_kernel.logs import configure_logs
from dateline_kernel.runtime import Runtime
from dateline_kernel.waiting import LATE, Waiting, put_off
from dateline_schemas.events import Event, Recorded
from dateline_schemas.examples import HELD

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("hours", [0.001, 1, 24])
def test_up_to_a_day_is_waited_in_one_piece(hours: float) -> None:
    """The event comes again at its time, not a moment before or after, and no clock is looked at on the way."""
    assert timedelta(seconds=put_off(timedelta(hours=hours))) == timedelta(hours=hours)


def test_what_is_due_comes_again_at_once() -> None:
    """A delay of nothing is none to the server, and a negative one is refused."""
    assert put_off(timedelta(seconds=-5)) == put_off(timedelta(0)) == 0.001


def test_a_wait_without_end_is_one_that_the_server_can_count() -> None:
    """Year 9999 means "until further notice": in nanoseconds that is no number of 64 bits, and no delay at all."""
    assert 0 < put_off(datetime.max.replace(tzinfo=UTC) - NOW) * 1e9 < 2**63


@pytest.mark.parametrize("days", [2, 365, 3652])
def test_a_long_wait_ends_at_its_time_and_is_not_taken_for_an_event_that_ends_the_process(days: int) -> None:
    """Looked at anew each day, it is handed out less often than would make it suspicious."""
    left, looks = timedelta(days=days, seconds=7), 0
    while left > timedelta(0):
        left -= timedelta(seconds=put_off(left))
        looks += 1
    assert left == timedelta(0)
    assert looks < OUTLASTS / 2


async def _nothing(runtime: object, log: object, again: object) -> None:
    """Announce nothing."""


def held(seq: int) -> Recorded[Event]:
    """An event that waits."""
    return Recorded(HELD, seq, NOW)


def waiting(**times: datetime | None) -> Waiting:
    """What was put off, by the sequence behind an underscore."""
    found = Waiting("publish-held", Deliberate(lambda log, now: Decision(), _nothing))
    for name, again_at in times.items():
        found.note(held(int(name[1:])), again_at)
    return found


def test_the_server_is_waited_for_as_long_as_it_is_not_late() -> None:
    """It hands out again to the second what it was asked to."""
    later = waiting(_1=NOW, _2=NOW + timedelta(hours=1))
    assert list(later.overdue(NOW + LATE - timedelta(milliseconds=1))) == []
    assert list(later.overdue(NOW + LATE)) == [held(1)]
    assert list(later.overdue(NOW + LATE)) == []
    assert list(later.overdue(NOW + timedelta(days=9))) == [held(2)]
    later.note(held(1), NOW)  # the log's clock is behind: its time has not come by that
    assert list(later.overdue(NOW + LATE)) == [held(1)]


async def test_an_event_that_the_server_does_not_deliver_is_answered_to_the_second() -> None:
    """Nobody else does it, so nobody is waited for; one that fails is tried again a minute later."""

    async def fails(*_: object) -> None:
        raise Unavailable("the log does not answer")

    async def puts_off(*_: object) -> datetime:
        return NOW + timedelta(hours=1)

    log = configure_logs("publish", "error")
    runtime = cast(Runtime, SimpleNamespace(now=lambda: NOW, log=log))
    for reaction, after in ((puts_off, timedelta(hours=1)), (fails, timedelta(minutes=1))):
        beyond = Waiting("publish-held", reaction)
        await beyond.look_after(runtime, held(1))
        assert list(beyond.overdue(NOW + after - timedelta(milliseconds=1))) == []
        assert list(beyond.overdue(NOW + after)) == [held(1)]


def test_of_several_times_the_last_one_counts() -> None:
    """An embargo was put off, or brought forward; one that is over waits for nothing."""
    moved = waiting(_1=NOW)
    moved.note(held(1), NOW + timedelta(hours=2))
    moved.note(held(2), NOW + timedelta(hours=3))
    moved.note(held(2), NOW)
    moved.note(held(3), NOW)
    moved.note(held(3), None)
    assert list(moved.overdue(NOW + LATE)) == [held(2)]
    assert list(moved.overdue(NOW + timedelta(hours=2) + LATE)) == [held(1)]
    assert list(moved.overdue(NOW + timedelta(days=1))) == []


def test_what_is_put_off_again_and_again_takes_no_more_room() -> None:
    """An embargo until further notice is looked at each day, for years."""
    later = waiting()
    for _ in range(1_000):
        later.note(held(1), NOW)
        later.note(held(2), NOW + timedelta(days=1))
    assert len(later._queue) == 2
    assert [*later.overdue(NOW + timedelta(days=9))] == [held(1), held(2)]
