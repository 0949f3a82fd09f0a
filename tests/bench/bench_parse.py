"""Files a second that each wire format is read at, on one core: ``python tests/bench/bench_parse.py [seconds]``.

Reads the files of ../shared/wires (or DATELINE_SHARED), else the project's samples. Beside each format stand the bare
parsers, which build no story: ``lxml.etree.fromstring`` for XML, and the same with a walk over the tree that asks every
element for its name, text and an attribute; ``msgspec.json.decode`` and ``json.loads`` for JSON; feedparser for feeds
where it is installed. All take turns on each file, and each one's best round counts: the others only tell what else
the machine did. ``goal`` is three times the leading open system's parser alone on one core of the reference machine;
where lxml itself is not that fast, twice lxml's time is the goal.
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
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    print(f"{'format':20}{'files':>6}{'kB':>6}{'files/s':>10}{'ms/file':>9}{'goal':>11}   bare parsers: files/s, ratio")
    for name, files in _formats().items():
        read = [data for data in files if _readable(data)]
        if not read:
            print(f"{name:20}{len(files):>6}   none is read")
            continue
        others = _bare(name, read)
        best = [_best([parse, *others.values()], data, seconds / len(read)) for data in read]
        rate = len(read) / sum(times[0] for times in best)
        rates = {}
        for at, label in enumerate(others, 1):
            both = [(times[0], times[at]) for times in best if times[at]]  # there are files that a bare parser refuses
            ours, theirs = (sum(times) for times in zip(*both, strict=True))
            rates[label] = len(both) / theirs, ours / theirs
        told = ", ".join(f"{label} {other:,.0f} ({ratio:.1f}x)" for label, (other, ratio) in rates.items())
        size = sum(map(len, read)) / len(read) / 1000
        figures = f"{len(read):>6}{size:>6.1f}{rate:>10,.0f}{1000 / rate:>9.3f}{_goal(name, rate, rates):>11}"
        print(f"{name:20}{figures}   {told}".rstrip())


def _formats() -> dict[str, list[bytes]]:
    if _WIRES.is_dir():
        folders = sorted(folder for folder in _WIRES.iterdir() if folder.is_dir())
        return {folder.name: [path.read_bytes() for path in sorted(folder.iterdir())] for folder in folders}
    samples = sorted((_ROOT / "deploy" / "samples").iterdir())
    return {path.name: [path.read_bytes()] for path in samples}


def _readable(data: bytes) -> bool:
    with suppress(Unparseable):
        return bool(parse(data).stories)
    return False


def _best(readers: Sequence[Callable[[bytes], object]], data: bytes, seconds: float) -> list[float]:
    """Seconds of processor time that each reader takes for a file: the least of at least three; 0 where it cannot."""
    best = [float("inf")] * len(readers)
    until, rounds = time.process_time() + seconds, 0
    while rounds < 3 or time.process_time() < until:
        rounds += 1
        for at, read in enumerate(readers):
            try:
                read(data)  # so that none pays for what the one before it left in the processor's caches
            except etree.XMLSyntaxError:
                best[at] = 0.0
                continue
            began = time.process_time_ns()
            read(data)
            best[at] = min(best[at], (time.process_time_ns() - began) / 1e9)
    return best


def _bare(name: str, files: list[bytes]) -> dict[str, Callable[[bytes], object]]:
    found: dict[str, Callable[[bytes], object]] = {}
    first = files[0].lstrip()[:1]
    if first in (b"{", b"["):
        found = {"msgspec": msgspec.json.decode, "json.loads": json.loads}
    elif first == b"<" and any(map(_is_xml, files)):
        found = {"lxml": _bare_xml, "lxml and a walk": _walked}
        if name in ("atom", "rss") or "rss" in name:
            with suppress(ModuleNotFoundError):
                found["feedparser"] = importlib.import_module("feedparser").parse
    return found


def _bare_xml(data: bytes) -> etree._Element:
    with suppress(etree.XMLSyntaxError):  # space before the declaration, which Dateline forgives
        return etree.fromstring(data)
    return etree.fromstring(data.strip())


def _walked(data: bytes) -> object:
    said: object = None
    for element in _bare_xml(data).iter():
        said = (element.tag, element.text, element.get("qcode"))
    return said


def _is_xml(data: bytes) -> bool:
    with suppress(etree.XMLSyntaxError):
        _bare_xml(data)
        return True
    return False


def _goal(name: str, rate: float, others: dict[str, tuple[float, float]]) -> str:
    goal = _GOALS.get(name)
    if goal is None:
        return ""
    if rate >= goal:
        return "met"
    if "lxml" in others:
        return "met, lxml" if others["lxml"][1] <= _NEAR else f"{goal:,}"
    return f"{goal:,}"


if __name__ == "__main__":
    main()
