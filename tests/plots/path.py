"""The whole path beside the bare hops: stories a second in each turn, and how long a story takes."""

from __future__ import annotations

import msgspec
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from plots.drawing import OTHERS, OURS, TARGET, canvas


class Latency(Struct, frozen=True):
    """Of ``dateline bench --json``, as the two below."""

    within: tuple[float, ...]
    longest: float


class Pipeline(Struct, frozen=True):
    """What the path did."""

    turns: tuple[float, ...]
    latency_ms: Latency


class Target(Struct, frozen=True):
    """What was to be reached."""

    name: str
    wanted: float


class Bench(Struct, frozen=True):
    """The document, as far as it is drawn."""

    machine: str
    ratio: float
    pipeline: Pipeline
    ceiling_turns: tuple[float, ...]
    ceiling_latency_ms: Latency
    targets: tuple[Target, ...]

    def wanted(self, beginning: str) -> float:
        """The target of which the name begins so."""
        return next(target.wanted for target in self.targets if target.name.startswith(beginning))


def path(figures: bytes) -> Figure:
    """Both panels. Raises msgspec.ValidationError."""
    bench = msgspec.json.decode(figures, type=Bench)
    figure, (left, right) = canvas(2, 10, 3.6)
    _turns(left, bench)
    _latency(right, bench)
    return figure


def _turns(axes: Axes, bench: Bench) -> None:
    wanted = bench.wanted("share")
    places = range(1, len(bench.ceiling_turns) + 1)
    axes.bar(places, bench.ceiling_turns, width=0.8, color=OTHERS, label="bare hops")
    axes.bar(places, bench.pipeline.turns, width=0.5, color=OURS, label="whole path")
    for place, ceiling, turn in zip(places, bench.ceiling_turns, bench.pipeline.turns, strict=True):
        axes.hlines(ceiling * wanted, place - 0.4, place + 0.4, color=TARGET, label="target" if place == 1 else "_")
        axes.annotate(f"{turn / ceiling:.2f}", (place, turn), ha="center", va="bottom", color="white", fontsize=9)
    axes.set(title=f"stories a second: {bench.ratio:.2f} of the bare hops", xlabel="turn", xticks=list(places))
    axes.margins(y=0.25)
    axes.legend(ncols=3, loc="upper left")


def _latency(axes: Axes, bench: Bench) -> None:
    for latency, colour, label in (
        (bench.ceiling_latency_ms, OTHERS, "bare hops"),
        (bench.pipeline.latency_ms, OURS, "whole path"),
    ):
        times = (*latency.within, latency.longest)
        axes.step(times, range(1, len(times) + 1), where="post", color=colour, label=label, linewidth=2)
    axes.axvline(bench.wanted("p99"), color=TARGET, label="target of p99")
    axes.axhline(99, color=TARGET, linewidth=0.5, linestyle=":")
    axes.set(title="accepted to readable: of 100 stories", xlabel="within ms", xscale="log", ylim=(0, 101))
    axes.set_xlim(left=1)  # the outlet may be ahead of the sender's answer, and a log has no place for that
    axes.xaxis.set_major_formatter("{x:g}")
    axes.legend(loc="center left")
