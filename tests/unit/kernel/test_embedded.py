"""The message server that comes with Dateline."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from dateline_kernel.embedded import EmbeddedServer


def test_a_server_with_a_long_log_is_given_the_time_to_look_through_it(tmp_path: Path) -> None:
    """A minute, and a second for every 10 MB of messages; what else lies there does not count."""
    server = EmbeddedServer(tmp_path)
    assert server.patience == 60.0
    blocks = tmp_path / "jetstream" / "jetstream" / "$G" / "streams" / "STORIES" / "msgs"
    blocks.mkdir(parents=True)
    for number in (1, 2):
        with (blocks / f"{number}.blk").open("wb") as block:
            block.truncate(50_000_000_000)
    (tmp_path / "nats.log").write_bytes(b"x" * 100)
    assert server.patience == 60.0 + 10_000.0


def test_what_a_server_keeps_is_looked_at_before_it_runs(tmp_path: Path) -> None:
    """At its start it takes files away, which a look at the same time would miss."""

    class Looked(EmbeddedServer):
        """Notes whether it ran when somebody looked."""

        running: int | None = -1

        @property
        def kept(self) -> int:
            """What it keeps."""
            self.running = self.pid
            return super().kept

    server = Looked(tmp_path)
    try:
        server.start()
    finally:
        server.stop()
    assert server.running is None


def test_a_server_is_not_started_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It could not write down its port, and who started it would wait for that in vain; what is there stays whole."""
    server = EmbeddedServer(tmp_path)
    before = server.configuration()
    (tmp_path / "nats.conf").write_text(before)

    def full(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    try:
        with pytest.raises(OSError, match=r"No space left on device: '.*nats\.conf'"):
            server.start()
        assert server.pid is None
    finally:
        server.kill()
    assert (tmp_path / "nats.conf").read_text() == before
