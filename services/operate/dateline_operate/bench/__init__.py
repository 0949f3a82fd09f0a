"""Measures the pipeline and its ceiling on this machine."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import Progress

from dateline_kernel.loop import run_loop
from dateline_operate.bench.alone import measure_alone
from dateline_operate.bench.ceiling import bare_hops
from dateline_operate.bench.pipeline import LATENCY_PARTS, PARTS, measure_pipeline, sizes_of_one
from dateline_operate.bench.report import Figures
from dateline_operate.console.terminal import error_console

if TYPE_CHECKING:
    from dateline_operate.commands.bench import Options


def measure(options: Options) -> Figures:
    """Run everything, one after another. Raises Unavailable."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        return run_loop(_measure(options, Path(folder)))


async def _measure(options: Options, folder: Path) -> Figures:
    screen = error_console()
    # Drawn seldom, since it runs on the processors of what is measured.
    with Progress(console=screen, transient=True, disable=not screen.is_terminal, refresh_per_second=1) as bar:
        task = bar.add_task("bench", total=PARTS * (1 + options.model) + LATENCY_PARTS + 2)

        def step(what: str, parts: float = 0.0) -> None:
            bar.update(task, description=f"bench: {what}", advance=parts)

        model = None
        if options.model:  # first: where its packages are missing that is said before anything else was measured
            model, _ = await measure_pipeline(folder / "model", options, step, people="model")
        step("what one story weighs on its way")
        sizes = await sizes_of_one(folder / "sizes")
        step("reading, crediting and analysing alone, on one core", 1)
        alone = await asyncio.to_thread(measure_alone)
        step("the pipeline", 1)
        async with bare_hops(folder / "bare", sizes) as bare:
            count = round(options.per_second * options.seconds)
            step("how long a story takes through the bare hops")
            bare_latency = await bare.latency(
                options.per_second, count, lambda: step(f"{count} stories through the bare hops", LATENCY_PARTS / count)
            )
            pipeline, ceiling = await measure_pipeline(folder / "rules", options, step, beside=bare.throughput)
    return Figures(
        options=options,
        sizes=sizes,
        alone=alone,
        ceiling_turns=ceiling,
        bare_latency=bare_latency,
        pipeline=pipeline,
        model=model,
    )
