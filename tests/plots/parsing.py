"""How long each wire format takes to read, beside parsers that build no story."""

from __future__ import annotations

import msgspec
from matplotlib.figure import Figure
from msgspec import Struct

from plots.drawing import OTHERS, OURS, TARGET, canvas


class Bare(Struct, frozen=True):
    """Of ``bench_parse.py --json``, as the one below."""

    name: str
    per_second: float


class Rate(Struct, frozen=True):
    """One format."""

    name: str
    kilobytes: float
    per_second: float
    goal: float | None
    bare: tuple[Bare, ...]


def parsing(figures: bytes) -> Figure:
    """A line for each format, and one for each bare parser. Raises msgspec.ValidationError."""
    rates = msgspec.json.decode(figures, type=tuple[Rate, ...])
    figure, (axes,) = canvas(1, 8, 1 + 0.2 * sum(1 + len(rate.bare) for rate in rates) + 0.1 * len(rates))
    lines: list[tuple[float, str, float, str]] = []
    goals: list[tuple[float, float]] = []
    place = 0.0
    for rate in rates:
        lines.append((place, f"{rate.name}, {rate.kilobytes:.1f} kB", rate.per_second, OURS))
        if rate.goal is not None:
            goals.append((rate.goal, place))
        for bare in rate.bare:
            place += 1
            lines.append((place, bare.name, bare.per_second, OTHERS))
        place += 1.5
    for colour, label in ((OURS, "Dateline"), (OTHERS, "a bare parser")):
        points = [(rate, place) for place, _, rate, own in lines if own == colour]
        axes.scatter([rate for rate, _ in points], [place for _, place in points], color=colour, label=label)
    axes.scatter(
        [goal for goal, _ in goals], [place for _, place in goals], marker="|", s=120, color=TARGET, label="goal"
    )
    axes.set(title="files a second on one core", xscale="log")
    axes.set_yticks([place for place, *_ in lines], [label for _, label, *_ in lines])
    axes.grid(axis="y", linewidth=0.3)
    axes.set_axisbelow(True)
    axes.legend(loc="lower right")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.invert_yaxis()
    return figure
