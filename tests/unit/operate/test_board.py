"""What ``up`` and ``status`` show of services and servers, whatever these say of themselves."""

from __future__ import annotations

import errno
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from dateline_operate.health.overview import Overview, tables
from dateline_operate.up.board import Board
from dateline_operate.up.stack import Plan, Stack
from dateline_operate.up.supervisor import ServiceProcess
from dateline_operate.up.upfile import Up, up_path, write_up
from dateline_operate.up.vitals import Vitals

WORDS = "ended: cannot read [/srv/wires] nor [bold]anything[/bold]"


def stack_with(tmp_path: Path, words: str, nats_url: str = "nats://127.0.0.1:4222") -> Stack:
    """A stack whose only service ended with these last words."""
    log = tmp_path / "publish.log"
    log.write_text(words, "utf-8")
    stack = Stack(Plan(data=tmp_path, nats_url=nats_url))
    stack.services = [ServiceProcess("publish", 0, log, {})]
    return stack


def test_last_words_are_shown_as_they_are(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Brackets in them are neither markup nor the end of ``up``."""
    with Board(stack_with(tmp_path, WORDS), as_json=False) as board:
        board.show([Vitals(name="publish", url="http://127.0.0.1:1")])
    assert WORDS in capfd.readouterr().out


def test_a_service_that_cannot_be_started_now_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others go on meanwhile. A folder of logs that somebody took away to make room is made again."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("dateline_operate.up.supervisor.subprocess.Popen", full)
    service = ServiceProcess("publish", 0, tmp_path / "logs" / "publish.log", {})
    assert service.tend()
    assert "No space left on device" in service.ending
    assert service.log.exists()
    assert not service.backoff.running


def test_what_is_wrong_with_a_service_is_shown_as_it_is() -> None:
    """The same in the tables of ``status``."""
    service = Vitals(name="publish", url="http://127.0.0.1:1", checks={"nats": WORDS})
    seen = Overview(nats_url="nats://[fe80::1]:4222", streams=(), consumers=(), quarantine={}, services=(service,))
    screen = Console(width=200, record=True)
    for table in tables(seen):
        screen.print(table)
    said = screen.export_text()
    assert WORDS in said
    assert "nats://[fe80::1]:4222" in said


def test_nothing_is_ready_where_no_service_is(tmp_path: Path) -> None:
    """An overview without services is not one of services that are all ready."""
    nobody = Overview(nats_url="", streams=(), consumers=(), quarantine={}, services=())
    assert not nobody.ready


def test_the_servers_password_is_kept_from_the_screen_and_from_others(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Programs and people are told where the server is; what opens it stands in up.json, for this user alone."""
    url = "nats://dateline:s3cret@log.example:4222"
    with Board(stack_with(tmp_path, "", url), as_json=True) as board:
        board.show([Vitals(name="publish", url="http://127.0.0.1:1")])
    assert json.loads(capfd.readouterr().out)["nats_url"] == "nats://log.example:4222"
    write_up(tmp_path, Up(pid=1, nats_url=url, since=datetime.now(UTC)))
    assert up_path(tmp_path).stat().st_mode & 0o777 == 0o600
