"""Whose word counts of how far the log is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dateline_kernel.agreement import HEARD, Copy, has_majority

NOW, LATE = 0.0, HEARD / timedelta(seconds=1) + 0.1


@pytest.mark.parametrize(
    ("heard", "counts"),
    [
        ((), True),
        ((NOW, NOW), True),
        ((NOW, LATE), True),
        ((LATE, LATE), False),
        ((LATE,), False),
        ((NOW, NOW, LATE, LATE), True),
        ((NOW, LATE, LATE, LATE), False),
    ],
)
def test_a_leader_counts_that_has_just_heard_of_enough_others_to_be_more_than_half(
    heard: tuple[float, ...], counts: bool
) -> None:
    """Alone it counts where no other keeps the log."""
    assert has_majority(tuple(Copy(active=int(ago * 1e9)) for ago in heard)) is counts
