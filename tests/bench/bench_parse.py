"""Files a second that each wire format is read at, on one core: ``python tests/bench/bench_parse.py [seconds]``.

Reads the files of ../shared/wires (or DATELINE_SHARED), else the project's samples. Beside each format stand the bare
parsers, which build no story: ``lxml.etree.fromstring`` for XML, the same with a walk over the tree that asks every
element for its name, text and an attribute, and with one that asks each once for all there is to read;
``msgspec.json.decode`` and ``json.loads`` for JSON; feedparser for feeds where it is installed. All take turns on each
file, and each one's best round counts: the others only tell what else the machine did. ``goal`` is three times the
leading open system's parser alone on one core of the reference machine; where lxml itself is not that fast, twice
lxml's time is the goal.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from lxml import etree
from msgspec import Struct

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


class Bare(Struct, frozen=True):
    """A parser that builds no story."""

    name: str
    files: int
    """That it reads; some are refused."""
    per_second: float
    ratio: float
    """How many times as long Dateline takes for the same files."""


class Rate(Struct, frozen=True):
    """One format."""

    name: str
    files: int
    kilobytes: float
    """Of a file, on average."""
    per_second: float
    """Files."""
    goal: float | None
    bare: tuple[Bare, ...]


def main() -> None:
    """Print a line a format, or all of them as one JSON document."""
    parser = argparse.ArgumentParser(prog="bench_parse", description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("seconds", nargs="?", type=float, default=2.0, help="for each format (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="one document")
    options = parser.parse_args()
    rates = measured(options.seconds)
    if options.json:
        print(msgspec.json.encode(list(rates)).decode())
        return
    print(f"{'format':20}{'files':>6}{'kB':>6}{'files/s':>10}{'ms/file':>9}{'goal':>11}   bare parsers: files/s, ratio")
    for rate in rates:
        told = ", ".join(f"{bare.name} {bare.per_second:,.0f} ({bare.ratio:.1f}x)" for bare in rate.bare)
        figures = f"{rate.files:>6}{rate.kilobytes:>6.1f}{rate.per_second:>10,.0f}{1000 / rate.per_second:>9.3f}"
        print(f"{rate.name:20}{figures}{_reached(rate):>11}   {told}".rstrip())


def measured(seconds: float) -> Iterator[Rate]:
    """Every format of which a file is read, each for so many seconds or three rounds."""
    for name, files in _formats().items():
        read = [data for data in files if _readable(data)]
        if not read:
            print(f"{name}: none of {len(files)} files is read", file=sys.stderr)
            continue
        others = _bare(name, read)
        best = [_best([parse, *others.values()], data, seconds / len(read)) for data in read]
        bare = []
        for at, label in enumerate(others, 1):
            both = [(times[0], times[at]) for times in best if times[at]]
            ours, theirs = (sum(times) for times in zip(*both, strict=True))
            bare.append(Bare(label, len(both), len(both) / theirs, ours / theirs))
        yield Rate(
            name,
            len(read),
            sum(map(len, read)) / len(read) / 1000,
            len(read) / sum(times[0] for times in best),
            goal=_GOALS.get(name),
            bare=tuple(bare),
        )


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
        found = {"lxml": _bare_xml, "lxml and a walk": _walked, "lxml asked for all": _asked}
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


def _asked(data: bytes) -> object:
    said: object = None
    for element in _bare_xml(data).iter():
        said = (element.tag, element.text, element.tail, element.items(), element[:])
    return said


def _is_xml(data: bytes) -> bool:
    with suppress(etree.XMLSyntaxError):
        _bare_xml(data)
        return True
    return False


def _reached(rate: Rate) -> str:
    if rate.goal is None:
        return ""
    if rate.per_second >= rate.goal:
        return "met"
    near = any(bare.name == "lxml" and bare.ratio <= _NEAR for bare in rate.bare)
    return "met, lxml" if near else f"{rate.goal:,}"


if __name__ == "__main__":
    main()
