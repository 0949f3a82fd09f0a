"""Lines for a reader that may stall: the process that writes them never waits for it."""

from __future__ import annotations

import io
import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable

WAITING = 256
"""Lines kept for a slow reader; after that the oldest are dropped."""
LAST_WORDS = 2.0
"""Seconds that a reader gets at the end to take what is still waiting."""


class Teller:
    """Writes to a file descriptor from a thread of its own.

    ``missed`` gives the line to write in place of so many dropped ones, or None for no such line.
    """

    def __init__(self, descriptor: int, missed: Callable[[int], bytes | None], limit: int = WAITING) -> None:
        self._descriptor = descriptor
        self._missed = missed
        self._limit = limit
        self._lines: deque[bytes] = deque()
        self._dropped = 0
        self._writing = False
        self._closed = False
        self._broken: OSError | None = None
        self._changed = threading.Condition()
        # A thread that a stalled reader holds must not hold the process's end.
        threading.Thread(target=self._write_all, name="teller", daemon=True).start()

    def say(self, line: bytes) -> None:
        """Queue a line for the reader. Raises BrokenPipeError, or whatever error ended the writing."""
        with self._changed:
            if self._broken is not None:
                raise self._broken
            if len(self._lines) == self._limit:
                self._lines.popleft()
                self._dropped += 1
            self._lines.append(line)
            self._changed.notify_all()

    def close(self, within: float = LAST_WORDS) -> None:
        """Give the reader ``within`` seconds to take the waiting lines; the rest is lost."""
        deadline = time.monotonic() + within
        with self._changed:
            while (self._lines or self._writing) and self._broken is None:
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    break
            self._closed = True
            self._changed.notify_all()

    def text(self) -> io.TextIOWrapper:
        """A text file over it. Each write is one line, or one picture of the screen, and is dropped whole or not at
        all.
        """
        return io.TextIOWrapper(_Raw(self), encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        """Whether a person reads it."""
        return os.isatty(self._descriptor)

    def _write_all(self) -> None:
        while (taken := self._take()) is not None:
            try:
                for line in filter(None, taken):
                    self._write(line)
            except OSError as error:
                with self._changed:
                    self._broken = error
                    self._changed.notify_all()
                return

    def _take(self) -> tuple[bytes | None, bytes] | None:
        """The line that stands for dropped ones, if any were, and the next line; None at the end."""
        with self._changed:
            self._writing = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self._lines)
            if self._closed:
                return None
            self._writing = True
            dropped, self._dropped = self._dropped, 0
            return (self._missed(dropped) if dropped else None), self._lines.popleft()

    def _write(self, line: bytes) -> None:
        # Not through sys.stdout: its lock would be held for as long as the reader stalls, at the process's end too.
        while line:
            try:
                line = line[os.write(self._descriptor, line) :]
            except BlockingIOError:  # whoever started the process may share a descriptor that does not block
                select.select([], [self._descriptor], [])


class _Raw(io.RawIOBase):
    name = "teller"

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._teller.isatty()

    def write(self, data: object, /) -> int:
        line = bytes(data)  # type: ignore[call-overload]
        self._teller.say(line)
        return len(line)
