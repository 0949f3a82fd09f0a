"""When a disk counts as full, and when there is room again."""

from __future__ import annotations

from dateline_operate.up.room import AGAIN, FULL, Room


def test_a_disk_is_full_before_nothing_fits_on_it() -> None:
    """The largest message needs some room."""
    assert not Room().looked(FULL).full
    assert Room().looked(FULL - 1).full


def test_there_is_room_again_when_there_is_more_than_a_little() -> None:
    """Else a server would be started again for every message that still fits."""
    full = Room().looked(0)
    assert full.looked(AGAIN - 1).full
    regained = full.looked(AGAIN)
    assert (regained.full, regained.regained) == (False, True)


def test_room_is_regained_once() -> None:
    """At the look that finds it; a disk that was never full regains nothing."""
    assert not Room().looked(0).looked(AGAIN).looked(AGAIN).regained
    assert not Room().looked(AGAIN).looked(AGAIN).regained
