"""Keeps log files within bounds: the newest part in place, the part before it beside it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

MOST = 64 * 1024 * 1024
"""Bytes of a log file before its content goes to ``<name>.1``: twice as much is kept, some 200,000 events a service."""


def turn_over(log: Path, most: int = MOST) -> bool:
    """Move a log file's content aside when it has become too much; whether that was done.

    The process that writes goes on with the file that it has open, as it appends to it; what it writes between the copy
    and the cut is lost. On a full disk the older part makes room for the newer one; should even that not do, the file
    stays as it is.
    """
    with suppress(OSError):
        if log.stat().st_size <= most:
            return False
        aside = log.with_name(f"{log.name}.1")
        aside.unlink(missing_ok=True)
        shutil.copyfile(log, aside)
        os.truncate(log, 0)
        return True
    return False
