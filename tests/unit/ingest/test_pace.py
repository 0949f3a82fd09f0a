"""How fast a feed may push."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.feeds import Pace


def test_a_seconds_worth_at_once_and_then_at_its_rate() -> None:
    """Three a second: three at once, then one each third of a second."""
    bucket = Pace(3)
    assert [bucket.wait(10.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert 0.0 < bucket.wait(10.0) <= 1 / 3
    assert bucket.wait(10.34) == 0.0
    assert bucket.wait(10.35) > 0.0


def test_zero_is_no_limit() -> None:
    """A feed without a limit never waits."""
    assert all(Pace(0).wait(0.0) == 0.0 for _ in range(1000))


@given(st.integers(1, 50), st.lists(st.floats(0.0, 0.5), min_size=1, max_size=200))
def test_never_more_than_its_rate_and_a_seconds_worth(per_second: int, pauses: list[float]) -> None:
    """Whatever the pauses between pushes."""
    bucket, now, taken = Pace(per_second), 0.0, 0
    for pause in pauses:
        now += pause
        taken += bucket.wait(now) == 0.0
    assert taken <= per_second * (1 + now) + 1e-6


def test_a_batch_of_more_than_a_seconds_worth_is_let_in_and_paid_back() -> None:
    """Two a second, a batch of nine: now, if the bucket is full, and then nothing for four seconds."""
    bucket = Pace(2)
    assert (bucket.wait(10.0), bucket.wait_more(10.0, 8)) == (0.0, 0.0)
    assert bucket.wait(10.0) == 4.0
    assert bucket.wait(14.5) == 0.0


@given(st.integers(1, 50), st.lists(st.tuples(st.floats(0.0, 2.0), st.integers(1, 99)), min_size=1, max_size=99))
def test_batches_keep_to_the_rate_and_always_come_in_some_day(
    per_second: int, batches: list[tuple[float, int]]
) -> None:
    """On average never more than the rate; and a batch that waits a second longer than it was told to is let in."""
    bucket, now, taken, debt = Pace(per_second), 0.0, 0, 0
    for pause, size in batches:
        now += pause
        while wait := bucket.wait(now) or (size > 1 and (bucket.wait_more(now, size - 1) or 0.0)):
            now += wait + 1.0
        debt = max(0, size - per_second)
        taken += size
    assert taken - debt <= per_second * (1 + now) + 1e-6
