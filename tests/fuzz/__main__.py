"""Break messages of every format and see that reading them keeps the rules: ``make fuzz``.

    .venv/bin/python tests/fuzz [--inputs N] [--seed N] [--workers N] [--out FOLDER]

Seeds are the project's samples, small messages of every format and, where they are, the files of ../shared/wires.
For each input: nothing but Unparseable is raised, it takes less than a second of processor time, the process grows by
less than 200 MB, nothing is opened, connected to or started while parsing, and every story is one that its readers can
decode. Inputs that break a rule are kept, made small, in a folder that is named at the end; the same seed with the
same seeds gives the same inputs. DATELINE_FUZZ_INPUTS and DATELINE_FUZZ_SEED stand for the options.

Exit status 1 when a rule was broken.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from random import SystemRandom

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.keeping import keep
from fuzz.working import Found, hunt
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


def main() -> int:
    """Run it; the exit status."""
    options = _options()
    console = Console()
    console.print(f"seed {options.seed}, {options.inputs} inputs, {options.workers} workers")
    began = time.monotonic()
    found = _hunted(options.seed, options.inputs, options.workers, console)
    console.print(f"{options.inputs} inputs in {time.monotonic() - began:.0f} s, {len(found)} broke a rule")
    if not found:
        return 0
    folder = options.out or Path(tempfile.mkdtemp(prefix="dateline-fuzz-"))
    for line in keep(found, options.seed, folder):
        console.print(line, markup=False, highlight=False)
    console.print(f"they are kept in {folder}", soft_wrap=True)
    return 1


def _hunted(seed: int, inputs: int, workers: int, console: Console) -> list[Found]:
    found: list[Found] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("parsing", total=inputs)
        for done, one in hunt(seed, inputs, workers):
            progress.update(task, completed=done)
            if one is not None:
                found.append(one)
                progress.console.print(
                    f"{one.number}: {one.fault.rule}: {one.fault.what}", markup=False, highlight=False
                )
    return found


def _options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(
        prog="fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--inputs", type=int, default=int(os.environ.get("DATELINE_FUZZ_INPUTS", "200000")))
    asked.add_argument(
        "--seed", type=int, default=int(os.environ.get("DATELINE_FUZZ_SEED", SystemRandom().randrange(1 << 31)))
    )
    asked.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--out", type=Path, help="folder for inputs that break a rule; else a new temporary one")
    return asked.parse_args()


if __name__ == "__main__":
    sys.exit(main())
