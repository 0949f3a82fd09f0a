"""What all evaluations share: their arguments, counting, and the form of their figures."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from msgspec import Struct


class Score(Struct):
    """Counts of right, wrong and missed ids."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, got: frozenset[str], wanted: frozenset[str]) -> None:
        """Count one story."""
        self.right += len(got & wanted)
        self.wrong += len(got - wanted)
        self.missed += len(wanted - got)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is right that was found; 1 where nothing is."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def head() -> str:
    """The heading of the figures."""
    return f"{'':34}precision recall    F1   right wrong missed"


def line(what: str, counted: Score) -> str:
    """A line of figures."""
    counts = f"{counted.right:5} {counted.wrong:5} {counted.missed:5}"
    return f"  {what:34} {counted.precision:.3f}  {counted.recall:.3f}  {counted.f1:.3f}   {counts}"


def figures(counted: Score) -> dict[str, float]:
    """The figures as an object."""
    return {
        "precision": round(counted.precision, 4),
        "recall": round(counted.recall, 4),
        "f1": round(counted.f1, 4),
        "right": counted.right,
        "wrong": counted.wrong,
        "missed": counted.missed,
    }


def asked(name: str, about: str | None, sets: Sequence[str], **flags: str) -> argparse.Namespace:
    """Reads the command line: the sets, and the flags, each with its help."""
    parser = argparse.ArgumentParser(prog=name, description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", default=[], choices=sets, help="may be repeated; all if left out")
    for flag, does in flags.items():
        parser.add_argument(f"--{flag}", action="store_true", help=does)
    return parser.parse_args()


def run(main: Callable[[], int | None]) -> None:
    """Run it, and leave with its status; whoever reads the figures may have seen enough."""
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()
