"""Whose word counts of how far the log is."""

from __future__ import annotations

import pytest

from dateline_kernel.agreement import Cluster, Copy, doubt, is_heard

SINCE = 1.0
NOW, LATE, NEVER = 0.5, 1.1, 0.0


def keepers(*heard: float, leader: str = "server-0") -> Cluster:
    """What a server says that heard so many seconds ago of ``server-1`` and those after it."""
    copies = (Copy(f"server-{number}", int(ago * 1e9)) for number, ago in enumerate(heard, 1))
    return Cluster(leader, tuple(copies))


@pytest.mark.parametrize("heard", [(), (NOW, NOW), (NOW, LATE), (NOW, NOW, LATE, LATE)])
def test_a_leader_counts_that_has_heard_since_of_enough_others_to_be_more_than_half(heard: tuple[float, ...]) -> None:
    """Alone it counts where no other keeps the log."""
    assert doubt(keepers(*heard)) == ""
    assert is_heard(keepers(*heard).replicas, SINCE)


def test_a_server_that_is_in_no_cluster_is_not_doubted() -> None:
    """It says nothing of any."""
    assert doubt(None) == ""


@pytest.mark.parametrize("heard", [(LATE,), (LATE, LATE), (NOW, LATE, LATE, LATE), (NEVER, NEVER)])
def test_a_leader_does_not_count_that_may_lead_no_more(heard: tuple[float, ...]) -> None:
    """The others may have chosen another one by now."""
    assert not is_heard(keepers(*heard).replicas, SINCE)


def test_who_answers_because_no_leader_is_known_does_not_count() -> None:
    """Any server that keeps the log does so, however old its copy, and counts itself among those it hears."""
    assert "choosing a leader" in doubt(keepers(NOW, NOW, NOW, leader=""))


def test_who_names_another_as_the_leader_does_not_count() -> None:
    """It began to answer when it knew of none."""
    assert "does not lead" in doubt(keepers(NOW, NOW, leader="server-2"))
