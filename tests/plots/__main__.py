"""Draws the pictures of docs/plots from what is measured.

    make plots                                          measure, which takes some minutes, and draw all of them
    .venv/bin/python tests/plots confidence             one: path, confidence, parsing; may be several
    .venv/bin/python tests/plots path --from FIGURES    from what `dateline bench --json` printed before; for parsing
                                                        from what `tests/bench/bench_parse.py --json` did
    .venv/bin/python tests/plots path --into FOLDER     docs/plots if left out

The same figures give the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from matplotlib.figure import Figure

from plots.confidence import confidence, tables
from plots.drawing import write
from plots.parsing import parsing
from plots.path import path

ROOT = Path(__file__).resolve().parents[2]
MEASURED: dict[str, tuple[Callable[[bytes], Figure], list[str]]] = {
    "path": (path, [str(Path(sys.executable).with_name("dateline")), "bench", "--json"]),
    "confidence": (confidence, []),
    "parsing": (parsing, [sys.executable, str(ROOT / "tests/bench/bench_parse.py"), "--json"]),
}
"""For each picture how it is drawn, and what prints its figures; nothing has to where they lie in the package."""


def main() -> None:
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(
        prog="plots", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pictures", nargs="*", metavar="PICTURE", help=f"{', '.join(MEASURED)}; all if left out")
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="FIGURES", help="a JSON document; - for what comes in"
    )
    parser.add_argument("--into", type=Path, default=ROOT / "docs/plots", metavar="FOLDER")
    options = parser.parse_args()
    if unknown := [name for name in options.pictures if name not in MEASURED]:
        parser.error(f"there is no picture {unknown[0]}; there are {', '.join(MEASURED)}")
    if options.source and len(options.pictures) != 1:
        parser.error("--from belongs to one picture")
    for name in options.pictures or MEASURED:
        draw, command = MEASURED[name]
        print(write(draw(_figures(options.source, command)), options.into / f"{name}.svg"))


def _figures(source: Path | None, command: list[str]) -> bytes:
    if source is not None:
        return sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout if command else tables()


if __name__ == "__main__":
    main()
