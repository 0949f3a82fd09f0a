"""Room on the disk of the data folder: told when it runs out, and when there is some again; log files within bounds."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

FULL = 16 * 1024 * 1024
"""Bytes below which the disk counts as full: the largest message that the server takes, and its block, need more."""
AGAIN = 2 * FULL
"""Bytes from which there is room again."""
MOST = 64 * 1024 * 1024
"""Bytes of a log file before its content goes to ``<name>.1``: twice as much is kept, some 200,000 events a service."""


class Room(Struct, frozen=True):
    """Whether there was room at the last look."""

    full: bool = False
    regained: bool = False
    """There is room now, and there was none at the last look.

    nats-server 2.15.1 gives up a stream at the first write that the disk refuses, and does not try again when there is
    room: it has to be restarted.
    """
    free: int = 0
    """Bytes."""

    def looked(self, free: int) -> Room:
        """After a look that found so many bytes free."""
        full = free < (AGAIN if self.full else FULL)
        return replace(self, full=full, regained=self.full and not full, free=free)


def free_bytes(folder: Path) -> int:
    """Bytes that are free for us on the disk of a folder. Raises OSError."""
    return shutil.disk_usage(folder).free


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
