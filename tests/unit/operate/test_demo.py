"""What the demo says at its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline_operate.commands.demo import what_next


def test_what_to_try_next_begins_with_how_the_shell_finds_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who ran it by `make demo` has no `dateline` on the path; who has one is not told."""
    script = tmp_path / "dateline"
    script.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "elsewhere"))
    assert what_next(tmp_path).splitlines()[1] == f"  export PATH={tmp_path}:$PATH"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert what_next(tmp_path).splitlines()[1].startswith("  dateline up")
