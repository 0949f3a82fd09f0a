"""Measures the pipeline and its ceiling on this machine."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dateline_kernel.loop import run_loop
from dateline_operate.bench.alone import measure_alone
from dateline_operate.bench.ceiling import bare_hops
from dateline_operate.bench.pipeline import measure_pipeline, sizes_of_one
from dateline_operate.bench.report import Figures
from dateline_operate.terminal import errors

if TYPE_CHECKING:
    from dateline_operate.commands.bench import Options


def measure(options: Options) -> Figures:
    """Run everything, one after another. Raises Unavailable."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        return run_loop(_measure(options, Path(folder)))


async def _measure(options: Options, folder: Path) -> Figures:
    with errors().status("bench: what one story weighs on its way") as status:
        sizes = await sizes_of_one(folder / "sizes")
        status.update("bench: reading, crediting and analysing alone, on one core")
        alone = await asyncio.to_thread(measure_alone)
        status.update("bench: the pipeline, four services, every write fsynced; and the same hops with bare nats-py")
        async with bare_hops(folder / "bare", sizes) as bare:
            pipeline, ceiling = await measure_pipeline(folder / "rules", options, beside=bare.throughput)
            status.update("bench: how long a story takes through the bare hops")
            bare_latency = await bare.latency(options.per_second, round(options.per_second * options.seconds))
        model = None
        if options.model:
            status.update("bench: the pipeline with the model-based people finder")
            model, _ = await measure_pipeline(folder / "model", options, people="model")
    return Figures(
        options=options,
        sizes=sizes,
        alone=alone,
        ceiling=ceiling,
        bare_latency=bare_latency,
        pipeline=pipeline,
        model=model,
    )
