"""The folder door and a sender that takes its time, look by look."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from stage import Stage
from stories import plain

from dateline_ingest.doors import folder
from dateline_schemas.feeds import Feed

After = Literal["keep", "move", "delete"]

HALF = plain("Slow")
REST = b"And what its sender wrote after a pause.\n"


def watching(path: Path, after: After) -> Stage:
    """A feed that looks each second."""
    return Stage(Feed(name="drop", door="folder", url=f"folder://{path}", every=1, after=after))


async def taken(stage: Stage, count: int) -> None:
    """Look until so much was handed over; the first of two looks sees the file, the second that it is the same."""
    for _ in range(2):
        await stage.look()
    assert len(stage.handed) == count


@pytest.mark.parametrize("after", ["move", "delete"])
async def test_a_sender_that_goes_on_after_a_pause_loses_nothing(tmp_path: Path, after: After) -> None:
    """Half a file looked whole for a second: it stays, and is taken again once it does not change any more."""
    file, stage = tmp_path / "slow.txt", watching(tmp_path, after)
    with file.open("wb", buffering=0) as out:
        out.write(HALF)
        async with stage.playing(folder.door):
            await taken(stage, 1)
            stage.clock += timedelta(seconds=folder.SETTLED - 1)
            out.write(REST)
            await taken(stage, 2)
            stage.clock += timedelta(seconds=folder.SETTLED - 1)
            assert await stage.look() == 1
            assert file.exists()
            stage.clock += timedelta(seconds=1)
            await stage.look()
            assert not file.exists()
    assert [one.data for one in stage.handed] == [HALF, HALF + REST]
    assert [one.read_bytes() for one in tmp_path.glob("taken/*")] == ([HALF + REST] if after == "move" else [])


async def test_what_was_taken_is_put_away_before_the_door_ends(tmp_path: Path) -> None:
    """A restart leaves nothing behind, but what its sender has changed since: that is taken by the next process."""
    for name in ("whole.txt", "half.txt"):
        (tmp_path / name).write_bytes(plain(name))
    stage = watching(tmp_path, "move")
    async with stage.playing(folder.door):
        await taken(stage, 2)
        with (tmp_path / "half.txt").open("ab") as out:
            out.write(REST)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["half.txt", "taken"]
    assert [one.name for one in (tmp_path / "taken").iterdir()] == ["whole.txt"]
    async with stage.playing(folder.door):
        await taken(stage, 3)
    assert stage.handed[-1].data == plain("half.txt") + REST


async def test_files_that_are_kept_are_never_put_away(tmp_path: Path) -> None:
    """Whatever time passes."""
    (tmp_path / "a.txt").write_bytes(HALF)
    stage = watching(tmp_path, "keep")
    async with stage.playing(folder.door):
        await taken(stage, 1)
        stage.clock += timedelta(days=1)
        assert await stage.look() == 1
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


async def test_a_file_that_cannot_be_put_away_is_told_of_once(tmp_path: Path) -> None:
    """Somebody made a file where the folder should be: it is not taken twice for that."""
    (tmp_path / "a.wire").write_bytes(HALF)
    (tmp_path / "taken").write_bytes(b"")
    stage = watching(tmp_path, "move")
    async with stage.playing(folder.door):
        await taken(stage, 1)
        for _ in range(3):
            stage.clock += timedelta(seconds=folder.SETTLED)
            await stage.look()
    [told] = stage.said("file needs a look")
    assert "cannot be put away" in told["reason"] and told["file"] == "a.wire"
    assert len(stage.handed) == 1
