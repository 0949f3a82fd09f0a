"""Leases, pauses between tries, secrets, the folder's own rules."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.doorbook import NOTHING, Noted
from dateline_ingest.doors.failing import LONGEST_WAIT, pause
from dateline_ingest.doors.filework import FileFault
from dateline_ingest.doors.folder import LocalFolder
from dateline_ingest.doors.lease import Lease, stale
from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.secret import secret_at, without
from dateline_schemas.feeds import Feed

NOON = datetime(2026, 3, 26, 12, tzinfo=UTC)
FEED = Feed(name="a")


def lease(until: datetime) -> Noted:
    """Another process's lease as the bucket has it."""
    return Noted(msgspec.json.encode(Lease(owner="other", until=until)), 7, NOON)


def test_a_lease_binds_until_it_was_watched_for_its_length_or_is_long_past() -> None:
    """A clock that is somewhat off takes nothing away; a process that vanished gives way."""
    assert not stale(lease(NOON + timedelta(seconds=30)), 0.0, NOON, 30)
    assert not stale(lease(NOON - timedelta(seconds=20)), 10.0, NOON, 30)
    assert stale(lease(NOON + timedelta(seconds=30)), 30.0, NOON, 30)
    assert stale(lease(NOON - timedelta(seconds=31)), 0.0, NOON, 30)
    assert stale(lease(NOON + timedelta(seconds=30)), 0.0, NOON, 30, owner="other"), "it is one's own"


@pytest.mark.parametrize("noted", [NOTHING, Noted(b"", 9, NOON), Noted(b"rubbish", 9, NOON)])
def test_what_is_no_lease_binds_nobody(noted: Noted) -> None:
    """Never written, given back, or unreadable."""
    assert stale(noted, 0.0, NOON, 30)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_pauses_grow_and_are_bounded(failures: int, chance: float) -> None:
    """And never vanish."""
    assert 0.5 < pause(failures, chance) <= 1.25 * LONGEST_WAIT
    assert pause(failures, chance) <= pause(failures + 1, chance)


def test_a_source_that_is_looked_at_rarely_is_not_asked_more_often_for_being_ill() -> None:
    """Once the first tries are over."""
    assert pause(40, 0.5, 3600.0) == 3600.0
    assert pause(40, 0.5, 10.0) == LONGEST_WAIT
    assert pause(1, 0.5, 3600.0) == 1.0


def test_a_secret_is_read_from_where_the_feed_says(tmp_path: Path) -> None:
    """A variable, or a file without its last line's end."""
    (tmp_path / "key").write_text(" s3cret \n")
    assert secret_at("env:THE_KEY", FEED, {"THE_KEY": "x"}) == "x"
    assert secret_at(f"file:{tmp_path}/key", FEED, {}) == " s3cret "


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("env:THE_KEY", "environment variable THE_KEY is not set"),
        ("file:/nowhere/key", "/nowhere/key, which has its secret, cannot be read"),
        ("hunter2", "write secret = env:NAME"),
        ("", "names no secret"),
    ],
)
def test_a_missing_secret_is_explained(secret: str, said: str) -> None:
    """With the name of what is missing."""
    with pytest.raises(DoorFault, match=said) as caught:
        secret_at(secret, FEED, {})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        "key päss'wörd\t9 refused",
        "GET /?key=p%C3%A4ss%27w%C3%B6rd%099 refused",
        """key päss'wörd\\t9 refused""",
        """key p\\xc3\\xa4ss'w\\xc3\\xb6rd\\t9 refused""",
        "Basic cMOkc3Mnd8O2cmQJOQ== refused",
        "key päss'wörd 9 refused",
    ],
    ids=["as it is", "in an address", "in a repr", "in a repr of bytes", "in base64", "on one line"],
)
def test_a_secret_is_taken_out_however_it_is_written_down(said: str) -> None:
    """All of it, from its first letter to its last."""
    before, _, after = without(said, "päss'wörd\t9\n").partition("***")
    assert before in ("key ", "GET /?key=", "Basic ")
    assert after == " refused"


def folder(path: Path, **more: str) -> LocalFolder:
    """A feed's folder."""
    return LocalFolder(msgspec.convert({"name": "drop", "door": "folder", "url": f"folder://{path}", **more}, Feed))


@pytest.mark.parametrize("url", ["folder://host/srv", "/srv/drop", "file:///srv", "folder:", ""])
def test_an_address_that_is_no_folder_is_refused(url: str) -> None:
    """With a sentence that shows a good one."""
    with pytest.raises(DoorFault, match="folder:///srv/drop"):
        LocalFolder(Feed(name="drop", door="folder", url=url))


def test_only_plain_files_are_listed(tmp_path: Path) -> None:
    """No subfolders, no links, no pipes."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/copy.xml").write_text("x")
    (tmp_path / "in/sub").mkdir()
    (tmp_path / "elsewhere").write_text("not yours")
    (tmp_path / "in/link.xml").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "in/pipe.xml")
    assert [entry.name for entry in folder(tmp_path / "in").listing()] == ["copy.xml"]


async def test_a_file_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    """Even if it is exchanged between the look and the reading."""
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "copy.xml").write_text("x")
    [entry] = folder(inside).listing()
    (tmp_path / "secret").write_text("y")
    (inside / "copy.xml").unlink()
    (inside / "copy.xml").symlink_to(tmp_path / "secret")
    with pytest.raises(FileFault, match=r"symbolic|links"):
        await folder(inside).read(entry)


async def test_a_file_that_changed_or_went_is_not_whole(tmp_path: Path) -> None:
    """A later look decides about it."""
    (tmp_path / "copy.xml").write_text("x")
    [entry] = folder(tmp_path).listing()
    (tmp_path / "copy.xml").write_text("longer")
    assert await folder(tmp_path).read(entry) is None
    (tmp_path / "copy.xml").unlink()
    assert await folder(tmp_path).read(entry) is None
    assert not await folder(tmp_path).unchanged(entry)


async def test_a_moved_file_goes_over_no_other_and_not_out_of_the_folder(tmp_path: Path) -> None:
    """A second one of the same name gets a longer name; a link in place of the subfolder is refused."""
    drop = folder(tmp_path, after="move")
    for text in ("one", "other"):
        (tmp_path / "copy.xml").write_text(text)
        [entry] = drop.listing()
        await drop.move(entry, "taken")
    assert sorted(file.read_text() for file in (tmp_path / "taken").iterdir()) == ["one", "other"]
    (tmp_path / "refused").symlink_to(tmp_path.parent)
    (tmp_path / "copy.xml").write_text("third")
    [entry] = drop.listing()
    with pytest.raises(FileFault, match="is no folder"):
        await drop.move(entry, "refused")


def test_a_folder_that_is_not_there_is_explained(tmp_path: Path) -> None:
    """So that the operator knows which one to make."""
    with pytest.raises(DoorFault, match=r"nowhere is not there; make it"):
        folder(tmp_path / "nowhere").check()
