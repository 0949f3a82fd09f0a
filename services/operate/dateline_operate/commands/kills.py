"""Which outlets have taken which kill: taken is what the outlet acknowledged.

It knows this of outlets that read under a name of their own, acknowledge, and were reading when the kill came. An
outlet that has not taken a kill may still run the story: call it.
"""

from __future__ import annotations

import asyncio
import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_operate.console.options import Connected, amount, checked_story, connected_arguments
from dateline_operate.console.running import run_to_end

if TYPE_CHECKING:
    from dateline_kernel.consumers import Untold
    from dateline_kernel.quickclient import QuickClient
    from dateline_operate.outlets.killed import Killed


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``kills``."""

    id: str = ""
    since: str = "7d"
    outlet: str = ""
    open: bool = False
    wait: float = 0.0


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("id", nargs="?", default="", metavar="ID", help="of this story only")
    connected_arguments(parser)
    parser.add_argument(
        "--since", metavar="T|N", default="7d", help="kills from this number or time on, or 2h ago (default 7d)"
    )
    parser.add_argument("--outlet", metavar="NAME", default="", help="only for this outlet")
    parser.add_argument("--open", action="store_true", help="only those that an outlet has not taken")
    parser.add_argument(
        "--wait", metavar="S", type=amount, default=0.0, help="wait so many seconds for all of them to be taken"
    )


def run(options: Options) -> int:
    """Show them; 1 if an outlet has not taken one, or the story has none. Raises Failure, Unavailable."""
    return run_to_end(_kills(options, checked_story(options.id) if options.id else ""))


async def _kills(options: Options, story: str) -> int:
    from dateline_operate.leaders import CHOOSING
    from dateline_operate.link import connected_to
    from dateline_operate.outlets.killed import headlined

    deadline = time.monotonic() + options.wait
    async with connected_to(options.url, choosing=options.wait or CHOOSING) as client:
        killed, untold = await _taken_or_late(client, options, story, deadline)
        if story and not killed:
            raise Failure(
                f"the log has no kill of story {story} (--since {options.since}).",
                "`dateline story ID` shows what happened to it; an older kill is found with --since.",
            )
        for why in filter(None, (one.unread for one in killed)):
            note(f"{why}; of this kill the story is known, and where that was taken back")
        shown = await headlined(client, [one for one in killed if one.open or not options.open])
        _show(shown, options, whole_truth=untold is None)
        if untold is not None:
            raise untold
    return 1 if any(one.open for one in killed) else 0


async def _taken_or_late(
    client: QuickClient, options: Options, story: str, deadline: float
) -> tuple[list[Killed], Untold | None]:
    """The kills, as soon as all are taken, or else as they are at the deadline; and of whom that is not told."""
    from dateline_kernel.errors import Unavailable
    from dateline_operate.console.moments import moment_of
    from dateline_operate.outlets.killed import Kills

    since = moment_of(options.since, datetime.now(UTC))
    kills = Kills(client, since, story=story, outlet=options.outlet)
    while True:
        late = time.monotonic() >= deadline
        try:
            killed = await kills.look()
        except Unavailable:  # a server that starts again, or is busy, tells it later
            if late:
                raise
        else:
            there = bool(killed) or not story  # the kill of one story may still be on its way
            if late or (there and kills.untold is None and not any(one.open for one in killed)):
                return killed, kills.untold
        await asyncio.sleep(0.2)


def _show(killed: list[Killed], options: Options, *, whole_truth: bool) -> None:
    from dateline_operate.console.terminal import console, json_line, whole
    from dateline_operate.outlets.tables import kill_table, summary

    if options.json:
        for one in killed:
            json_line({**whole(one), "open": one.open})
    elif killed:
        console().print(kill_table(killed, datetime.now(UTC)))
        print(f"\n{summary(killed)}")
    elif whole_truth or not options.open:
        taken = "every outlet has taken every kill" if options.open else "the log has no kill"
        print(f"{taken} (--since {options.since})")
