"""A service process under ``dateline up``: runs one installed service, and ends when ``up`` does, however it ends."""

from __future__ import annotations

import os
import signal
import sys
import threading


def main() -> None:
    """``python -m dateline_operate.up.child SERVICE``; standard input is a pipe that ``up`` holds open."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from dateline_kernel.installed import build_service
    from dateline_kernel.service import run

    run(lambda: build_service(sys.argv[1]))


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
