"""Who may push, and what to assume where their messages say nothing.

A key is shown once, when its feed is made; only its digest is kept. Ingest knows of a change a moment later.
"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from dateline_operate.failure import Failure
from dateline_operate.options import Connected, connected_arguments

if TYPE_CHECKING:
    from dateline_operate.feedbook import Feedbook
    from dateline_schemas.feeds import Feed


class Options(Connected, frozen=True, kw_only=True):
    """What ``feeds`` can be told."""

    action: str
    name: str = ""
    file: str = ""
    provider: str = ""
    language: str = ""
    format: str = ""
    per_second: int = 0


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make a feed and show its key, this once")
    add.add_argument("name", metavar="NAME", help="lower case letters, digits, hyphens")
    add.add_argument("--provider", metavar="P", default="", help="provider to assume for messages that name none")
    add.add_argument("--language", metavar="L", default="", help="language (BCP 47) to assume where none is stated")
    add.add_argument("--format", metavar="F", default="", help="format to try first where the content is ambiguous")
    add.add_argument("--per-second", metavar="N", type=int, default=0, help="pushes a second; 0 is no limit")
    listing = actions.add_parser("ls", help="show all feeds")
    remove = actions.add_parser("rm", help="take a feed away; its key is worth nothing then")
    remove.add_argument("name", metavar="NAME")
    apply = actions.add_parser("apply", help="make the feeds of a TOML file be as it says; others stay as they are")
    apply.add_argument("file", metavar="FILE.toml", help="[[feed]] tables: name, key or key_sha256, language, ...")
    for sub in (add, listing, remove, apply):
        connected_arguments(sub)


def run(options: Options) -> int:
    """Do it. Raises Failure, Unavailable."""
    asyncio.run(_feeds(options))
    return 0


async def _feeds(options: Options) -> None:
    from dateline_operate.feedbook import open_feedbook
    from dateline_operate.link import connected_to

    async with connected_to(options.url) as client:
        book = await open_feedbook(client)
        if options.action == "add":
            await _add(book, options)
        elif options.action == "ls":
            _show(await book.all(), options.json)
        elif options.action == "rm":
            await _remove(book, options)
        else:
            await _apply(book, options)


async def _add(book: Feedbook, options: Options) -> None:
    import msgspec

    from dateline_operate.feedbook import keep_local_key, new_key
    from dateline_operate.terminal import json_document, whole
    from dateline_operate.upfile import read_up
    from dateline_schemas.feeds import Feed, key_digest

    if await book.get(options.name) is not None:
        raise Failure(f"there is a feed {options.name} already.", f"`dateline feeds rm {options.name}` takes it away.")
    key = new_key()
    try:
        feed = msgspec.convert(
            {
                "name": options.name,
                "key_sha256": key_digest(key),
                "provider": options.provider,
                "language": options.language,
                "format": options.format,
                "per_second": options.per_second,
            },
            Feed,
        )
    except msgspec.ValidationError as error:
        raise Failure(f"feed {options.name!r}: {error}", code=2) from error
    await book.put(feed)
    up = read_up(options.data)
    local = up is not None and up.nats_url == options.url
    if local:
        keep_local_key(options.data, feed.name, key)
    if options.json:
        json_document({**whole(feed), "key": key})
        return
    print(f"feed {feed.name} is made. Its key is shown this once:\n\n  {key}\n")
    if local:
        print(f"On this machine `dateline push --feed {feed.name} FILE` knows it.")


async def _remove(book: Feedbook, options: Options) -> None:
    from dateline_operate.feedbook import keep_local_key, local_key
    from dateline_operate.terminal import json_document

    if await book.get(options.name) is None:
        raise Failure(f"there is no feed {options.name}.", "`dateline feeds ls` shows the feeds.")
    await book.remove(options.name)
    if local_key(options.data, options.name):
        keep_local_key(options.data, options.name, "")
    if options.json:
        json_document({"removed": options.name})
    else:
        print(f"feed {options.name} is gone")


async def _apply(book: Feedbook, options: Options) -> None:
    from dateline_operate.feedbook import clashes, feeds_of_file

    try:
        wanted = feeds_of_file(Path(options.file).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{options.file} cannot be read: {error}") from error
    there = {feed.name: feed for feed in await book.all()}
    if clash := clashes([*({**there, **{feed.name: feed for feed in wanted}}).values()]):
        raise Failure(f"{options.file}: {clash} would have the same key, and nobody could tell who pushes.")
    changed = [feed for feed in wanted if there.get(feed.name) != feed]
    for feed in changed:
        await book.put(feed)
    _show(wanted, options.json)
    if not options.json:
        print(f"{len(changed)} of {len(wanted)} feeds changed")


def _show(feeds: list[Feed], as_json: bool) -> None:
    from rich.table import Table

    from dateline_operate.terminal import console, json_document, whole

    if as_json:
        json_document([whole(feed) for feed in feeds])
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("feed", "provider", "language", "format", "a second", "key sha256"):
        table.add_column(heading)
    for feed in feeds:
        limit = str(feed.per_second) if feed.per_second else "no limit"
        table.add_row(feed.name, feed.provider, feed.language, feed.format, limit, feed.key_sha256[:12] + "…")
    console().print(table)
