"""A file that one process at a time can hold, for the length of a block; the system lets it go if the process dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline_operate.console.failure import Failure


@contextmanager
def held(lock: Path, taken: Callable[[], Failure]) -> Iterator[None]:
    """Hold the file, made with its folder if need be. Raises what ``taken`` says if another holds it; Failure."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        advice = "Name another folder, or let this user write there."
        raise Failure(f"{lock.parent} cannot be written: {error.strerror}", advice) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise taken() from error
        yield
    finally:
        os.close(handle)
