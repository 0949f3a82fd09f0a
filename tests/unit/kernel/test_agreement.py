"""Whose word counts of how far the log is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dateline_kernel.agreement import HEARD, Cluster, Copy, doubt

NOW, LATE = 0.0, HEARD / timedelta(seconds=1) + 0.1


def keepers(*heard: float, leader: str = "server-0") -> Cluster:
    """What a server says that heard so many seconds ago of ``server-1`` and those after it."""
    copies = (Copy(f"server-{number}", int(ago * 1e9)) for number, ago in enumerate(heard, 1))
    return Cluster(leader, tuple(copies))


@pytest.mark.parametrize(
    "cluster", [None, keepers(), keepers(NOW, NOW), keepers(NOW, LATE), keepers(NOW, NOW, LATE, LATE)]
)
def test_a_leader_counts_that_has_just_heard_of_enough_others_to_be_more_than_half(cluster: Cluster | None) -> None:
    """Alone it counts where no other keeps the log."""
    assert doubt(cluster) == ""


@pytest.mark.parametrize("cluster", [keepers(LATE), keepers(LATE, LATE), keepers(NOW, LATE, LATE, LATE)])
def test_a_leader_does_not_count_that_may_lead_no_more(cluster: Cluster) -> None:
    """The others may have chosen another one by now."""
    assert "does not hear enough" in doubt(cluster)


def test_who_answers_because_no_leader_is_known_does_not_count() -> None:
    """Any server that keeps the log does so, however old its copy, and counts itself among those it hears."""
    assert "choosing a leader" in doubt(keepers(NOW, NOW, NOW, leader=""))


def test_who_names_another_as_the_leader_does_not_count() -> None:
    """It began to answer when it knew of none."""
    assert "does not lead" in doubt(keepers(NOW, NOW, leader="server-2"))
