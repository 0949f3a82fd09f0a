"""Message servers that outlived their ``up``: two servers on one store would harm it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

WITHIN = 10.0
"""Seconds that a server gets to end in order."""


def end_orphans(folder: Path) -> None:
    """End the servers that outlived their ``up`` and still have this folder's store.

    A server's ports file has its process id; one that was killed leaves it behind, one that ended in order does not.
    """
    for ports in folder.glob("nats-server_*.ports"):
        end_orphan(int(ports.stem.rpartition("_")[2]), str(folder / "nats.conf"))
        ports.unlink(missing_ok=True)


def end_orphan(pid: int, belongs: str) -> bool:
    """End a server that outlived its ``up``; whether there was one.

    Only a process whose command line names ``belongs`` (its configuration file) is touched.
    """
    if belongs not in _command_line(pid):
        return False
    deadline = time.monotonic() + WITHIN
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        while time.monotonic() < deadline:
            os.kill(pid, 0)
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
    return True


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        pass
    with suppress(OSError):
        return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout
    return ""
