"""Making an input that breaks a rule small, so that a person sees why."""

from __future__ import annotations

import time
from collections.abc import Callable

_SECONDS = 10.0


def minimised(data: bytes, breaks: Callable[[bytes], bool]) -> bytes:
    """The smallest input found in ten seconds, by leaving out ever smaller pieces, that still breaks the rule."""
    until = time.monotonic() + _SECONDS
    size = len(data) // 2
    while size and time.monotonic() < until:
        start = 0
        while start < len(data) and time.monotonic() < until:
            shorter = data[:start] + data[start + size :]
            if breaks(shorter):
                data = shorter
            else:
                start += size
        size = min(size, len(data)) // 2
    return data
