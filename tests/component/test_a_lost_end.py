"""A log whose end is gone, as a server leaves it that finds damage when it starts without its index: it looks whole."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from desk import damage
from stories import feed, guid

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.testing import provisioned, real_server
from dateline_operate.main import main
from dateline_schemas.subjects import STORIES


def ended(*words: str) -> int:
    """A command's exit code."""
    with pytest.raises(SystemExit) as end:
        main(words)
    assert isinstance(end.value.code, int)
    return end.value.code


def test_what_the_last_backup_had_and_the_log_has_lost_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """By verify, by status, and by the next backup, which takes no older one's place until somebody says so."""
    with real_server() as server:
        asyncio.run(_fed(server))
        assert ended("backup", str(tmp_path), "--nats", server.url) == 0
        [good] = tmp_path.glob("2*")
        assert ended("verify", "--log-only", "--nats", server.url) == 0
        damage(server, STORIES, "story.", forgets=True)
        capfd.readouterr()

        for look in ((), ("--behind", json.loads((good / "backup.json").read_bytes())["seal"])):
            assert ended("verify", "--log-only", "--json", *look, "--nats", server.url) == 1
            [fault] = json.loads(capfd.readouterr().out)["faults"]
            assert (fault["kind"], fault["said"]) == ("missing", "the log ends at 0, and was sealed at 3")

        assert ended("status", "--json", "--nats", server.url) == 1
        told = [one["what"] for one in json.loads(capfd.readouterr().out)["troubles"] if one["urgent"]]
        assert told == ["the log ends at 0, and the last backup has it up to 3: its end is lost"]

        assert ended("backup", str(tmp_path), "--keep", "1", "--nats", server.url) == 1
        assert good.exists()
        assert ended("backup", str(tmp_path), "--keep", "1", "--anew", "--nats", server.url) == 0
        assert not good.exists()
        assert ended("verify", "--log-only", "--nats", server.url) == 0


async def _fed(server: EmbeddedServer) -> None:
    async with provisioned(server) as client:
        await feed(client, guid())
