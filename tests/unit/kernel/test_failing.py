"""From when on writes are said to fail, and for how long."""

from __future__ import annotations

from dateline_kernel.failing import FORGOTTEN, LASTING, Failing


def failing(*times: float) -> Failing:
    """After failures at these times."""
    state = Failing()
    for time in times:
        state.failed(time, f"at {time:g}")
    return state


def test_one_failure_is_none() -> None:
    """A server that is started again costs whoever writes at that moment one."""
    assert failing(100).said(100) == ""


def test_failures_for_some_seconds_are_told_with_the_last_reason() -> None:
    """Nothing succeeded in between."""
    assert failing(100, 100 + LASTING).said(101 + LASTING) == f"at {100 + LASTING:g}"


def test_a_success_ends_it() -> None:
    """At once."""
    state = failing(100, 100 + LASTING)
    state.succeeded()
    assert state.said(100 + LASTING) == ""


def test_what_failed_before_a_success_counts_no_more() -> None:
    """One failure behind it is one failure."""
    state = failing(100, 100 + LASTING)
    state.succeeded()
    state.failed(101 + LASTING, "again")
    assert state.said(101 + LASTING) == ""


def test_what_is_long_past_says_nothing_of_now() -> None:
    """Else a service that nobody sends to while it is not ready would never be ready again."""
    state = failing(100, 100 + LASTING)
    assert state.said(101 + LASTING + FORGOTTEN) == ""
    later = 200 + FORGOTTEN
    state.failed(later, "again")
    assert state.said(later) == ""
