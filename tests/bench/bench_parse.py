"""Files a second that each wire format is read at, on one core: ``python tests/bench/bench_parse.py [seconds]``.

Reads the files of ../shared/wires (or DATELINE_SHARED), else the project's samples. Beside each format, in the same
run: the bare parser (``lxml.etree.fromstring`` for XML, ``msgspec.json.decode`` and ``json.loads`` for JSON,
feedparser for feeds where it is installed), which builds no story. ``goal`` is three times the leading open system's
parser alone on one core of the reference machine; where lxml itself is not that fast, twice lxml's time is the goal.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from lxml import etree

from dateline_ingest.formats import Unparseable, parse

_ROOT = Path(__file__).resolve().parents[2]
_WIRES = Path(os.environ.get("DATELINE_SHARED", _ROOT.parent / "shared")) / "wires"
_GOALS = {
    "newsml-g2": 9_300,
    "newsml-1-x": 16_500,
    "nitf": 2_400,
    "ninjs-json": 43_500,
    "anpa-1312": 39_600,
    "iptc-7901": 63_000,
}
"""Files a second. Three times 3,100, 5,500, 800, 14,500, 13,200 and 21,000."""
_NEAR = 2.0


def main() -> None:
    """Print a line a format."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    print(
        f"{'format':20}{'files':>6}{'kB':>6}{'files/s':>10}{'ms/file':>9}{'goal':>11}   bare parser, in its own files/s"
    )
    for name, files in _formats().items():
        read = [data for data in files if _readable(data)]
        if not read:
            print(f"{name:20}{len(files):>6}   none is read")
            continue
        rate = _rate(parse, read, seconds)
        others = {label: _rate(bare, read, seconds / 2) for label, bare in _bare(name, read).items()}
        told = ", ".join(f"{label} {other:,.0f} ({other / rate:.1f}x)" for label, other in others.items())
        size = sum(map(len, read)) / len(read) / 1000
        figures = f"{len(read):>6}{size:>6.1f}{rate:>10,.0f}{1000 / rate:>9.3f}{_goal(name, rate, others):>11}"
        print(f"{name:20}{figures}   {told}".rstrip())


def _formats() -> dict[str, list[bytes]]:
    if _WIRES.is_dir():
        folders = sorted(folder for folder in _WIRES.iterdir() if folder.is_dir())
        return {folder.name: [path.read_bytes() for path in sorted(folder.iterdir())] for folder in folders}
    samples = sorted(path for path in (_ROOT / "deploy" / "samples").iterdir() if path.suffix != ".md")
    return {path.name: [path.read_bytes()] for path in samples}


def _readable(data: bytes) -> bool:
    with suppress(Unparseable):
        return bool(parse(data).stories)
    return False


def _rate(read: Callable[[bytes], object], files: Sequence[bytes], seconds: float) -> float:
    """Files a second of processor time: the best of the rounds, as the others only tell what else the machine did."""
    best, until = 0.0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        began, rounds = time.process_time(), 0
        while (spent := time.process_time() - began) < 0.05:
            for data in files:
                read(data)
            rounds += 1
        best = max(best, rounds * len(files) / spent)
    return best


def _bare(name: str, files: list[bytes]) -> dict[str, Callable[[bytes], object]]:
    found: dict[str, Callable[[bytes], object]] = {}
    first = files[0].lstrip()[:1]
    if first in (b"{", b"["):
        found = {"msgspec": msgspec.json.decode, "json.loads": json.loads}
    elif first == b"<" and all(map(_is_xml, files)):
        found = {"lxml": _bare_xml}
        if name in ("atom", "rss") or "rss" in name:
            with suppress(ModuleNotFoundError):
                found["feedparser"] = importlib.import_module("feedparser").parse
    return found


def _bare_xml(data: bytes) -> object:
    with suppress(etree.XMLSyntaxError):  # space before the declaration, which Dateline forgives
        return etree.fromstring(data)
    return etree.fromstring(data.strip())


def _is_xml(data: bytes) -> bool:
    with suppress(etree.XMLSyntaxError):
        _bare_xml(data)
        return True
    return False


def _goal(name: str, rate: float, others: dict[str, float]) -> str:
    goal = _GOALS.get(name)
    if goal is None:
        return ""
    if rate >= goal:
        return "met"
    if "lxml" in others:
        return "met, lxml" if rate * _NEAR >= others["lxml"] else f"{goal:,}"
    return f"{goal:,}"


if __name__ == "__main__":
    main()
