"""Room on the disk of the data folder: told when it runs out, and when there is some again."""

from __future__ import annotations

import shutil
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

FULL = 16 * 1024 * 1024
"""Bytes below which the disk counts as full: the largest message that the server takes, and its block, need more."""
AGAIN = 2 * FULL
"""Bytes from which there is room again."""


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
