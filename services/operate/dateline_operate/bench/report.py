"""What was measured, as a table for people and an object for programs."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from operator import attrgetter
from statistics import harmonic_mean
from typing import TYPE_CHECKING, Any

from msgspec import Struct, to_builtins

from dateline_operate.bench.alone import Alone
from dateline_operate.bench.ceiling import Sizes
from dateline_operate.bench.latency import Latency
from dateline_operate.bench.pipeline import Measured

if TYPE_CHECKING:
    from dateline_operate.commands.bench import Options

RATIO = 0.4
P99_MS = 50.0
REPLAY = 10_000.0
CREDITED = 3_000.0


class Target(Struct, frozen=True):
    """A target, and what was reached."""

    name: str
    wanted: float
    reached: float
    at_least: bool

    @property
    def good(self) -> bool:
        """Whether the target was reached."""
        return self.reached >= self.wanted if self.at_least else self.reached <= self.wanted


class Figures(Struct, frozen=True, kw_only=True):
    """One run of the benchmark."""

    options: Options
    sizes: Sizes
    alone: Alone
    ceiling_turns: tuple[float, ...]
    """Stories a second through the bare hops, in each turn."""
    bare_latency: Latency
    pipeline: Measured
    model: Measured | None

    @property
    def ceiling(self) -> float:
        """Stories a second through the bare hops, over all turns."""
        return harmonic_mean(self.ceiling_turns)

    @property
    def ratio(self) -> float:
        """The pipeline's share of the ceiling."""
        return self.pipeline.stories_per_second / self.ceiling

    @property
    def targets(self) -> list[Target]:
        """What the pipeline is to reach with the rule-based people finder."""
        return [
            Target("share of the ceiling", RATIO, self.ratio, True),
            Target("p99 from accepted to readable, ms", P99_MS, self.pipeline.latency_ms.p99, False),
            Target("events a replay reads in a second", REPLAY, self.pipeline.replay_per_second, True),
            Target("stories credited in a second on one core", CREDITED, self.alone.credited, True),
        ]

    @property
    def good(self) -> bool:
        """Whether all targets hold."""
        return all(target.good for target in self.targets)

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            "machine": machine(),
            "stories": self.options.stories,
            "latency": {"seconds": self.options.seconds, "per_second": self.options.per_second},
            "sizes_bytes": to_builtins(self.sizes),
            "alone": to_builtins(self.alone),
            "ceiling_stories_per_second": self.ceiling,
            "ceiling_turns": self.ceiling_turns,
            "ceiling_latency_ms": to_builtins(self.bare_latency),
            "ratio": self.ratio,
            "pipeline": to_builtins(self.pipeline),
            "pipeline_with_model": to_builtins(self.model) if self.model else None,
            "targets": [{**to_builtins(target), "good": target.good} for target in self.targets],
        }


def machine() -> str:
    """Processor count and Python: what the figures depend on most."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def render(figures: Figures) -> str:
    """A table."""
    sizes = figures.sizes
    head = ("", "rules", "model" if figures.model else "")
    lines = [
        f"machine: {machine()}; 4 services + nats-server, every write fsynced; {figures.options.stories} stories",
        f"one story: {sizes.pushed} bytes pushed, events of {sizes.received}, {sizes.attributed}, {sizes.enriched} and "
        f"{sizes.released} bytes, {sizes.topics} topic messages of {sizes.topic} bytes",
        "",
        *(f"{label:<46}{first:>12}{second:>12}" for label, first, second in (head, *_rows(figures))),
        "",
        f"{'ceiling: bare nats-py, same hops, stories/s':<46}{figures.ceiling:>12,.0f}",
        f"{'  p50 accepted to readable, ms':<46}{figures.bare_latency.p50:>12.1f}",
        f"{'  p99 accepted to readable, ms':<46}{figures.bare_latency.p99:>12.1f}",
        *map(_against, figures.targets),
    ]
    return "\n".join(lines)


def _rows(figures: Figures) -> Iterator[tuple[str, str, str]]:
    """What is measured, with the rules and, where it was measured, with the model: (label, rules, model)."""
    columns = [figures.pipeline, *([figures.model] if figures.model else [])]
    for label, field, form in _FIELDS:
        yield _row(label, [form.format(attrgetter(field)(column)) for column in columns])
    for name in figures.pipeline.cpu_ms:
        cells = [f"{column.cpu_ms.get(name, 0.0):.2f}" for column in columns]
        yield _row(f"processor time a story, ms: {name}", cells)
    alone = figures.alone
    for label, rate in (("read", alone.read), ("credited", alone.credited), ("analysed", alone.analysed)):
        yield _row(f"alone on one core, {alone.words:.0f} words: {label}/s", [f"{rate:,.0f}"])


def _row(label: str, cells: list[str]) -> tuple[str, str, str]:
    return label, cells[0], cells[1] if len(cells) > 1 else ""


def _against(target: Target) -> str:
    asked = f"{'at least' if target.at_least else 'at most'} {target.wanted:,g}"
    return f"{target.name:<46}{target.reached:>12,.2f}   {asked}: {'reached' if target.good else 'MISSED'}"


_FIELDS = (
    ("stories/s, pushed until released", "stories_per_second", "{:,.0f}"),
    ("p50 accepted to readable, ms", "latency_ms.p50", "{:.1f}"),
    ("p99 accepted to readable, ms", "latency_ms.p99", "{:.1f}"),
    ("longest, ms", "latency_ms.longest", "{:.1f}"),
    ("replay: events read/s", "replay_per_second", "{:,.0f}"),
    ("replay: stories credited and enriched anew/s", "rules_per_second", "{:,.0f}"),
)
"""(label, member of ``Measured``, how it is written)"""
