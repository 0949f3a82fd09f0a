"""A file that is written anew and read by others meanwhile."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file for this user's eyes only; readers see the old one or the new one, never half.

    So they do after the power was lost, and a full disk leaves the old one. Raises OSError, which names the file.
    """
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.touch(0o600)
        draft.chmod(0o600)
        draft.write_bytes(content)
        flush(draft)
        draft.replace(path)
        flush(path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, on disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
