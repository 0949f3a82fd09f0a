"""The command, called in this process."""

from __future__ import annotations

import pytest

from dateline_operate.main import main


def ended(*words: str) -> int:
    """A command's exit code."""
    with pytest.raises(SystemExit) as end:
        main(words)
    assert isinstance(end.value.code, int)
    return end.value.code
