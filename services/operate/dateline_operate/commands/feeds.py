"""Feeds: where copy comes from, by which door, and what to assume where its messages say nothing.

A feed's key is shown once, when the feed is made; only its digest is kept. Secrets are not kept: a feed names the
place where its secret stands. Ingest takes up a change a moment later.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from dateline_operate.console.options import Connected, connected_arguments
from dateline_operate.console.running import run_to_end

if TYPE_CHECKING:
    from dateline_kernel.quickclient import QuickClient
    from dateline_schemas.feeds import Feed


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``feeds``."""

    action: str
    name: str = ""
    file: str = ""
    dry_run: bool = False
    door: str = "http"
    source: str = ""
    secret: str = ""
    host_key: str = ""
    private: tuple[str, ...] = ()
    pattern: str = "*"
    arrives: str = "written"
    after: str = "keep"
    every: float = 60.0
    silent_after: int = 0
    provider: str = ""
    language: str = ""
    format: str = ""
    per_second: int = 0
    agency: str = ""
    trust: str = "unknown"


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    apply = actions.add_parser("apply", help="make the feeds of a TOML file be as it says; others stay as they are")
    apply.add_argument("file", metavar="FILE.toml", help="[[feed]] tables, as in docs/feeds.md")
    apply.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    listing = actions.add_parser("ls", help="show all feeds, when each was heard last, and what is wrong")
    check = actions.add_parser("check", help="try a feed: connect to its source and read one item, taking nothing in")
    check.add_argument("name", metavar="NAME|FILE.toml", help="a feed, or a file with feeds that need not be there yet")
    pause = actions.add_parser("pause", help="take nothing in from a feed until it is resumed")
    resume = actions.add_parser("resume", help="go on where it was paused")
    add = actions.add_parser("add", help="make a feed; show its key, this once, if it is pushed to")
    _feed_arguments(add)
    rekey = actions.add_parser("rekey", help="give a feed that is pushed to a new key; the old one is refused")
    remove = actions.add_parser("rm", help="take a feed away; its key is worth nothing then")
    for sub in (pause, resume, rekey, remove):
        sub.add_argument("name", metavar="NAME")
    for sub in (apply, listing, check, pause, resume, add, rekey, remove):
        connected_arguments(sub)


def _feed_arguments(add: ArgumentParser) -> None:
    from dateline_schemas.feeds import DoorName, Trust

    add.add_argument("name", metavar="NAME", help="lower case letters, digits, hyphens")
    add.add_argument("--door", choices=get_args(DoorName), default="http", help="how copy comes (default %(default)s)")
    add.add_argument("--url", dest="source", metavar="URL", default="", help="where it is fetched from")
    add.add_argument("--secret", metavar="WHERE", default="", help="env:NAME or file:/path, read by ingest")
    add.add_argument("--host-key", metavar="K", default="", help="the SFTP server's public key")
    add.add_argument("--private", metavar="NET", nargs="+", default=(), help="networks inside where it may lead")
    add.add_argument("--pattern", metavar="GLOB", default="*", help="files to take (default %(default)s)")
    add.add_argument("--arrives", choices=("written", "renamed"), default="written", help="whole once it is named?")
    add.add_argument("--after", choices=("keep", "move", "delete"), default="keep", help="what becomes of a file")
    add.add_argument("--every", metavar="S", type=float, default=60.0, help="seconds between two looks (default 60)")
    add.add_argument("--silent-after", metavar="S", type=int, default=0, help="alarm after so long without a story")
    add.add_argument("--provider", metavar="P", default="", help="provider to assume for messages that name none")
    add.add_argument("--language", metavar="L", default="", help="language (BCP 47) to assume where none is stated")
    add.add_argument("--agency", metavar="ID", default="", help="agency for which the feed speaks, e.g. AFP")
    add.add_argument("--trust", choices=get_args(Trust), default="unknown", help="whether it is believed about origin")
    add.add_argument("--format", metavar="F", default="", help="format to try first where the content is ambiguous")
    add.add_argument("--per-second", metavar="N", type=int, default=0, help="messages a second; 0 is no limit")


def run(options: Options) -> int:
    """Do it; 1 if a feed that was checked does not work. Raises Failure, Unavailable."""
    return run_to_end(_feeds(options))


async def _feeds(options: Options) -> int:
    from dateline_operate.feeds import changes as feedchanges
    from dateline_operate.feeds.book import feeds_of, open_feedbook
    from dateline_operate.feeds.check import check_file, check_named
    from dateline_operate.link import connected_to
    from dateline_operate.up.upfile import read_up

    if options.action == "check" and options.name.endswith(".toml"):
        there = options.stated or read_up(options.data)
        return await check_file(Path(options.name), options.url if there else "", options.json)
    async with connected_to(options.url) as client:
        if options.action == "ls":
            await _list(client, await feeds_of(client), options.json)
            return 0
        book = await open_feedbook(client)
        if options.action == "check":
            return await check_named(client, book, options.name, options.json)
        if options.action == "add":
            await feedchanges.add(book, options)
        elif options.action == "rekey":
            await feedchanges.rekey(book, options)
        elif options.action == "rm":
            await feedchanges.remove(client, book, options)
        elif options.action in ("pause", "resume"):
            await feedchanges.pause(book, options)
        else:
            await feedchanges.apply(book, options)
    return 0


async def _list(client: QuickClient, feeds: list[Feed], as_json: bool) -> None:
    from datetime import UTC, datetime

    from dateline_operate.console.terminal import console, json_document, whole
    from dateline_operate.feeds.state import states
    from dateline_operate.feeds.table import table_of

    found = await states(client, feeds)
    if as_json:
        json_document([{**whole(feed), **whole(found[feed.name])} for feed in feeds])
        return
    console().print(table_of(feeds, found, datetime.now(UTC)) if feeds else "there are no feeds")
