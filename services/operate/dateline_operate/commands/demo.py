"""Run everything once with sample stories, and show what comes out the other end and why.

Starts a message server and the four services in a temporary folder, hands the samples in one by one, waits
until each is on its topics, and stops everything again.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from dateline_operate.console.options import Output, output_arguments

if TYPE_CHECKING:
    from dateline_operate.up.stack import Stack
    from dateline_operate.watching.demoing import Shown

READY_WITHIN = 60.0


class Options(Output, frozen=True, kw_only=True):
    """Options of ``demo``."""

    data: Path | None = None


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    output_arguments(parser)
    parser.add_argument("--data", metavar="DIR", type=Path, default=None, help="keep everything in this folder")


def run(options: Options) -> int:
    """Show the demo; 0 if every sample came out, 130 if it was ended before. Raises Failure, KernelError."""
    try:
        if options.data is not None:
            return asyncio.run(_demo(options, options.data))
        with tempfile.TemporaryDirectory(prefix="dateline-demo-") as folder:
            return asyncio.run(_demo(options, Path(folder)))
    except asyncio.CancelledError:  # by SIGTERM or SIGHUP; everything that was started is stopped
        return 130


async def _demo(options: Options, data: Path) -> int:
    from dateline_operate.console.terminal import console, json_document, whole
    from dateline_operate.sending.samples import samples
    from dateline_operate.up.stack import Plan, Stack
    from dateline_operate.up.upfile import only_one
    from dateline_operate.watching.demoing import page, show_samples

    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    files = samples()
    screen = console()
    began = time.monotonic()
    shown: list[Shown] = []
    with only_one(data):
        stack = Stack(Plan(data=data))
        try:
            if not options.json:
                screen.print("starting a message server and four services ...")
            await _start(stack)
            ready = time.monotonic() - began
            if not options.json:
                screen.print(f"ready after {ready:.1f} s, handing in {len(files)} messages\n")
            async for one in show_samples(stack, files):
                shown.append(one)
                if not options.json:
                    screen.print(page(one))
        finally:
            await stack.stop()
    seconds = round(time.monotonic() - began, 1)
    if options.json:
        json_document({"stories": whole(shown), "ready_seconds": round(ready, 1), "seconds": seconds})
    else:
        out = sum(one.outcome == "released" for one in shown)
        screen.print(f"{len(shown)} stories, {out} released, all in {seconds} s; everything is stopped again.\n")
        screen.print(what_next(Path(sys.executable).parent))
    return 0 if shown and all(not one.problem for one in shown) else 1


async def _start(stack: Stack) -> None:
    import httpx

    await stack.start()
    async with httpx.AsyncClient(timeout=2.0) as http:
        await stack.ready(http, READY_WITHIN)


def what_next(scripts: Path) -> str:
    """What to try next, with the line that puts ``dateline`` on the PATH where it is not there yet."""
    return "Try next:\n" + ("" if which("dateline") else f"  export PATH={scripts}:$PATH\n") + _COMMANDS


_COMMANDS = """\
  dateline up                    run it, until Ctrl-C
  dateline push deploy/samples   hand the same stories in (in another terminal)
  dateline tail --from beginning see what outlets see
  dateline story ID              everything that happened to one of them
  dateline attribute FILE        whose copy is it, and how do we know?"""
