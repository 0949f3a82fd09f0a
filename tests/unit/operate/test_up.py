"""What `dateline up` says before it starts anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline_operate.commands import up


async def nothing(*_: object) -> None:
    """A system that ends at once."""


@pytest.mark.parametrize(("named", "said"), [("", True), ("nats://127.0.0.1:4333", False)])
def test_that_other_commands_use_another_server_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], named: str, said: bool
) -> None:
    """Who set DATELINE_NATS_URL for them might look for stories where none are; its login is not shown."""
    monkeypatch.setenv("DATELINE_NATS_URL", "nats://desk:secret@10.0.0.7:4222")
    monkeypatch.setattr(up, "_run", nothing)
    up.run(up.Options(data=tmp_path, nats=named))
    told = capfd.readouterr().err
    assert ("use nats://10.0.0.7:4222 (DATELINE_NATS_URL)" in told) == said
    assert "secret" not in told
