"""When a disk counts as full, and when there is room again; log files that a process writes to while they turn over."""

from __future__ import annotations

from pathlib import Path

from dateline_operate.up.room import AGAIN, FULL, Room, turn_over


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


def test_a_writer_goes_on_in_the_same_file(tmp_path: Path) -> None:
    """What was there stands beside it, and the next line is the first of the file."""
    log = tmp_path / "publish.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"one\ntwo\n")
        assert turn_over(log, most=4)
        writer.write(b"three\n")
    assert log.read_bytes() == b"three\n"
    assert (tmp_path / "publish.log.1").read_bytes() == b"one\ntwo\n"


def test_only_the_part_before_is_kept(tmp_path: Path) -> None:
    """However often it is turned over there are two files."""
    log = tmp_path / "publish.log"
    for text in (b"first\n", b"second\n"):
        log.write_bytes(text)
        assert turn_over(log, most=4)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["publish.log", "publish.log.1"]
    assert (tmp_path / "publish.log.1").read_bytes() == b"second\n"


def test_a_small_file_and_one_that_is_not_there_are_left_alone(tmp_path: Path) -> None:
    """A service may not have written yet."""
    log = tmp_path / "publish.log"
    assert not turn_over(log)
    log.write_bytes(b"a line\n")
    assert not turn_over(log)
    assert log.read_bytes() == b"a line\n"
