"""Run the message server and all services on this machine, until Ctrl-C.

Each service is a process of its own and is started again when it ends. So is one that hangs: it has stopped answering
for a minute, or has had the same events in work for ten; its log and the status lines say so. Everything is kept in
the data folder: the streams (nats/), the logs of the services (logs/), and where they listen (up.json).
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dateline_operate.console.notes import note
from dateline_operate.console.options import DEFAULT_DATA, Output, data_argument, output_arguments, port
from dateline_schemas.flow import FLOW

if TYPE_CHECKING:
    from dateline_operate.up.board import Board
    from dateline_operate.up.stack import Plan, Stack

EVERY = 1.0
"""Seconds between looks at the services."""
LONG = 1_000_000_000
"""Bytes of stored messages from which on the server needs some seconds to look through them."""


class Options(Output, frozen=True, kw_only=True):
    """Options of ``up``."""

    data: Path = Path(DEFAULT_DATA)
    nats: str = ""
    nats_port: int = 4222
    port: int = 8080
    services: str = ""


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    output_arguments(parser)
    data_argument(parser)
    parser.add_argument("--nats", metavar="URL", default="", help="use this server instead of starting one")
    parser.add_argument(
        "--nats-port",
        metavar="N",
        type=port,
        default=4222,
        help="port of the server if it is free (default %(default)s)",
    )
    parser.add_argument(
        "--port", metavar="N", type=port, default=8080, help="port of ingest, 0: any (default %(default)s)"
    )
    names = ",".join(row.service for row in FLOW)
    parser.add_argument("--services", metavar="A,B", default="", help=f"only some of {names}")


def run(options: Options) -> int:
    """Run until SIGTERM, SIGINT or SIGHUP. Raises Failure, KernelError."""
    from dateline_kernel.connection import shown
    from dateline_kernel.errors import KernelError
    from dateline_operate.console.failure import Failure
    from dateline_operate.up.stack import Plan
    from dateline_operate.up.upfile import note_failure, only_one

    chosen = tuple(filter(None, (name.strip() for name in options.services.split(","))))
    plan = Plan(
        data=options.data,
        nats_url=options.nats,
        nats_port=options.nats_port,
        http_port=options.port,
        services=chosen or tuple(row.service for row in FLOW),
    )
    if (elsewhere := os.environ.get("DATELINE_NATS_URL")) and not options.nats:
        note(f"up starts a server of its own, and other commands here use {shown(elsewhere)} (DATELINE_NATS_URL)")
    with only_one(options.data):
        try:
            asyncio.run(_run(plan, options.json))
        except (Failure, KernelError, OSError) as why:
            note_failure(options.data, why)
            raise
    return 0


async def _run(plan: Plan, as_json: bool) -> None:
    from dateline_operate.up.board import Board
    from dateline_operate.up.stack import Stack

    stop, stack = asyncio.Event(), Stack(plan)

    def end() -> None:
        stop.set()
        stack.leave_off()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, end)
    with Board(stack, as_json=as_json) as board:
        if (kept := stack.kept) > LONG:
            board.say(f"nats-server looks through {kept / 1e9:.1f} GB of messages before it answers")
        try:
            await _start(stack, stop)
            if stack.lost is not None:
                board.say(f"{stack.lost}; {stack.lost.do}")
            await _watch(stack, board, stop)
            board.say("stopping")
        finally:
            await stack.stop()
        board.say("stopped")


async def _start(stack: Stack, stop: asyncio.Event) -> None:
    from dateline_kernel.errors import Unavailable

    try:
        await stack.start()
    except Unavailable:
        if not stop.is_set():
            raise


async def _watch(stack: Stack, board: Board, stop: asyncio.Event) -> None:
    import httpx

    async with httpx.AsyncClient(timeout=2.0) as http:
        looked = 0.0
        while not stop.is_set():
            await stack.tend()
            pause = EVERY if board.ready else 0.2
            if time.monotonic() - looked >= pause:
                looked = time.monotonic()
                board.show(await stack.look(http))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 0.2)
