"""Hand stories in: every file is sent to ingest, and a receipt says which story and version it became.

A folder stands for all files in it, - for standard input. A push that fails for the network or a busy server is sent
again; for what cannot be read as a story it is shown where and why. Exit 1 if anything was refused or left out.
"""

from __future__ import annotations

import asyncio
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from dateline_operate.console.options import DEFAULT_DATA, Output, amount, count, data_argument, output_arguments
from dateline_operate.console.running import run_to_end

if TYPE_CHECKING:
    from dateline_operate.sending.pushing import Outcome
    from dateline_schemas.pushes import Taken


class Options(Output, frozen=True, kw_only=True):
    """Options of ``push``."""

    files: list[str]
    data: Path = Path(DEFAULT_DATA)
    feed: str = "demo"
    key: str = ""
    url: str = ""
    hint: str = ""
    jobs: int = 8
    patience: float = 60.0


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("files", nargs="+", metavar="FILE|DIR|-", help="what to send")
    output_arguments(parser)
    data_argument(parser)
    parser.add_argument("--feed", metavar="NAME", default="demo", help="feed whose key this machine has (default demo)")
    parser.add_argument("--key", metavar="KEY", default="", help="API key (else DATELINE_KEY, else that of --feed)")
    parser.add_argument("--url", metavar="URL", default="", help="ingest (else DATELINE_INGEST_URL, else of --data)")
    parser.add_argument("--hint", metavar="FORMAT", default="", help="format to assume where the content is ambiguous")
    parser.add_argument(
        "--jobs", metavar="N", type=count, default=8, help="how many are in flight (default %(default)s)"
    )
    parser.add_argument(
        "--patience", metavar="S", type=amount, default=60.0, help="seconds to try for each file (default %(default)s)"
    )


def run(options: Options) -> int:
    """Push everything; 0 if all of it was accepted. Raises Failure, with code 3 if nobody ever answered."""
    from dateline_operate.console.vocabulary import check_hint
    from dateline_operate.functions import read_bytes
    from dateline_operate.sending.pushing import files_of

    check_hint(options.hint)
    files = files_of(tuple(options.files))
    url, key = _where(options), _key(options)
    # Outside the loop, in which Ctrl-C would have to wait for whoever writes to us.
    given = read_bytes("-") if "-" in files else b""
    return run_to_end(_push_all(options, url, key, files, given))


async def _push_all(options: Options, url: str, key: str, files: list[str], given: bytes) -> int:
    import httpx

    from dateline_operate.console.failure import Failure
    from dateline_operate.console.terminal import progress
    from dateline_operate.functions import read_bytes
    from dateline_operate.sending.pushing import Pusher, unread

    refused = unanswered = in_part = 0
    left = iter(files)
    bar = progress(hidden=len(files) < 2)
    async with httpx.AsyncClient(timeout=30.0) as http:
        pusher = Pusher(http, url, key, hint=options.hint, patience=options.patience)
        with bar:
            task = bar.add_task("pushing", total=len(files))

            async def work() -> None:
                nonlocal refused, unanswered, in_part
                for name in left:
                    try:
                        data = given if name == "-" else await asyncio.to_thread(read_bytes, name)
                    except Failure as fault:  # one file that cannot be read keeps none of the others back
                        outcome = unread(name, fault)
                    else:
                        outcome = await pusher.push(name, data)
                    refused += not outcome.accepted
                    in_part += bool(outcome.problems)
                    unanswered += outcome.unanswered
                    _tell(outcome, options.json)
                    bar.advance(task)

            await asyncio.gather(*(work() for _ in range(max(1, min(options.jobs, len(files))))))
    if len(files) > 1 and not options.json:
        print(f"{len(files) - refused} of {len(files)} accepted", file=sys.stderr)
    if unanswered == len(files):
        raise Failure(f"no ingest answers at {url}.", "`dateline up` starts one; --url names another.", code=3)
    return 1 if refused or in_part else 0


def _tell(outcome: Outcome, as_json: bool) -> None:
    from dateline_operate.console.terminal import clean, json_line
    from dateline_operate.sending.pushing import as_object

    if as_json:
        json_line(as_object(outcome))
        return
    for receipt in outcome.receipts:
        fresh = "accepted" if receipt.standing == "current" else receipt.standing
        standing = "already known" if receipt.duplicate else fresh
        said = f"{receipt.story_id}  version {receipt.version}  {standing}{_odd(receipt)}"
        print(f"{outcome.file}: {said}  {clean(receipt.headline)}".rstrip(), flush=True)
    for problem in outcome.problems:
        print(f"{outcome.file}: left out: {clean(problem.sentence())}", file=sys.stderr)
    if outcome.problem is not None:
        become = "refused" if outcome.problem.status else "not handed in"
        print(f"{outcome.file}: {become}: {clean(outcome.problem.sentence())}", file=sys.stderr)


def _odd(receipt: Taken) -> str:
    """Why a story does not go out as usual, and what is odd about it."""
    from dateline_operate.console.terminal import day_and_clock

    kept = {"canceled": "kill", "withheld": "withheld"}.get(receipt.pubstatus, "")
    until = f"embargo until {day_and_clock(receipt.embargo)}" if receipt.embargo else ""
    odd = dict.fromkeys(filter(None, (kept, until, *receipt.flags)))
    return f" [{', '.join(odd)}]" if odd else ""


def _where(options: Options) -> str:
    """The address of ingest. Raises Failure if nothing states it: the usual port may be anybody's."""
    from dateline_operate.console.failure import Failure
    from dateline_operate.sending.pushing import checked_address
    from dateline_operate.up.upfile import nothing_runs, read_up

    if stated := options.url or os.environ.get("DATELINE_INGEST_URL", ""):
        return checked_address(stated)
    up = read_up(options.data)
    if up is None:
        raise nothing_runs(options.data, "Start it, or name ingest with --url or DATELINE_INGEST_URL.")
    if not up.ingest_url:
        advice = "Name another with --url or DATELINE_INGEST_URL."
        raise Failure(f"`dateline up` runs in {options.data.absolute()} without ingest.", advice, code=3)
    return checked_address(up.ingest_url)


def _key(options: Options) -> str:
    from dateline_operate.feeds.book import local_key, no_local_key

    key = options.key or os.environ.get("DATELINE_KEY", "") or local_key(options.data, options.feed)
    if not key:
        raise no_local_key(options.data, options.feed)
    return key
