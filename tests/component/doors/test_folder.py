"""The folder door and a sender that takes its time, look by look."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from stage import Stage
from stories import plain

from dateline_ingest.deliveries import Handover
from dateline_ingest.doors import folder, pulling_files, putting_away
from dateline_ingest.doors.folder import LocalFolder
from dateline_ingest.doors.pulling_files import Entry
from dateline_ingest.doors.room import DoorFault
from dateline_schemas.feeds import Feed

After = Literal["keep", "move", "delete"]

HALF = plain("Slow")
REST = b"And what its sender wrote after a pause.\n"


def watching(path: Path, after: After) -> Stage:
    """A feed that looks each second."""
    return Stage(Feed(name="drop", door="folder", url=f"folder://{path}", every=1, after=after))


async def taken(stage: Stage, count: int) -> None:
    """Look until so much was handed over; the first of two looks sees the file, the second that it is the same."""
    await stage.look(2)
    assert len(stage.handed) == count


async def renamed(stage: Stage) -> None:
    """Look until the file was taken and has its own name."""
    await taken(stage, 1)
    await stage.look()
    stage.clock += timedelta(seconds=folder.SETTLED)
    await stage.look()


@pytest.mark.parametrize("after", ["move", "delete"])
async def test_a_sender_that_goes_on_after_a_pause_loses_nothing(tmp_path: Path, after: After) -> None:
    """Half a file looked whole for a second: it stays, and is taken again once it does not change any more."""
    file, stage = tmp_path / "slow.txt", watching(tmp_path, after)
    with file.open("wb", buffering=0) as out:
        out.write(HALF)
        async with stage.playing(folder.door):
            await taken(stage, 1)
            assert await stage.look() == 1  # seen as it was taken: the time begins
            stage.clock += timedelta(seconds=folder.SETTLED - 1)
            out.write(REST)
            await taken(stage, 2)
            assert await stage.look() == 1
            stage.clock += timedelta(seconds=folder.SETTLED - 1)
            assert await stage.look() == 1
            assert file.exists()
            stage.clock += timedelta(seconds=1)
            await stage.look()
            assert not file.exists()
            await stage.look()
    assert [one.data for one in stage.handed] == [HALF, HALF + REST]
    assert [one.name for one in tmp_path.iterdir()] == (["taken"] if after == "move" else [])
    assert [one.read_bytes() for one in tmp_path.glob("taken/*")] == ([HALF + REST] if after == "move" else [])


async def test_a_sender_that_pauses_until_its_file_is_renamed_loses_nothing(tmp_path: Path) -> None:
    """It writes into the file that has another name by now: that one is taken again before it is deleted."""
    file, stage = tmp_path / "slow.txt", watching(tmp_path, "delete")
    with file.open("wb", buffering=0) as out:
        out.write(HALF)
        async with stage.playing(folder.door):
            await renamed(stage)
            assert not file.exists()
            out.write(REST)
            await taken(stage, 2)
            await stage.look()
    assert [(one.name, one.data) for one in stage.handed] == [("slow.txt", HALF), ("slow.txt", HALF + REST)]
    assert not list(tmp_path.iterdir())


async def test_a_file_that_comes_in_the_place_of_one_that_goes_is_taken(tmp_path: Path) -> None:
    """Whether it came before the other one got its own name, or after."""
    file, stage = tmp_path / "front.txt", watching(tmp_path, "delete")
    file.write_bytes(HALF)
    async with stage.playing(folder.door):
        await renamed(stage)
        file.write_bytes(HALF + REST)
        await taken(stage, 2)
        looked = LocalFolder(stage.feed).listing
        await stage.look()

        def late(self: LocalFolder) -> list[Entry]:
            listing = looked()
            file.write_bytes(REST + HALF + REST)
            return listing

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(LocalFolder, "listing", late)
            stage.clock += timedelta(seconds=folder.SETTLED)
            await stage.look()  # what was listed is not what gets the name
        assert not file.exists()
        await taken(stage, 3)
        await stage.look()
    assert [one.data for one in stage.handed] == [HALF, HALF + REST, REST + HALF + REST]
    assert not list(tmp_path.iterdir())


async def test_a_restart_puts_away_what_was_taken_before(tmp_path: Path) -> None:
    """But what its sender has changed since is taken first; what could not be read goes where it belongs."""
    stage = watching(tmp_path, "move")
    for name in ("whole.txt", "half.txt", "odd.txt"):
        (tmp_path / name).write_bytes(plain(name))
    with pytest.MonkeyPatch.context() as patch:
        take = stage.take

        async def refusing(data: bytes, *, name: str, **more: str) -> Handover:
            taking = await take(data, name=name, **more)
            return Handover(refused="odd") if name == "odd.txt" else taking

        patch.setattr(stage, "take", refusing)
        async with stage.playing(folder.door):
            await taken(stage, 3)
    with (tmp_path / "half.txt").open("ab") as out:
        out.write(REST)
    async with stage.playing(folder.door):
        await taken(stage, 4)
        for _ in range(3):
            stage.clock += timedelta(seconds=folder.SETTLED)
            await stage.look()
    assert stage.handed[-1].data == plain("half.txt") + REST
    assert sorted(str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*.txt")) == [
        "refused/odd.txt",
        "taken/half.txt",
        "taken/whole.txt",
    ]


async def test_a_file_that_arrives_by_a_new_name_is_taken_when_it_is_first_seen(tmp_path: Path) -> None:
    """Where the feed says so: the price of two looks is for senders that write in place."""
    stage = Stage(Feed(name="drop", door="folder", url=f"folder://{tmp_path}", arrives="renamed", after="delete"))
    (tmp_path / "a.txt.part").write_bytes(HALF)
    async with stage.playing(folder.door):
        await stage.look()
        assert not stage.handed
        (tmp_path / "a.txt.part").rename(tmp_path / "a.txt")
        await stage.look()
        assert [one.data for one in stage.handed] == [HALF]
        await stage.look(2)
    assert not list(tmp_path.iterdir())


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
    assert "cannot be moved to taken" in told["reason"] and told["file"].startswith("a.wire")
    assert len(stage.handed) == 1


async def test_a_folder_from_which_nothing_can_be_put_away_is_a_fault_when_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more could be told apart, so nothing new would ever come."""
    for module in (pulling_files, putting_away):
        monkeypatch.setattr(module, "MOST_FILES", 2)
    (tmp_path / "taken").write_bytes(b"")
    stage = Stage(Feed(name="drop", door="folder", url=f"folder://{tmp_path}", every=1, after="move", pattern="*.txt"))
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(plain(name))
    async with stage.playing(folder.door):
        await taken(stage, 2)
        with pytest.raises(DoorFault, match="2 files were taken and cannot be put away; give the feed's user that"):
            for _ in range(4):
                stage.clock += timedelta(seconds=folder.SETTLED)
                await stage.look()
