"""What a backup's folder must be like to be taken for one."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_operate.backup.backups import LIST, ORDER, UNFINISHED, checked, digest_of, digests_in, named, whole_ones
from dateline_operate.backup.restoring import InTheWay, blocked
from dateline_operate.console.failure import Failure
from dateline_schemas.subjects import BUCKETS, ORIGINALS, STORIES, STREAMS, TOPICS


def test_every_stream_and_bucket_is_in_a_backup_before_what_it_speaks_of() -> None:
    """A new one has to be given its place."""
    assert sorted(ORDER) == sorted([*(one.name for one in STREAMS), *(f"KV_{one.name}" for one in BUCKETS)])
    assert ORDER[-2:] == (STORIES.name, ORIGINALS.name)
    assert ORDER.index(TOPICS.name) < ORDER.index(STORIES.name)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2999, 1, 1)), st.integers(1, 10**9))
def test_names_sort_as_times_do(when: datetime, later: int) -> None:
    """So the newest is the last one."""
    first = when.replace(tzinfo=UTC)
    assert named(first) < named(first + timedelta(seconds=later))


@given(st.dictionaries(st.from_regex(r"[A-Za-z0-9_./]{1,40}", fullmatch=True), st.binary(max_size=8), min_size=1))
def test_a_list_is_read_as_it_was_written(files: dict[str, bytes]) -> None:
    """A line a file."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert digests_in("".join(f"{digest}  {name}\n" for name, digest in digests.items())) == digests


@given(st.text(min_size=1, max_size=200))
def test_what_is_no_list_is_refused_and_never_half_read(text: str) -> None:
    """Whatever stands behind a line that is right."""
    line = f"{'0' * 64}  STORIES/stream.tar.s2\n"
    with pytest.raises(ValueError, match="no list"):
        digests_in(line + text)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    """And one that nobody listed is not looked at."""
    (tmp_path / "note").write_text("of somebody's")
    (tmp_path / LIST).write_text(f"{'0' * 64}  STORIES/stream.tar.s2\n")
    with pytest.raises(Failure, match=r"STORIES/stream\.tar\.s2 is missing"):
        checked(tmp_path)


def test_what_is_whole_in_itself_and_says_nothing_is_refused(tmp_path: Path) -> None:
    """Its digests are right, and it has no streams that this release knows of."""
    (tmp_path / "backup.json").write_text("{}")
    (tmp_path / LIST).write_text(f"{hashlib.sha256(b'{}').hexdigest()}  backup.json\n")
    assert digest_of(tmp_path / "backup.json") == hashlib.sha256(b"{}").hexdigest()
    with pytest.raises(Failure, match=r"backup\.json cannot be read"):
        checked(tmp_path)


def test_only_whole_backups_are_counted(tmp_path: Path) -> None:
    """Not what was broken off, and not what somebody keeps beside them."""
    for name in ("20310506T120000Z", f"20310507T120000Z{UNFINISHED}", "notes", "20310505T120000Z"):
        (tmp_path / name).mkdir()
        (tmp_path / name / LIST).touch()
    (tmp_path / "20310508T120000Z").mkdir()
    assert [one.name for one in whole_ones(tmp_path)] == ["20310505T120000Z", "20310506T120000Z"]


@pytest.mark.parametrize(("unfinished", "advice"), [("20310506T120000Z", "--restart"), ("", "Nothing is overwritten")])
def test_what_a_restore_has_left_is_told_from_what_is_somebodys(unfinished: str, advice: str) -> None:
    """By the mark that it has."""
    failure = blocked([InTheWay("STORIES", 1_234, unfinished), InTheWay("TOPICS", 0, "x")])
    assert "STORIES (1,234 messages), TOPICS (0 messages)" in str(failure)
    assert advice in failure.advice
