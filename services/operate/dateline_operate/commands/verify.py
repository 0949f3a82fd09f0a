"""Whether what was kept is whole: every event of the log, every original, every topic. All is read, nothing changed.

It ends with a seal, a number for all that the log says. Written down elsewhere it tells later whether anything of that
was changed (--seal), and where to begin the next time (--behind). Without --seal the log must be what the last backup
had, as the server remembers it. What nothing mends can be accepted (--accept): then only new damage fails.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from dateline_operate.console.counting import counted
from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_operate.console.options import Connected, connected_arguments, some_text
from dateline_operate.console.running import run_to_end

if TYPE_CHECKING:
    from dateline_operate.health.logcheck import Seal
    from dateline_operate.health.verifying import Verified

ONE_COPY = (
    "in a cluster one run reads the copy of one server: run it again, and accept nothing that only some runs show. "
    "That is damaged on one server, and not lost (docs/monitoring.md, After a crash)"
)
SHOWN = 50
"""Faults that people are shown one by one."""


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``verify``."""

    seal: str = ""
    behind: str = ""
    log_only: bool = False
    accept: bool = False
    by: str | None = None
    reason: str | None = None


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    connected_arguments(parser)
    parser.add_argument("--seal", metavar="SEAL", default="", help="the log up to there must be what it was then")
    parser.add_argument("--behind", metavar="SEAL", default="", help="trust the log up to there, and begin behind it")
    parser.add_argument("--log-only", action="store_true", help="leave out originals and topics")
    told = "from now on what is found is known damage, and no fault (not what topics lack: mend that)"
    parser.add_argument("--accept", action="store_true", help=told)
    parser.add_argument("--by", metavar="NAME", type=some_text, help="with --accept: who says so")
    parser.add_argument("--reason", metavar="TEXT", type=some_text, help="with --accept: why")


def run(options: Options) -> int:
    """Verify; 1 if something is wrong. Raises Failure, Unavailable."""
    from dateline_operate.health.logcheck import seal_of

    if options.accept != (options.by is not None) or options.accept != (options.reason is not None):
        raise Failure("--accept, --by and --reason go together.", code=2)
    if options.accept and (options.behind or options.seal):
        raise Failure("who accepts damage reads the log from its beginning.", "Leave out --behind and --seal.", code=2)
    behind = seal_of(options.behind) if options.behind else None
    sealed = seal_of(options.seal) if options.seal else None
    return run_to_end(_verify(options, behind, sealed))


async def _verify(options: Options, behind: Seal | None, sealed: Seal | None) -> int:
    from dateline_kernel.connection import is_of_cluster
    from dateline_kernel.errors import Unavailable
    from dateline_operate.console.terminal import json_document, progress_bar, whole
    from dateline_operate.health.accepting import accept
    from dateline_operate.health.logcheck import LogCheck
    from dateline_operate.health.sealed import sealed as remembered
    from dateline_operate.health.verifying import Verifier
    from dateline_operate.link import connected_to

    began = time.monotonic()
    async with connected_to(options.url) as client:
        known = await remembered(client)
        if options.accept and known.unknown:
            # The new seal would take the place of one that nothing was compared with.
            raise Unavailable(f"what the log must be is not told, so nothing is accepted: {known.unknown}")
        check = LogCheck(behind=behind, sealed=sealed or known.seal)
        verifier = Verifier(client, check, log_only=options.log_only)
        with progress_bar() as progress:
            found = await verifier.run(lambda at, last: progress("verifying", at, last))
        found.pass_over(known.accepted_beside(sealed))
        if found.faults and is_of_cluster(client):
            note(ONE_COPY)
        if options.by and options.reason:
            found.pass_over(await accept(client, found.faults, found.seal, by=options.by, reason=options.reason))
    if not sealed:
        known.tell()
    found.seconds = round(time.monotonic() - began, 3)
    if options.json:
        json_document({**whole(found), "whole": found.whole})
    else:
        _show(found)
    return 0 if found.whole else 1


def _show(found: Verified) -> None:
    from rich.markup import escape

    from dateline_operate.console.terminal import clean, console, table

    screen = console()
    known = [(one.fault, f"; {one.said}") for one in found.accepted]
    if found.faults or known:
        rows = table("wrong", "at", "story", "what", right=("at",))
        for fault, about in [*((fault, "") for fault in found.faults), *known][:SHOWN]:
            kind = fault.kind if about else f"[bold red]{fault.kind}[/]"
            rows.add_row(kind, f"{fault.seq:,}", fault.story_id, escape(clean(fault.said + about)))
        screen.print(rows)
        screen.print()
    wrong = f"[bold red]{counted(len(found.faults), 'thing is', 'things are')} wrong[/]"
    verdict = wrong if found.faults else "[green]all of it is whole[/]"
    if known:
        verdict += f"; accepted: {len(known):,}"
    screen.print(
        f"{found.events:,} events, {found.originals:,} originals, {found.topics:,} topics "
        f"in {found.seconds:.1f} s: {verdict}"
    )
    screen.print(f"seal {found.seal}")
