"""Streams, consumers, quarantine and services at a glance; and below it what is wrong, and what to do about that.

Exit 1 if something urgent is wrong: a service that is not ready or takes nothing, a full disk, a missing stream, a log
that has lost events, a kill that an outlet has not taken for two minutes, or something that cannot be looked at.
"""

from __future__ import annotations

import asyncio
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline_operate.console.notes import note
from dateline_operate.console.options import Connected, amount, connected_arguments
from dateline_operate.console.running import run_to_end

if TYPE_CHECKING:
    import httpx

    from dateline_kernel.quickclient import QuickClient
    from dateline_operate.health.overview import Overview
    from dateline_operate.health.troubles import Trouble
    from dateline_operate.outlets.killed import Kills


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``status``."""

    watch: bool = False
    wait: float = 0.0


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    connected_arguments(parser)
    parser.add_argument("--watch", action="store_true", help="look again every second until Ctrl-C")
    parser.add_argument(
        "--wait",
        metavar="S",
        type=amount,
        default=0.0,
        help="wait so many seconds for all services to be ready; exit 1 only if they are not",
    )


def run(options: Options) -> int:
    """Show the state; 1 if something urgent is wrong, or --wait waited in vain. Raises Failure, Unavailable."""
    return run_to_end(_status(options))


async def _status(options: Options) -> int:
    import httpx

    from dateline_kernel.errors import Unavailable, words
    from dateline_operate.health.troubles import KILLS
    from dateline_operate.leaders import CHOOSING
    from dateline_operate.link import PATIENCE, connected_to
    from dateline_operate.outlets.killed import Kills

    deadline = time.monotonic() + options.wait
    if options.wait and not options.stated:
        await _until_up(options, deadline)
    within, choosing = max(PATIENCE, deadline - time.monotonic()), options.wait or CHOOSING
    async with (
        connected_to(options.url, within, choosing=choosing) as client,
        httpx.AsyncClient(timeout=2.0) as http,
    ):
        kills = Kills(client, datetime.now(UTC) - KILLS)
        while options.watch:
            try:
                await _looked(client, http, kills, options, deadline)
            except Unavailable as error:  # what is watched may be how it goes away and comes back
                note(f"{time.strftime('%H:%M:%S')} {words(error)}; looking again")
            await asyncio.sleep(1.0)
        return await _looked(client, http, kills, options, deadline)


async def _looked(client: QuickClient, http: httpx.AsyncClient, kills: Kills, options: Options, deadline: float) -> int:
    """Show the state; the exit code. Raises Unavailable."""
    seen = await _seen(client, http, options, deadline)
    troubles = await _troubles(client, seen, kills, options)
    _show(seen, troubles, options)
    wrong = not seen.ready if options.wait else any(one.urgent for one in troubles)
    return 1 if seen.missing or wrong else 0


async def _seen(client: QuickClient, http: httpx.AsyncClient, options: Options, deadline: float) -> Overview:
    """The state, as soon as all is ready, or else as it is at the deadline. Raises Unavailable."""
    from dateline_kernel.errors import Unavailable
    from dateline_operate.health.overview import overview

    while True:
        late = time.monotonic() >= deadline
        try:
            seen = await overview(client, http, options.data)
        except Unavailable:  # a server that starts, or is busy, is one that is not ready
            if late:
                raise
        else:
            if late or seen.ready:
                return seen
        await asyncio.sleep(0.1)


async def _until_up(options: Options, deadline: float) -> None:
    from dateline_operate.up.upfile import nothing_runs, read_up

    while read_up(options.data) is None:
        if time.monotonic() > deadline:
            raise nothing_runs(options.data, "Start it, or name its folder with --data.")
        await asyncio.sleep(0.1)


async def _troubles(client: QuickClient, seen: Overview, kills: Kills, options: Options) -> list[Trouble]:
    from dateline_operate.health.looking import seen_with
    from dateline_operate.health.troubles import troubles_of
    from dateline_operate.up.room import free_bytes
    from dateline_operate.up.upfile import read_up

    up = None if options.stated else read_up(options.data)
    free = free_bytes(options.data) if up is not None and up.nats_pid is not None else None
    return troubles_of(await seen_with(client, seen, kills, options.data, free))


def _show(seen: Overview, troubles: Sequence[Trouble], options: Options) -> None:
    from dateline_operate.console.terminal import console, json_document, whole
    from dateline_operate.health.overview import tables
    from dateline_operate.health.troubles import trouble_table

    if options.json:
        json_document({**whole(seen), "ready": seen.ready, "troubles": whole(list(troubles))})
        return
    screen = console()
    if options.watch and screen.is_terminal:
        screen.clear()
    for table in tables(seen):
        screen.print(table)
        screen.print()
    screen.print(trouble_table(troubles) if troubles else "nothing is wrong that can be seen from here")
