"""When a process that ended is started again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline_operate.up.liveness import FIRST, LONGEST, STEADY, Backoff, pause


def test_pauses_double_up_to_a_limit() -> None:
    """The pause doubles from one end to the next and never exceeds the limit."""
    assert [pause(n) for n in (1, 2, 3)] == [FIRST, 2 * FIRST, 4 * FIRST]
    assert pause(40) == LONGEST


def test_who_ends_waits_until_it_is_due() -> None:
    """After an end it is due when the pause is over, not before, and not while it runs."""
    state = Backoff().started(0.0)
    assert not state.due(100.0)
    state = state.ended(1.0)
    assert not state.running
    assert not state.due(1.0 + FIRST - 0.01)
    assert state.due(1.0 + FIRST)


def test_each_end_in_a_row_waits_longer() -> None:
    """As long as none of the runs between was a steady one, wherever the clock stands."""
    state, now = Backoff(), 1_000.0
    for nth in (1, 2, 3, 4):
        now += STEADY - 0.5
        state = state.started(now - STEADY + 0.5).ended(now)
        assert state.due_at == now + pause(nth)


def test_a_steady_run_begins_anew() -> None:
    """Who ran for long before it ended waits the shortest pause again, wherever the clock stands."""
    for began in (0.0, 1_000.0):
        state = Backoff(failures=9).started(began).ended(began + STEADY)
        assert state.failures == 1


def test_restarts_are_counted_and_the_first_start_is_none() -> None:
    """The first start is no restart; every later one is."""
    state = Backoff().started(0.0)
    assert state.restarts == 0
    state = state.ended(1.0).started(2.0)
    assert state.restarts == 1


@given(st.lists(st.floats(0.0, 5.0), min_size=1, max_size=60))
def test_it_is_always_due_in_the_end(runs: list[float]) -> None:
    """However it ends, it is due within the longest pause."""
    state, now = Backoff(), 0.0
    for run in runs:
        state = state.started(now)
        now += run
        state = state.ended(now)
        assert not state.due(now)
        assert state.due(now + LONGEST)
        now = state.due_at
