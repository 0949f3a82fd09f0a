"""What was refused, with the reason: look at it, try it again under the rules of today, or drop it for good."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note, shown
from dateline_operate.console.options import Connected, connected_arguments, count
from dateline_operate.console.running import run_to_end

if TYPE_CHECKING:
    from dateline_kernel.quarantine import Quarantine
    from dateline_kernel.quickclient import QuickClient
    from dateline_operate.quarantine.piles import Which
    from dateline_schemas.quarantine import Kept

FIRST_LINES = 12
LINE = 160
LAST = 50
"""Things that ``ls`` shows one by one."""


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``quarantine``."""

    action: str
    number: int = 0
    all: bool = False
    original: bool = False
    service: str = ""
    feed: str = ""
    error: str = ""
    since: str = ""
    last: int = 0
    dry_run: bool = False

    @property
    def which(self) -> Which:
        """The selection by the options, if no number is given. Raises Failure."""
        from dateline_operate.console.moments import moment_of
        from dateline_operate.quarantine.piles import Which

        since = moment_of(self.since, datetime.now(UTC)) if self.since else None
        return Which(service=self.service, feed=self.feed, error=self.error, since=since)


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("ls", help="show what stands in quarantine; of much, what it has in common first")
    listing.add_argument("--last", metavar="N", type=count, default=0, help=f"the newest N one by one (else {LAST})")
    show = actions.add_parser("show", help="show one thing with its reason")
    show.add_argument("--original", action="store_true", help="write the bytes as they came to standard output")
    retry = actions.add_parser("retry", help="try it again; what succeeds is dropped, what fails is kept")
    drop = actions.add_parser("drop", help="take it out for good; the original bytes stay")
    show.add_argument("number", metavar="N", type=count)
    for sub in (retry, drop):
        sub.add_argument("number", metavar="N", type=count, nargs="?", default=0)
        sub.add_argument("--all", action="store_true", help="everything, oldest first")
    drop.add_argument("--dry-run", action="store_true", help="show what would be taken out, and drop nothing")
    for sub in (listing, retry, drop):
        sub.add_argument("--service", metavar="S", type=str.lower, default="", help="only what this service refused")
        sub.add_argument("--feed", metavar="F", type=str.lower, default="", help="only what came by this feed")
        sub.add_argument("--error", metavar="E", default="", help="only this kind of failure, e.g. Unparseable")
        sub.add_argument("--since", metavar="T|N", default="", help="only from this number or time on, or 2h ago")
    for sub in (listing, show, retry, drop):
        connected_arguments(sub)


def run(options: Options) -> int:
    """Do it; 1 if something that was tried again failed. Raises Failure, NotQuarantined, Unavailable."""
    if options.action in ("retry", "drop") and bool(options.number) == (options.all or not options.which.empty):
        raise Failure("say which: a number, or --all, or what they have in common (--feed, --error...).", code=2)
    return run_to_end(_quarantine(options))


async def _quarantine(options: Options) -> int:
    from dateline_kernel.quarantine import Quarantine
    from dateline_operate.link import connected_to

    async with connected_to(options.url) as client:
        kept = Quarantine(client)
        if options.action == "ls" or options.dry_run:
            await _list(kept, options)
        elif options.action == "show":
            await _show(client, await kept.get(options.number), options)
        else:
            return await each(client, kept, options)
    return 0


async def _chosen(kept: Quarantine, which: Which) -> AsyncIterator[Kept]:
    async for one in kept.all(which.service):
        if which.takes(one):
            yield one


async def _list(kept: Quarantine, options: Options) -> None:
    from dateline_operate.console.terminal import console, json_line
    from dateline_operate.quarantine.kept import as_object, pile_table, thing_table
    from dateline_operate.quarantine.piles import piles

    number = options.number  # of a drop that is only tried
    found = [await kept.get(number)] if number else [one async for one in _chosen(kept, options.which)]
    if options.json:
        for one in found[-options.last :]:  # all of them, if it does not say how many
            json_line(as_object(one))
        return
    screen, newest = console(), found[-(options.last or LAST) :]
    if not found:
        screen.print(_nothing(options))
    if len(newest) < len(found):
        screen.print(pile_table(piles(found)))
        screen.print(f"\n{len(found):,} things; the newest {len(newest):,} of them:\n")
    if found:
        screen.print(thing_table(newest))


async def _show(client: QuickClient, one: Kept, options: Options) -> None:
    from dateline_kernel.originals import OriginalMissing, Originals
    from dateline_operate.console.terminal import console, json_document
    from dateline_operate.quarantine.kept import as_object, describe

    what = one.what
    original = b""
    if what.original:
        try:
            original = await Originals(client).get(what.original)
        except OriginalMissing as error:
            if options.original:
                raise
            note(str(error))
    if options.original:
        sys.stdout.buffer.write(original or what.event)
    elif options.json:
        json_document(as_object(one) | {"original_starts": _start_of(original)})
    else:
        screen = console()
        for line in (*describe(one), *(["", *_start_of(original)] if original else [])):
            screen.print(shown(line), markup=False)


def _start_of(data: bytes) -> list[str]:
    """The first lines, made safe for a terminal."""
    lines = data[: FIRST_LINES * LINE * 4].decode("utf-8", "replace").splitlines()[:FIRST_LINES]
    return [
        "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)[:LINE] for line in lines
    ]


async def each(client: QuickClient, kept: Quarantine, options: Options) -> int:
    """Retry or drop each selected thing; the exit code. Raises NotQuarantined, Unavailable."""
    from dateline_kernel.quarantine import NotQuarantined
    from dateline_operate.console.terminal import progress
    from dateline_operate.quarantine.retrying import Again

    again = Again(client, options.url)
    # What is refused again stands there still: the numbers are looked up first, so that this comes to an end.
    numbers = [options.number] if options.number else [one.seq async for one in _chosen(kept, options.which)]
    if not numbers and not options.json:
        print(_nothing(options))
    failed = 0
    with progress(hidden=len(numbers) == 1) as bar:
        for number in bar.track(numbers, description=options.action):
            try:
                if options.action == "drop":
                    await kept.drop(number)
                    _tell(options, number, True, "dropped")
                else:
                    verdict = await again.take(await kept.get(number))
                    failed += not verdict.done
                    _tell(options, number, verdict.done, verdict.said)
            except NotQuarantined:
                if options.number:
                    raise
                _tell(options, number, True, "gone: somebody else tried it again or dropped it meanwhile")
    return 1 if failed else 0


def _nothing(options: Options) -> str:
    return "nothing stands in quarantine" if options.which.empty else "nothing of that kind stands in quarantine"


def _tell(options: Options, number: int, done: bool, said: str) -> None:
    from dateline_operate.console.terminal import clean, json_line

    if options.json:
        json_line({"number": number, "done": done, "said": said})
    else:
        print(f"{number}: {clean(said)}", file=sys.stdout if done else sys.stderr)
