"""``parse`` of a message in which an item cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline_operate.commands import parse


@pytest.mark.parametrize(
    ("items", "status", "told"),
    [([{"uri": "a", "headline": "H"}], 0, ""), ([{"uri": "a", "headline": "H"}, 7], 1, "$[1]")],
)
def test_the_stories_are_printed_and_the_fault_is_told(
    items: list[object], status: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The stories on standard output, what was left out on the other, and status 1 if anything was."""
    file = tmp_path / "wire.json"
    file.write_text(json.dumps(items))
    assert parse.run(parse.Options(file=str(file))) == status
    said = capsys.readouterr()
    assert json.loads(said.out)["guid"] == "a"
    assert told in said.err and bool(said.err) == bool(told)
