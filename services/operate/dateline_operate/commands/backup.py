"""Make a backup of everything that the message server keeps, while all goes on: a folder of its own below DIR.

It ends with the seal of the log, as `dateline verify` does, and with 1 if that is not whole, or has lost what the last
backup had. `dateline restore` puts a backup back. With --every it stays, and makes one whenever the newest has become
so old; one that fails is said, and tried again.
"""

from __future__ import annotations

import asyncio
import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dateline_operate.console.counting import counted
from dateline_operate.console.options import Connected, connected_arguments, count, length
from dateline_operate.console.running import run_to_end

if TYPE_CHECKING:
    from dateline_kernel.quickclient import QuickClient
    from dateline_operate.backup.backups import Backup
    from dateline_operate.health.verifying import Verified

ALL = 0
ONCE = 0
AGAIN = 600
"""Seconds after which a failed backup is tried again, with --every."""
LOOK = 60
"""Seconds between looks whether one is due: a machine that slept has missed the hour, and clocks are put right."""


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``backup``."""

    into: Path
    keep: int = ALL
    every: int = ONCE
    anew: bool = False


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("into", metavar="DIR", type=Path, help="where backups are, each in a folder of its own")
    connected_arguments(parser)
    parser.add_argument(
        "--keep", metavar="N", type=count, default=ALL, help="afterwards delete all but the newest N backups there"
    )
    parser.add_argument(
        "--every",
        metavar="TIME",
        type=length,
        default=ONCE,
        help="stay, and make one whenever the newest there is so old, e.g. 24h (90s, 15m, 7d)",
    )
    parser.add_argument(
        "--anew", action="store_true", help="do not ask for what the last backup had: the log was begun anew"
    )


def run(options: Options) -> int:
    """Make a backup; 1 if the log is not whole, and so the backup. Raises Failure, KernelError, OSError."""
    return run_to_end(_again_and_again(options) if options.every else _backup(options))


async def _again_and_again(options: Options) -> int:
    """Make backups until Ctrl-C. An error that was not foreseen ends it, so that whoever started it sees that."""
    from dateline_operate.backup.backups import due_in
    from dateline_operate.console.explaining import explain, failure_of

    while True:
        while (wait := due_in(options.into, options.every, datetime.now(UTC))) > 0:
            await asyncio.sleep(min(wait, LOOK))
        try:
            if await _backup(options) == 0:
                options = replace(options, anew=False)  # it was begun anew once: from now on there is a seal of it
        except Exception as error:
            if (failure := failure_of(error)) is None:
                raise
            explain(failure, as_json=options.json)
            await asyncio.sleep(min(options.every, AGAIN))


async def _backup(options: Options) -> int:
    from dateline_operate.backup.backingup import back_up, drop_older
    from dateline_operate.console.terminal import json_document, progress_bar, whole
    from dateline_operate.health.sealed import sealed
    from dateline_operate.link import connected_to

    began = time.monotonic()
    async with connected_to(options.url) as client:
        known = await sealed(client)
        if options.anew:
            known = replace(known, seal=None)
        with progress_bar() as progress:
            place, about, seen = await back_up(client, options.into, known, progress)
        known.tell()
        if seen.whole:
            await _note(client, about)
    dropped = drop_older(options.into, options.keep) if options.keep and seen.whole else []
    seconds = round(time.monotonic() - began, 3)
    if options.json:
        said = {"backup": str(place), **whole(about), "bytes": about.bytes, "whole": seen.whole}
        found = {"faults": whole(seen.faults), "accepted": whole(seen.accepted)}
        json_document({**said, **found, "dropped": [str(one) for one in dropped], "seconds": seconds})
    else:
        _show(place, about, seen, seconds)
    return 0 if seen.whole else 1


async def _note(client: QuickClient, about: Backup) -> None:
    """Have the server remember the backup. If the login may not do that, the backup is as good, and a note says so."""
    from dateline_kernel.errors import Unavailable
    from dateline_kernel.upkeep import BACKUP, LastBackup, note
    from dateline_operate.console.terminal import error_console

    try:
        await note(client, BACKUP, LastBackup(began=about.began, seal=about.seal))
    except Unavailable as error:
        said = f"the backup is made, but the server could not be told: {error}. DatelineBackupOld will go off."
        error_console().print(said, markup=False)


def _show(place: Path, about: Backup, seen: Verified, seconds: float) -> None:
    from rich.markup import escape

    from dateline_operate.console.terminal import console, table

    screen = console()
    sizes = ("messages", "up to", "kB")
    rows = table("stream", *sizes, title=f"Backup {escape(str(place))}", right=sizes)
    for one in about.streams:
        rows.add_row(one.name, f"{one.messages:,}", f"{one.last_seq:,}", f"{one.file_bytes / 1000:,.0f}")
    screen.print(rows)
    screen.print()
    verdict = "[green]the log is whole[/]"
    if seen.faults:
        wrong = f"[bold red]{counted(len(seen.faults), 'thing is', 'things are')} wrong with the log[/]"
        verdict = f"{wrong}: see `dateline verify`"
    if seen.accepted:
        verdict += f"; accepted: {len(seen.accepted):,}"
    screen.print(f"{about.bytes / 1e6:,.1f} MB in {seconds:.1f} s: {verdict}")
    screen.print(f"seal {about.seal}")
