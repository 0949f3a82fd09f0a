"""What a service would say to past events under the rules that are installed here, compared with what it said.

The service's pure function is called again with each event in the range. Differences in what is claimed are counted
apart from differences in the evidence alone, which outlets do not see. Without --dry-run, what differs is appended:
the services behind it hear it, but nothing is released a second time. For publish, which decides from a story's state,
a replay only tells what would have been decided from the events before each one.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline_operate.console.failure import Failure
from dateline_operate.console.options import Connected, connected_arguments, count_or_zero
from dateline_operate.console.running import run_to_end
from dateline_schemas.flow import FLOW

if TYPE_CHECKING:
    from dateline_kernel.journal import Journal
    from dateline_kernel.quickclient import QuickClient
    from dateline_kernel.service import Service
    from dateline_operate.replay.comparing import Tally
    from dateline_operate.replay.rerun import Rerun
    from dateline_schemas.events import Event, Recorded

HEARING = tuple(row.service for row in FLOW if row.hears)


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``replay``."""

    service: str
    start: str
    end: str = ""
    dry_run: bool = False
    examples: int = 5
    rules: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    diff: bool = False


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    connected_arguments(parser)
    parser.add_argument(
        "--service", required=True, type=str.lower, choices=HEARING, help="whose reaction to call again"
    )
    parser.add_argument("--from", dest="start", metavar="T|SEQ", required=True, help="a sequence, a time, or 2h ago")
    parser.add_argument("--to", dest="end", metavar="T|SEQ", default="", help="the same (default: the newest event)")
    for name in ("rules", "agencies"):
        parser.add_argument(
            f"--{name}",
            metavar="FILE",
            action="append",
            default=[],
            help=f"for attribution: a file in the form of {name}.toml, beside the installed tables; may be repeated",
        )
    parser.add_argument("--diff", action="store_true", help="for attribution: what would change, by agency")
    parser.add_argument("--dry-run", action="store_true", help="compare only, append nothing")
    parser.add_argument(
        "--examples", metavar="N", type=count_or_zero, default=5, help="differences to show (default %(default)s)"
    )


def run(options: Options) -> int:
    """Replay; 1 if the service could not deal with some event. Raises Failure, KernelError."""
    import os

    from dateline_kernel.installed import build_service

    # Outside the loop, since tables take seconds to read, in which Ctrl-C would have to wait for the loop's turn.
    service = build_service(options.service, {**os.environ, **_house(options), "DATELINE_NATS_URL": options.url})
    return run_to_end(_replay(options, service))


async def _replay(options: Options, service: Service) -> int:
    from dateline_operate.console.terminal import json_document, whole
    from dateline_operate.link import connected_to
    from dateline_operate.replay.comparing import Tally
    from dateline_operate.replay.differences import in_order
    from dateline_operate.replay.report import show, show_credits
    from dateline_operate.replay.rerun import holds_state

    dry = options.dry_run or holds_state(service)
    tally = Tally(service=service.name, rules=service.rules, dry_run=dry)
    began = time.monotonic()
    async with connected_to(options.url) as client:
        await replay_range(client, service, tally, options)
    tally.seconds = round(time.monotonic() - began, 3)
    tally.credits, tally.fields = tally.credits.sorted(), in_order(tally.fields)
    if options.json:
        json_document({**whole(tally), "differ": tally.differ})
    else:
        show(tally, told_to_append=not options.dry_run and holds_state(service))
        if options.diff:
            show_credits(tally.credits)
    return 1 if tally.failed else 0


def _house(options: Options) -> dict[str, str]:
    """The settings that make attribution use other tables. Raises Failure where the service has none."""
    files = {"DATELINE_RULES_FILE": options.rules, "DATELINE_AGENCIES_FILE": options.agencies}
    if any(files.values()) and options.service != "attribution":
        raise Failure("--rules and --agencies are tables of attribution's.", "Say --service attribution.", code=2)
    if options.diff and options.service != "attribution":
        raise Failure("--diff tells how credits would change.", "Say --service attribution.", code=2)
    if any("," in path for paths in files.values() for path in paths):
        raise Failure("a table's path cannot have a comma in it.", code=2)
    return {name: ",".join(paths) for name, paths in files.items() if paths}


async def replay_range(client: QuickClient, service: Service, tally: Tally, options: Options) -> None:
    """Replay the range, counting into ``tally``; appends what differs unless that says dry run. Raises KernelError,
    Failure where the server is gone.
    """
    from dateline_kernel.journal import Journal
    from dateline_operate.console.moments import moment_of
    from dateline_operate.replay.rerun import Rerun

    now = datetime.now(UTC)
    start = 1 if options.start == "beginning" else moment_of(options.start, now)
    end = moment_of(options.end, now) if options.end else None
    if _before(end, start):
        raise Failure(f"--to {options.end} lies before --from {options.start}.", code=2)
    journal = Journal(client, service.name)
    await _within(journal, start, now, options.start)
    with _progress(tally) as progress:
        await _replay_events(Rerun(journal, service, tally, options.examples), start, end, options.start, progress)
    for follower in service.followers:
        await follower.end()
    await journal.close()


async def _replay_events(
    rerun: Rerun, start: int | datetime, end: int | datetime | None, said: str, progress: Callable[[int, int], None]
) -> None:
    """Replay event after event, some at a time. Raises Failure that says from where to repeat it: ``said`` at first."""
    from dateline_kernel.errors import Unavailable
    from dateline_kernel.losses import Unread
    from dateline_operate.replay.comparing import Compared
    from dateline_operate.replay.rerun import TOGETHER

    tally = rerun.tally
    waiting: list[Recorded[Event]] = []
    goes_on = said

    kinds = rerun.service.hears
    try:
        async for heard in rerun.journal.read(start, end, kinds=kinds, progress=progress, whole=False):
            if isinstance(heard.event, Unread):
                tally.count(Compared(failure=heard.event.why), rerun.examples)
                continue
            waiting.append(heard)
            if len(waiting) == TOGETHER:
                await rerun.some(waiting)
                goes_on, waiting = str(heard.seq + 1), []
        await rerun.some(waiting)
    except Unavailable as error:
        done = f"{tally.looked_at:,} events were looked at, {tally.appended:,} answers appended"
        raise Failure(f"{error}: {done}.", f"Replay again --from {goes_on}.", code=3) from error


@contextmanager
def _progress(tally: Tally) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for a block: call it with how far the replay has read, and up to where."""
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn

    from dateline_operate.console.terminal import progress

    rate = TextColumn("{task.fields[rate]} events/s")
    columns = (TextColumn("{task.description}"), BarColumn(), rate, TimeRemainingColumn())
    with progress(*columns) as bar:
        task = bar.add_task(f"replaying {tally.service}", total=None, rate="0")
        began = time.monotonic()

        def told(at: int, last: int) -> None:
            rate = tally.looked_at / max(0.001, time.monotonic() - began)
            bar.update(task, completed=at, total=last, rate=f"{rate:,.0f}")

        yield told


async def _within(journal: Journal, start: int | datetime, now: datetime, said: str) -> None:
    """Raises Failure where a range begins after the end of the log: finding no difference there would mean nothing."""
    if isinstance(start, datetime):
        if start > now:
            raise Failure(f"--from {said} lies in the future.", code=2)
    elif start > (last := await journal.last_sequence()) + 1:
        raise Failure(f"--from {said} lies behind the end of the log, event {last}.", code=2)


def _before(one: int | datetime | None, other: int | datetime) -> bool:
    """Whether one place of the log is before another; False for a sequence and a time, which cannot be compared."""
    if isinstance(one, int) and isinstance(other, int):
        return one < other
    return isinstance(one, datetime) and isinstance(other, datetime) and one < other
