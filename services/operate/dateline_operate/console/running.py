"""Runs a command's work: to its end, or to the first Ctrl-C."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

from dateline_kernel.ending import endable
from dateline_kernel.loop import run_loop

T = TypeVar("T")


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """The result of a command's work. Ctrl-C ends it at once (KeyboardInterrupt), even if a library swallows that.

    Not for work that takes seconds to end, as ``up`` and ``demo`` do when they stop what they started.
    """
    return run_loop(endable(work))
