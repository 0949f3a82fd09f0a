"""The pictures in the documentation: drawn from figures alone, with each figure's name in them to be found and read."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from plots.confidence import confidence, tables
from plots.drawing import write
from plots.parsing import parsing
from plots.path import path

ROOT = Path(__file__).resolve().parents[2]
LATENCY = {"within": [0.5, *range(1, 99)], "longest": 130.0}
PATH = {
    "machine": "2 cores",
    "ratio": 0.46,
    "pipeline": {"turns": [410.0, 505.0], "latency_ms": LATENCY},
    "ceiling_turns": [1000.0, 1000.0],
    "ceiling_latency_ms": LATENCY,
    "targets": [{"name": "share of the ceiling", "wanted": 0.4}, {"name": "p99, ms", "wanted": 50.0}],
}
PARSING = [
    {
        "name": "nitf",
        "kilobytes": 6.6,
        "per_second": 3000.0,
        "goal": 2400,
        "bare": [{"name": "lxml", "per_second": 9e3}],
    },
    {"name": "atom", "kilobytes": 45.9, "per_second": 230.0, "goal": None, "bare": []},
]
CONFIDENCE = [
    {"id": "ending.alone", "reasoned": 0.9, "counts": 0.93, "right": 9, "met": 10},
    {"id": "ending.seldom", "reasoned": 0.9, "counts": 0.9, "right": 1, "met": 1},
]


def drawn(picture: str, into: Path, figures: object) -> Path:
    """The picture of these figures."""
    draw = {"path": path, "parsing": parsing, "confidence": confidence}[picture]
    return write(draw(msgspec.json.encode(figures)), into / f"{picture}.svg")


def texts(picture: Path) -> set[str]:
    """Every text in a picture."""
    return {"".join(found.itertext()) for found in etree.parse(picture).iter("{http://www.w3.org/2000/svg}text")}


@pytest.mark.parametrize(
    ("picture", "figures", "named"),
    [
        ("path", PATH, {"0.41", "0.51", "stories a second: 0.46 of the bare hops", "target of p99"}),
        ("parsing", PARSING, {"nitf, 6.6 kB", "lxml", "atom, 45.9 kB", "goal"}),
        ("confidence", CONFIDENCE, {"ending.alone  9/10", "reasoned", "what counts"}),
    ],
)
def test_a_picture_names_what_it_shows(picture: str, figures: object, named: set[str], tmp_path: Path) -> None:
    """Each turn with its share, each format with its parsers, each rule with its counts; again, byte for byte."""
    first = drawn(picture, tmp_path / "first", figures)
    assert named <= texts(first)
    assert first.read_bytes() == drawn(picture, tmp_path / "second", figures).read_bytes()


def test_a_rule_that_was_met_seldom_is_not_drawn(tmp_path: Path) -> None:
    """One finding tells nothing."""
    assert not any("ending.seldom" in text for text in texts(drawn("confidence", tmp_path, CONFIDENCE)))


def test_the_picture_of_confidence_is_that_of_todays_tables(tmp_path: Path) -> None:
    """Rules and counts in docs/plots are those of the package; `make plots` draws them anew."""
    rules = re.compile(r"\S+  \d+/\d+")
    now, told = (
        {text for text in texts(picture) if rules.fullmatch(text)}
        for picture in (
            drawn("confidence", tmp_path, msgspec.json.decode(tables())),
            ROOT / "docs/plots/confidence.svg",
        )
    )
    assert now == told


@pytest.mark.parametrize(("picture", "status"), [("parsing", 0), ("latency", 2)])
def test_a_picture_is_drawn_from_figures_that_were_kept(picture: str, status: int, tmp_path: Path) -> None:
    """Into a folder of one's own; one that is not known is refused, with the names of those that are."""
    command = [sys.executable, str(ROOT / "tests/plots"), picture, "--from", "-", "--into", str(tmp_path)]
    done = subprocess.run(command, input=msgspec.json.encode(PARSING), capture_output=True)
    assert done.returncode == status, done.stderr.decode()
    assert [found.name for found in tmp_path.iterdir()] == ([] if status else ["parsing.svg"])
    assert not status or b"path, confidence, parsing" in done.stderr
