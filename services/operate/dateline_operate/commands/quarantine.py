"""What was refused, with the reason: look at it, try it again under the rules of today, or drop it for good."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from dateline_operate.failure import Failure
from dateline_operate.options import Connected, connected_arguments, count
from dateline_operate.running import run_to_end

if TYPE_CHECKING:
    from dateline_kernel.quarantine import Quarantine
    from dateline_kernel.quickclient import QuickClient
    from dateline_schemas.quarantine import Kept

FIRST_LINES = 12
LINE = 160


class Options(Connected, frozen=True, kw_only=True):
    """What ``quarantine`` can be told."""

    action: str
    number: int = 0
    all: bool = False
    original: bool = False
    service: str = ""


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("ls", help="show what stands in quarantine")
    listing.add_argument("--service", metavar="S", default="", help="only what this service refused")
    show = actions.add_parser("show", help="show one thing with its reason")
    show.add_argument("--original", action="store_true", help="write the bytes as they came to standard output")
    retry = actions.add_parser("retry", help="try it again; what succeeds is dropped, what fails is kept")
    retry.add_argument("--all", action="store_true", help="try everything again, oldest first")
    drop = actions.add_parser("drop", help="take it out for good; the original bytes stay")
    for sub in (show, drop):
        sub.add_argument("number", metavar="N", type=count)
    retry.add_argument("number", metavar="N", type=count, nargs="?", default=0)
    for sub in (listing, show, retry, drop):
        connected_arguments(sub)


def run(options: Options) -> int:
    """Do it; 1 if something that was tried again failed. Raises Failure, NotQuarantined, Unavailable."""
    if options.action == "retry" and bool(options.number) == options.all:
        raise Failure("say which to try again: a number, or --all.", code=2)
    return run_to_end(_quarantine(options))


async def _quarantine(options: Options) -> int:
    from dateline_kernel.quarantine import Quarantine
    from dateline_operate.link import connected_to

    async with connected_to(options.url) as client:
        kept = Quarantine(client)
        if options.action == "ls":
            _list([one async for one in kept.all(options.service)], options.json)
        elif options.action == "show":
            await _show(client, await kept.get(options.number), options)
        elif options.action == "drop":
            await kept.drop(options.number)
            _said(options, options.number, True, "dropped")
        else:
            return await _retry(client, kept, options)
    return 0


def _list(found: list[Kept], as_json: bool) -> None:
    from rich.markup import escape

    from dateline_operate.kept import as_object
    from dateline_operate.terminal import clean, console, json_line, table

    if as_json:
        for one in found:
            json_line(as_object(one))
        return
    rows = table("number", "since", "service", "what", "reason")
    for one in found:
        what = one.what.story_id if one.what.kind == "event" else f"input from {one.what.feed}"
        since = f"{one.recorded.astimezone():%Y-%m-%d %H:%M:%S}"
        rows.add_row(str(one.seq), since, one.what.service, escape(what), escape(clean(one.what.reason)[:200]))
    console().print(rows if found else "nothing stands in quarantine")


async def _show(client: QuickClient, one: Kept, options: Options) -> None:
    from dateline_kernel.originals import OriginalMissing, Originals
    from dateline_operate.kept import as_object, describe
    from dateline_operate.terminal import console, json_document

    what = one.what
    original = b""
    if what.original:
        try:
            original = await Originals(client).get(what.original)
        except OriginalMissing as error:
            if options.original:
                raise
            print(f"dateline: {error}", file=sys.stderr)
    if options.original:
        sys.stdout.buffer.write(original or what.event)
    elif options.json:
        json_document(as_object(one) | {"original_starts": _start_of(original)})
    else:
        screen = console()
        for line in (*describe(one), *(["", *_start_of(original)] if original else [])):
            screen.print(line, markup=False)


def _start_of(data: bytes) -> list[str]:
    """The first lines, fit for a terminal."""
    lines = data[: FIRST_LINES * LINE * 4].decode("utf-8", "replace").splitlines()[:FIRST_LINES]
    return [
        "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)[:LINE] for line in lines
    ]


async def _retry(client: QuickClient, quarantine: Quarantine, options: Options) -> int:
    from dateline_operate.retrying import Again

    again = Again(client, options.url)
    failed = 0
    todo = [one async for one in quarantine.all()] if options.all else [await quarantine.get(options.number)]
    for one in todo:
        verdict = await again.take(one)
        failed += not verdict.done
        _said(options, one.seq, verdict.done, verdict.said)
    if not todo and not options.json:
        print("nothing stands in quarantine")
    return 1 if failed else 0


def _said(options: Options, number: int, done: bool, said: str) -> None:
    from dateline_operate.terminal import clean, json_line

    if options.json:
        json_line({"number": number, "done": done, "said": said})
    else:
        print(f"{number}: {clean(said)}", file=sys.stdout if done else sys.stderr)
