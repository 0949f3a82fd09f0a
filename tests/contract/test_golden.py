from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline_schemas import codec, generate, golden
from dateline_schemas.codec import decode, encode
from dateline_schemas.events import EVENTS, Event, StoryHeld
from dateline_schemas.examples import EXAMPLES

TREE = Path(__file__).resolve().parents[2]
GOLDEN = TREE / "schemas" / "golden"
FILES = sorted(GOLDEN.glob("*/*.json"))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree of its own, to generate into."""
    for name in ("schemas", "docs"):
        shutil.copytree(TREE / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    return tmp_path


@pytest.fixture
def held_2(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretends that StoryHeld is at schema 2, with a step from 1 that writes the version another way."""
    monkeypatch.setattr(StoryHeld, "current_schema", 2)
    monkeypatch.setitem(codec._CURRENT, "StoryHeld", 2)
    monkeypatch.setitem(codec.UPCASTS, ("StoryHeld", 1), lambda raw: {**raw, "version": f"v{raw['version']}"})


def test_every_event_has_a_golden_file_for_every_schema() -> None:
    """There is one file for each schema version that an event ever had, and no other."""
    wanted = {golden.golden_path(GOLDEN, kind, n) for kind in EVENTS for n in range(1, kind.current_schema + 1)}
    assert set(FILES) == wanted


@pytest.mark.parametrize("path", FILES, ids=lambda path: "-".join(path.parts[-2:]))
def test_every_golden_file_can_be_read(path: Path) -> None:
    """What any release ever wrote decodes today, as the kind its folder says, in today's schema."""
    event = decode(path.read_bytes())
    assert type(event).__name__ == path.parent.name
    assert event.schema == event.current_schema


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_the_newest_golden_file_is_what_is_written_today(kind: type[Event]) -> None:
    """The canonical example encodes to the golden file of its schema, byte for byte, and decodes to itself."""
    content = golden.golden_path(GOLDEN, kind, kind.current_schema).read_bytes()
    assert content == encode(EXAMPLES[kind]) + b"\n"
    assert decode(content) == EXAMPLES[kind]


@pytest.mark.usefixtures("held_2")
def test_an_old_golden_file_is_read_through_its_upcast_step() -> None:
    """Bytes of schema 1 that happen to fit today's type still take the step to schema 2."""
    event = decode((GOLDEN / "StoryHeld" / "1.json").read_bytes())
    assert isinstance(event, StoryHeld)
    assert (event.schema, event.version) == (2, f"v{EXAMPLES[StoryHeld].version}")


@pytest.mark.usefixtures("held_2")
def test_a_new_schema_gets_a_file_of_its_own(tree: Path) -> None:
    """Raising a schema adds a golden file and leaves the one before it untouched."""
    first = tree / "schemas" / "golden" / "StoryHeld" / "1.json"
    before = first.read_bytes()
    # The example is stamped with the schema that was current when it was made, so it stands for schema 2's bytes here.
    assert generate.main(["--tree", str(tree)]) == 0
    assert first.read_bytes() == before
    assert first.with_name("2.json").exists()


@pytest.mark.usefixtures("held_2")
def test_a_lost_golden_file_is_not_made_up(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The golden file of an earlier schema cannot be made again, whatever is asked for: generating fails."""
    first = tree / "schemas" / "golden" / "StoryHeld" / "1.json"
    first.unlink()
    assert generate.main(["--tree", str(tree), "--unreleased"]) == 1
    assert "StoryHeld/1.json is gone" in capsys.readouterr().err
    assert not first.exists()


def test_a_golden_file_of_today_is_not_overwritten_by_the_way(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When an example encodes otherwise than it did, nothing is written and the advice is to raise the schema."""
    path = tree / "schemas" / "golden" / "StoryHeld" / "1.json"
    path.write_bytes(b"{}\n")
    assert generate.main(["--tree", str(tree)]) == 1
    assert "raise current_schema of StoryHeld" in capsys.readouterr().err
    assert path.read_bytes() == b"{}\n"
    assert generate.main(["--tree", str(tree), "--unreleased"]) == 0
    assert path.read_bytes() == golden.golden_bytes(StoryHeld)
