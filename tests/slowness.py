"""Bounds on processor time that hold on a slow machine as well: they are seconds of a usual one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TURNS = 5_000_000
TRIES = 3
"""The first time pays for what is loaded once, and a slow moment of the machine is not the code's."""


def slowness() -> float:
    """How many times as long as on a usual machine a plain loop takes here and now, which takes 0.15 s there."""
    began = time.process_time()
    for _ in range(TURNS):
        pass
    return (time.process_time() - began) / 0.15


def in_time(seconds: float, work: Callable[[], T]) -> T:
    """What ``work`` gives. Raises AssertionError if it takes more processor time than that again and again."""
    told = []
    for _ in range(TRIES):
        began = time.process_time()
        answer = work()
        taken = time.process_time() - began
        if taken < seconds or taken < seconds * slowness():
            return answer
        told.append(f"{taken:.2f}")
    raise AssertionError(f"takes {', '.join(told)} s of processor time, not {seconds:g}")
