"""Measure this machine: the pipeline beside its own ceiling, in one run.

The ceiling is the same number of hops with bare nats-py: the same payloads, fsync and batches, but nothing is worked
out. Machines differ and are noisy: read the ratio. With --strict it exits with 1 if a target is missed.
"""

from __future__ import annotations

from argparse import ArgumentParser

from dateline_operate.console.options import Output, count, output_arguments


class Options(Output, frozen=True, kw_only=True):
    """Options of ``bench``."""

    stories: int = 24_000
    seconds: int = 60
    per_second: int = 20
    model: bool = False
    strict: bool = False


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    output_arguments(parser)
    for name, default, told in (
        ("--stories", 24_000, "stories for the throughput"),
        ("--seconds", 60, "how long latency is measured"),
        ("--per-second", 20, "stories a second meanwhile"),
    ):
        parser.add_argument(name, metavar="N", type=count, default=default, help=f"{told} (default %(default)s)")
    parser.add_argument("--model", action="store_true", help="also with the model-based people finder, if installed")
    parser.add_argument("--strict", action="store_true", help="exit 1 if a target is missed")


def run(options: Options) -> int:
    """Measure. Raises Failure, KernelError."""
    from dateline_operate.bench import measure
    from dateline_operate.bench.report import render
    from dateline_operate.console.terminal import console, json_document

    figures = measure(options)
    if options.json:
        json_document(figures.as_dict(), pretty=True)
    else:
        console().print(render(figures))
    return 0 if figures.good or not options.strict else 1
