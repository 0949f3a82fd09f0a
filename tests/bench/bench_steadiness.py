"""How steady this machine is with nothing to do: ``python tests/bench/bench_steadiness.py [seconds]``, else 20.

One process a processor repeats a loop that takes some half a millisecond, and rests for two between. Printed: what the
loop took, the median and the slowest ones, and how far apart the moments are in which it took several times as long.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise

TIMES = 4.0
"""So many times the median is slow."""
APART = 0.5
"""Seconds without a slow one, after which the next begins another moment."""


def looped(seconds: float) -> list[tuple[float, float]]:
    """When each loop began, and how many milliseconds it took."""
    found: list[tuple[float, float]] = []
    end = time.monotonic() + seconds
    while (began := time.monotonic()) < end:
        sum(range(40_000))
        found.append((began, (time.monotonic() - began) * 1e3))
        time.sleep(0.002)
    return found


def main(seconds: float) -> None:
    """Print what was measured."""
    count = os.cpu_count() or 1
    with ProcessPoolExecutor(count) as processes:
        loops = sorted(one for found in processes.map(looped, [seconds] * count) for one in found)
    taken = [milliseconds for _, milliseconds in loops]
    usual, cuts = statistics.median(taken), statistics.quantiles(taken, n=1000)
    slow = [began for began, milliseconds in loops if milliseconds > TIMES * usual]
    moments = [at for before, at in pairwise([float("-inf"), *slow]) if at - before > APART]
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    print(f"{len(loops):,} loops on {count} processors, ms: median {usual:.2f}, p99 {cuts[989]:.2f}, ", end="")
    print(f"p99.8 {cuts[997]:.2f}, slowest {max(taken):.1f}")
    apart = f", {statistics.median(gaps):.1f} s apart (median)" if gaps else ""
    print(f"{len(moments)} moments with loops of more than {TIMES:g} times the median{apart}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else 20.0)
