"""Put a backup back: into a message server that has nothing of Dateline yet. Nothing is overwritten.

End the services first. The whole backup is compared with its digests before the server is filled; at the end you see
what came after the backup and is lost. If no server is named and no `dateline up` runs, one is started in the data
folder for as long as it takes.
"""

from __future__ import annotations

import shlex
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dateline_operate.console.options import DEFAULT_DATA, Connected, connected_arguments, count
from dateline_operate.console.running import run_to_end

if TYPE_CHECKING:
    from dateline_operate.backup.backups import Backup
    from dateline_operate.backup.restoring import Restored

AS_BEFORE = 0
ENDING = 120.0
"""Seconds that the server may take to write what it has in memory."""


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``restore``."""

    folder: Path
    dry_run: bool = False
    restart: bool = False
    short: bool = False
    replicas: int = AS_BEFORE


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("folder", metavar="BACKUP", type=Path, help="the folder that `dateline backup` made")
    connected_arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help="read the backup, see what is in the way, write nothing")
    parser.add_argument(
        "--restart", action="store_true", help="take away what a restore has left that was broken off, and begin anew"
    )
    parser.add_argument("--short", action="store_true", help="take a log that lacks messages which the backup had read")
    parser.add_argument(
        "--replicas",
        metavar="N",
        type=count,
        default=AS_BEFORE,
        help="keep everything on N servers of a cluster (default as many as before)",
    )


def run(options: Options) -> int:
    """Restore, after a check for damage and for streams in the way. Raises Failure, KernelError, OSError."""
    from dateline_operate.backup.restoring import read_backup
    from dateline_operate.console.terminal import progress_bar

    began = time.monotonic()
    with progress_bar() as progress:
        about = read_backup(options.folder, progress)
    if options.dry_run and not options.stated and not _store(options).exists():
        return _show(options, None, began)
    with _server(options) as url:
        restored = run_to_end(_restore(options, url, about))
    return _show(options, restored, began)


def _store(options: Options) -> Path:
    """The folder of the server's store, as ``up`` and an earlier restore use it."""
    return options.data / "nats" / "jetstream"


async def _restore(options: Options, url: str, about: Backup) -> Restored | None:
    """The result; None for a dry run."""
    from dateline_operate.backup.restoring import blocked, in_the_way, put_back
    from dateline_operate.console.terminal import progress_bar
    from dateline_operate.link import connected_to

    async with connected_to(url) as client:
        if options.dry_run:
            if there := await in_the_way(client, [one.name for one in about.streams]):
                raise blocked(there)
            return None
        with progress_bar() as progress:
            how = {"restart": options.restart, "short": options.short}
            return await put_back(client, options.folder, about, progress, **how, replicas=options.replicas)


@contextmanager
def _server(options: Options) -> Iterator[str]:
    """The server that is named or runs, else one in the data folder for the length of the block. Raises Failure."""
    from dateline_kernel.embedded import EmbeddedServer
    from dateline_operate.up.orphans import end_orphans
    from dateline_operate.up.upfile import only_one, read_up

    if options.stated or read_up(options.data) is not None:
        yield options.url
        return
    with only_one(options.data):
        folder = (options.data / "nats").resolve()
        end_orphans(folder)
        # Flushed once at its end: a flush for each message takes hours where there are millions.
        server = EmbeddedServer(folder, lazy=True)
        server.start()
        try:
            yield server.url
        finally:
            server.stop(within=ENDING)


def _show(options: Options, restored: Restored | None, began: float) -> int:
    from dateline_operate.console.terminal import clean, day_and_clock, json_document, whole

    seconds = round(time.monotonic() - began, 3)
    if options.json:
        nothing: dict[str, object] = {"ask_again": [], "read_on": [], "unbounded": [], "short": []}
        said = whole(restored) if restored else {"backup": None, **nothing}
        json_document({**said, "restored": restored is not None, "seconds": seconds})
        return 0
    if restored is None:
        print("the backup is whole, and nothing is in its way")
        return 0
    about = restored.backup
    messages = sum(one.messages for one in about.streams)
    print(
        f"{messages:,} messages in {len(about.streams)} streams, as of {day_and_clock(about.began)}, in {seconds:.1f} s"
    )
    print("What came later is lost. Tell the outlets, and what they do then: docs/outlets.md, After a restore.")
    if restored.ask_again:
        print(f"Ask these feeds to send it again: {clean(', '.join(restored.ask_again))}")
    if restored.read_on:
        print(
            f"These are read on from there, as far as their source still has it: {clean(', '.join(restored.read_on))}"
        )
    for lacking in restored.short:
        print(f"Damaged when the backup was made, and not in it: {lacking.messages:,} of {lacking.name}")
    for one in restored.unbounded:
        print(
            f"{one.name} may grow beyond its {one.max_bytes:,} bytes of before: the server has not so much room left."
        )
        print(f"Once it has: nats stream edit {one.name} --max-bytes={one.max_bytes}")
    print(f"See that the log is what it was: dateline verify{_where(options)} --seal {about.seal}")
    return 0


def _where(options: Options) -> str:
    """The options that name the same server again; a login in them is for who typed it."""
    from dateline_kernel.connection import shown

    if options.nats:
        return f" --nats {shlex.quote(shown(options.nats))}"
    return "" if options.stated or options.data == Path(DEFAULT_DATA) else f" --data {shlex.quote(str(options.data))}"
