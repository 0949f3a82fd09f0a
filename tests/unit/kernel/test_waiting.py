"""How long an event that waits for its time is put off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dateline_kernel.hearing import OUTLASTS, put_off

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
