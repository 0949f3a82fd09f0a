"""Bounds on processor time that hold on a slow machine as well: they are seconds of a usual one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TURNS = 5_000_000
TRIES = 3
"""Tries: the first one loads what is loaded once, and a slow moment of the machine must not count."""


def slowness() -> float:
    """How much slower than a usual machine this one is now, by a plain loop, which takes 0.15 s on a usual one."""
    began = time.process_time()
    for _ in range(TURNS):
        pass
    return (time.process_time() - began) / 0.15


def in_time(seconds: float, work: Callable[[], T]) -> T:
    """The result of ``work``. Raises AssertionError if each try takes more seconds of a usual machine's processor."""
    told = []
    for _ in range(TRIES):
        began = time.process_time()
        answer = work()
        taken = time.process_time() - began
        if taken < seconds or taken < seconds * slowness():
            return answer
        told.append(f"{taken:.2f}")
    raise AssertionError(f"takes {', '.join(told)} s of processor time, not {seconds:g}")
