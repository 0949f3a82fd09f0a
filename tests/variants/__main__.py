"""Write messages anew in ways that mean the same, and see that what is read of them stays the same: ``make variants``.

    .venv/bin/python tests/variants [--each N] [--seed N] [FOLDER ...]

Messages are the project's samples, small ones of every format, and the files of ../shared/wires where they are, or
those of the folders that are named. Each is written in every way by itself (other encodings, line ends, prefixes, white
space, CDATA, attribute order, comments; escapes and order of members; wires without their control characters), packed
(zip, gzip, tar), and N times in several ways at once. Each difference is printed. Exit status 1 if there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.seeds import INVENTED, ROOT, SHARED
from variants.changes import changes, combined
from variants.telling import differences, reading

from dateline_ingest.formats import Unparseable, parse


def main() -> int:
    """Run it; the exit status."""
    asked = argparse.ArgumentParser(
        prog="variants", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--each", type=int, default=100, help="how often a message is written in several ways at once")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("folders", nargs="*", type=Path)
    options = asked.parse_args()
    written = told = 0
    for name, data in _messages(options.folders):
        for change, variant in _variants(data, options.each, Random(f"{options.seed} {name}")):
            written += 1
            for difference in differences(reading(data), reading(variant)):
                told += 1
                print(f"{name}: {change}: {difference}")
    print(f"{written} variants, {told} differences")
    return 1 if told else 0


def _variants(data: bytes, each: int, random: Random) -> Iterator[tuple[str, bytes]]:
    try:
        format = parse(data).format
    except Unparseable:
        return
    for name, change in changes(data, format):
        if (variant := change(data, random)) is not None:
            yield name, variant
    for number in range(each):
        if (variant := combined(data, format, random)) is not None:
            yield f"several, {number}", variant


def _messages(folders: list[Path]) -> Iterator[tuple[str, bytes]]:
    if not folders:
        yield from ((f"invented {number}", data) for number, data in enumerate(INVENTED))
    for folder in folders or [ROOT / "deploy" / "samples", SHARED / "wires"]:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.name, path.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
