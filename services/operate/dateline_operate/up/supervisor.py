"""Processes that are started, watched, restarted when they end unasked or hang, and stopped in order."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.errors import Unavailable, words
from dateline_operate.console.terminal import json_bytes
from dateline_operate.up.liveness import Backoff, Pulse
from dateline_operate.up.vitals import Vitals

MISCONFIGURED = 2
"""Exit code of a service that will fail again if it is restarted."""
HANGING = 10.0
"""Seconds that a hanging service gets to end by itself before it is killed."""
PORT_TAKEN = "http_port: cannot listen"
"""Part of the last words of a service that another port could help."""


class ServiceProcess:
    """One service in a process of its own, its log in a file of its own."""

    def __init__(self, name: str, port: int, log: Path, env: Mapping[str, str]) -> None:
        self.name = name
        self.log = log
        self.backoff = Backoff()
        self.hopeless = ""
        """Its last words, when starting it again cannot help."""
        self.ending = ""
        """How it ended the last time."""
        self.pulse = Pulse()
        self._kill_at: float | None = None
        """When it is killed if it still runs; None while it was not asked to end for hanging."""
        self._any_port = port == 0
        self.port = port or free_ports(1)[0]
        self._env = env
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its HTTP address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Start the process, without waiting for it to be ready. Raises OSError."""
        self.log.parent.mkdir(exist_ok=True)  # who made room may have taken it away
        env = {**self._env, "DATELINE_HTTP_HOST": "127.0.0.1", "DATELINE_HTTP_PORT": str(self.port)}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dateline_operate.up.child", self.name],
                env=env,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                # Ctrl-C is for `up`, which then asks its children to finish in an orderly way.
                start_new_session=True,
            )
        self.pulse, self._kill_at = Pulse(), None
        self.backoff = self.backoff.started(time.monotonic())

    def looked(self, seen: Vitals) -> None:
        """Take a look at the service into account; it may not have answered."""
        if self.pid is not None and self._kill_at is None:
            self.pulse = self.pulse.looked(seen, time.monotonic())

    def tend(self) -> bool:
        """Notice that it ended, end it if it hangs, start it again when that is due; whether anything happened."""
        now = time.monotonic()
        if self.backoff.running and self._process is not None and self._process.poll() is not None:
            self.backoff = self.backoff.ended(now)
            code = self._process.returncode
            self.ending = ending(code, self.last_words().splitlines()[-1:])
            if self._kill_at is not None:
                self.ending = f"{self.pulse.hangs}, {'killed' if code == -signal.SIGKILL else 'ended'} by dateline up"
            self._judge(code)
            self._let_go()
            return True
        if self.pid is not None and self.pulse.hangs:
            return self._end_hanging(now)
        if not self.hopeless and self.backoff.due(now):
            try:
                self.start()
            except OSError as error:
                self.ending = words(error)
                self.backoff = self.backoff.ended(now)
            return True
        return False

    def _end_hanging(self, now: float) -> bool:
        """Ask it to end, and kill it after HANGING seconds. What it had in work comes again, unacknowledged."""
        if self._kill_at is None:
            self._kill_at = now + HANGING
            self._note(self.pulse.hangs)
            self.ask_to_end()
            return True
        if now >= self._kill_at and self._process is not None:
            self._process.kill()
        return False

    def _note(self, why: str) -> None:
        """Write into the service's log that and why it was ended. The disk may be full: then nothing is written."""
        line = {"service": self.name, "event": "ended by dateline up", "reason": why, "level": "error"}
        with suppress(OSError), self.log.open("ab") as log:
            log.write(json_bytes({**line, "timestamp": datetime.now(UTC)}))

    def _judge(self, code: int) -> None:
        if code != MISCONFIGURED:
            return
        words = self.last_words()
        if self._any_port and PORT_TAKEN in words:
            # Somebody took the free port between our choosing it and the service's opening it.
            self.port = free_ports(1)[0]
            return
        self.hopeless = words

    def last_words(self, lines: int = 1) -> str:
        """The end of its log."""
        with suppress(OSError):
            text = self.log.read_bytes()[-4000:].decode("utf-8", "replace").strip()
            return "\n".join(text.splitlines()[-lines:])
        return ""

    def ask_to_end(self) -> None:
        """SIGTERM: finish what is in work, then end."""
        if self.pid is not None and self._process is not None:
            self._process.send_signal(signal.SIGTERM)

    def wait(self, deadline: float) -> None:
        """Wait for its end until ``deadline`` on the monotonic clock, then kill it."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.05, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._let_go()

    def _let_go(self) -> None:
        """Close the pipe by which a child notices that this process has ended."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()


class ServerProcess:
    """The embedded message server, started again when it ends unasked."""

    def __init__(self, folder: Path, port: int, free: Callable[[int], bool] | None = None) -> None:
        free = free or is_free
        self.server = EmbeddedServer(folder, port if port and free(port) else -1)
        self.backoff = Backoff()
        self.fault = ""
        """Why it does not run."""
        self.ending = ""
        """How it ended the last time."""
        self.log = folder / "nats.log"

    def start(self) -> None:
        """Start it and wait until it listens. Raises Misconfigured, Unavailable."""
        self.server.start()
        self.backoff = self.backoff.started(time.monotonic())
        self.fault = ""

    def renew(self) -> None:
        """Stop it in an orderly way; ``tend`` starts it again."""
        self.server.stop()
        self.backoff = self.backoff.ended(time.monotonic())

    def tend(self) -> bool:
        """Notice an end, start again when it is time; whether anything happened."""
        now = time.monotonic()
        if self.backoff.running:
            if self.server.pid is not None:
                return False
            self.backoff = self.backoff.ended(now)
            self.fault = self.ending = ending(self.server.ended or 0, self.server.last_words().splitlines()[-1:])
            return True
        if not self.backoff.due(now):
            return False
        try:
            self.start()
        except (Unavailable, OSError) as error:
            self.fault = words(error)
            self.backoff = self.backoff.ended(now)
        return True


def ending(code: int, last: Sequence[str]) -> str:
    """How a process ended: by which signal, since its log cannot say, or by itself, with the last line of its log."""
    if code < 0:
        return f"ended by {signal.Signals(-code).name}"
    return f"ended with code {code}: {''.join(last)}"


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on, all different."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


def is_free(port: int) -> bool:
    """Whether nobody listens on a port of this machine."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
