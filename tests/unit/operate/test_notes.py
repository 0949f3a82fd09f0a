"""What commands say on standard error, whoever had a hand in its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from rich.tree import Tree

from dateline_operate.console.explaining import explain
from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import shown
from dateline_operate.console.terminal import console, error_console, table
from dateline_operate.main import main

CLEARS_THE_SCREEN = "\x1b[2J\x9b2J"


def test_lines_stay_and_what_a_terminal_would_obey_goes() -> None:
    """Escape sequences of either kind, and signs that turn a line round."""
    assert shown(f"one\n  two{CLEARS_THE_SCREEN}\u202e three") == "one\n  two [2J 2J  three"


def test_a_failure_is_told_in_words_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """What happened as well as what to do."""
    explain(Failure(f"it has {CLEARS_THE_SCREEN}", f"look at {CLEARS_THE_SCREEN}"))
    said = capsys.readouterr().err
    assert "it has" in said and "look at" in said
    assert shown(said) == said


@pytest.mark.parametrize("screen", [console, error_console])
def test_an_id_between_colons_is_no_picture(screen: Callable[[], Console], capsys: pytest.CaptureFixture[str]) -> None:
    """Of ``urn:x:1`` rich would make a red cross."""
    rows = table("guid")
    rows.add_row("urn:id:1")
    tree = Tree("urn:x:1")
    for one in ("[bold]urn:key:1[/]", rows, tree):
        screen().print(one)
    said = "".join(capsys.readouterr())
    assert all(urn in said for urn in ("urn:x:1", "urn:id:1", "urn:key:1"))


@pytest.mark.parametrize("stories", ["", '{"uri": "u:1", "type": "text", "headline": "Bridge opens"}, '])
def test_a_message_that_cannot_be_read_says_nothing_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stories: str
) -> None:
    """Nor does an item of one: what is wrong with it may be quoted from it."""
    file = tmp_path / "items.json"
    file.write_text(f'[{stories}{{"a\\u001b[2J": 1, "b\\u009b2J": 2}}]', "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["parse", str(file)])
    said = capsys.readouterr().err
    assert ended.value.code == 1 and "dateline: " in said
    assert shown(said) == said
