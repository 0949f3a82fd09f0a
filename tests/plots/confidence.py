"""How sure the rules of attribution are, beside how often they were right on labelled copy."""

from __future__ import annotations

import math
import tomllib
from importlib.resources import files

import msgspec
from matplotlib.figure import Figure
from msgspec import Struct

from dateline_attribution.measured import Count, parse_measured, weighed
from plots.drawing import OTHERS, OURS, canvas

OFTEN = 3
"""Findings: a rule that was met less often is left out."""
CERTAIN = 1.96
"""Standard deviations of an interval of 95 in a hundred."""


class Rule(Struct, frozen=True):
    """A rule of copy or citation, a shape of datelines or a way of signing that labelled copy met."""

    id: str
    reasoned: float
    counts: float
    """The confidence that the decision uses."""
    right: int
    met: int


def tables() -> bytes:
    """The rules of the package that were met, as JSON; those met most often first."""
    package = files("dateline_attribution")
    measured = parse_measured((package / "measured.toml").read_text("utf-8"))
    table, datelines, bylines = (
        tomllib.loads((package / f"{name}.toml").read_text("utf-8")) for name in ("rules", "datelines", "bylines")
    )
    reasoned = {row["id"]: row["confidence"] for row in (*table["rule"], *table["habit"])}
    reasoned |= {row["id"]: row.get("confidence", 0.95) for row in table["treatment"]}
    reasoned |= {f"{place}.code": confidence for place, confidence in table["stated"].items()}
    reasoned |= {f"datelines.{row['id']}": row["confidence"] for row in datelines["shape"]}
    reasoned |= {f"bylines.{way}": confidence for way, confidence in bylines["confidence"].items()}
    reasoned["guid.domain"] = table["stated"]["publisher"]  # as rules.py has it
    rows = [
        Rule(name, reasoned[name], weighed(name, reasoned[name], measured), count.right, count.met)
        for name, count in measured.items()
    ]
    return msgspec.json.encode(sorted(rows, key=lambda rule: (-rule.met, rule.id)))


def confidence(figures: bytes) -> Figure:
    """A line for each rule that was met often enough to tell. Raises msgspec.ValidationError."""
    rules = [rule for rule in msgspec.json.decode(figures, type=tuple[Rule, ...]) if rule.met >= OFTEN]
    figure, (axes,) = canvas(1, 8, 1 + 0.25 * len(rules))
    places = range(len(rules))
    spans = [interval(Count(rule.right, rule.met)) for rule in rules]
    axes.hlines(
        places,
        [low for low, _ in spans],
        [high for _, high in spans],
        color=OTHERS,
        linewidth=6,
        label="measured, 95 % interval",
    )
    axes.scatter(
        [rule.reasoned for rule in rules], places, facecolors="white", edgecolors=OURS, zorder=2, label="reasoned"
    )
    axes.scatter([rule.counts for rule in rules], places, color=OURS, zorder=3, label="what counts")
    axes.set(title="how sure a rule is", xlim=(0.3, 1.01), xlabel="confidence; share of findings that were right")
    axes.set_yticks(places, [f"{rule.id}  {rule.right}/{rule.met}" for rule in rules])
    axes.invert_yaxis()
    axes.legend(loc="upper left")
    return figure


def interval(count: Count) -> tuple[float, float]:
    """Between which shares the true one lies, by Wilson's score; at least one finding."""
    share, spread = count.right / count.met, CERTAIN**2 / count.met
    middle = share + spread / 2
    half = CERTAIN * math.sqrt(share * (1 - share) / count.met + spread / count.met / 4)
    return (middle - half) / (1 + spread), min(1.0, (middle + half) / (1 + spread))
