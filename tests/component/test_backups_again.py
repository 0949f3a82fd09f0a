"""`dateline backup --every`: backups without anybody who thinks of them."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from desk import damage, fed

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.testing import PATIENCE, provisioned, real_server
from dateline_operate.backup.backups import LIST, due_in, named, whole_ones
from dateline_schemas.subjects import STORIES

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
HOUR = 3_600


@contextmanager
def backing_up(into: Path, url: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The command at work; ended by force if the test has not ended it."""
    command = (sys.executable, "-m", "dateline_operate.main", "backup", str(into), "--json", "--nats", url, *words)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def one_of(folder: Path, began: datetime) -> None:
    """Something that looks like a backup."""
    (folder / named(began)).mkdir()
    (folder / named(began) / LIST).touch()


async def declared(server: EmbeddedServer) -> None:
    """Streams, so that there is something to back up."""
    async with provisioned(server):
        pass


@pytest.mark.parametrize(
    ("hours", "due"), [(None, 0), (0.25, 0.75 * HOUR), (1, 0), (3, -2 * HOUR), (-9, HOUR)], ids=str
)
def test_one_is_due_when_the_newest_has_become_too_old(tmp_path: Path, hours: float | None, due: float) -> None:
    """At once where there is none; one from the future is another clock's, and keeps nobody waiting."""
    one_of(tmp_path, NOW - timedelta(days=400))
    for path in whole_ones(tmp_path) if hours is None else ():
        (path / LIST).unlink()
    if hours is not None:
        one_of(tmp_path, NOW - timedelta(hours=hours))
    (tmp_path / "2031-by-handZ").mkdir()
    (tmp_path / "2031-by-handZ" / LIST).touch()
    assert due_in(tmp_path, HOUR, NOW) == due


def test_backups_are_made_again_and_again(tmp_path: Path) -> None:
    """A server that is away is said and waited for, so many are kept as was said, and Ctrl-C ends it at once."""
    with real_server() as server:
        asyncio.run(declared(server))
        server.kill()
        with backing_up(tmp_path, server.url, "--every", "1s", "--keep", "2") as process:
            assert process.stdout is not None and process.stderr is not None
            assert msgspec.json.decode(process.stderr.readline())["code"] == 3
            server.start(PATIENCE)
            made = [msgspec.json.decode(process.stdout.readline()) for _ in range(3)]
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 130
    assert [one["whole"] for one in made] == [True] * 3
    assert made[0]["backup"] in made[2]["dropped"]
    assert 2 <= len(whole_ones(tmp_path)) <= 3
    assert list(tmp_path.glob("*.part")) == []


def test_a_log_that_was_begun_anew_is_so_once(tmp_path: Path) -> None:
    """What it loses after its first backup is told, though the command stays as it was typed."""
    with real_server() as server:
        asyncio.run(fed(server))
        with backing_up(tmp_path, server.url, "--every", "1s", "--keep", "2", "--anew") as process:
            assert process.stdout is not None
            assert msgspec.json.decode(process.stdout.readline())["whole"]
            damage(server, STORIES, "story.", forgets=True)
            said = [msgspec.json.decode(process.stdout.readline()) for _ in range(2)]
    assert said[1]["faults"][0]["said"].startswith("the log ends at 0, and was sealed at 3 (")
