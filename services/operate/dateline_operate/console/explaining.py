"""What a command prints about an error that stops it, whoever raised it."""

from __future__ import annotations

import errno
import sys

from dateline_operate.console.failure import UNREADABLE, Failure
from dateline_operate.console.notes import note, shown


def failure_of(error: Exception) -> Failure | None:
    """An error as a Failure (what happened, where, what to do); None for one that was not foreseen."""
    if isinstance(error, Failure):
        return error
    return _of_system(error) if isinstance(error, OSError) else _of_kernel(error)


def explain(failure: Failure, *, as_json: bool = False) -> int:
    """Print a failure on standard error, as one JSON object if asked; the exit code."""
    if as_json:
        from dateline_operate.console.terminal import json_bytes

        said = {"error": str(failure), "advice": failure.advice, "code": failure.code}
        sys.stderr.write(json_bytes(said).decode())
        return failure.code
    note(str(failure))
    if failure.advice:
        print(f"          {shown(failure.advice)}", file=sys.stderr)
    return failure.code


def _of_kernel(error: Exception) -> Failure | None:
    """The kernel's errors say what to do themselves."""
    from dateline_kernel.errors import KernelError, Misconfigured, Unavailable
    from dateline_schemas.codec import UnreadableEvent

    if isinstance(error, UnreadableEvent):
        return Failure(f"{error}.", UNREADABLE)
    if not isinstance(error, KernelError):
        return None
    code = 3 if isinstance(error, Unavailable) else 2 if isinstance(error, Misconfigured) else 1
    # The first sentence says what happened, the rest what to do.
    said, _, advice = str(error).partition(". ")
    return Failure(said, getattr(error, "advice", advice), code=code)


def _of_system(error: OSError) -> Failure:
    """A file, a folder or a disk that will not do."""
    where = f"{error.filename}: " if error.filename else ""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    advice = "Make room on that disk, or name another data folder with --data." if full else ""
    return Failure(f"{where}{error.strerror or str(error) or type(error).__name__}.", advice)
