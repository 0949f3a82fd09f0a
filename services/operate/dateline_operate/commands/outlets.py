"""Outlets: how far each has read, what each has of a story, and the login of a new one.

An outlet is whoever reads TOPICS under a name of its own. `dateline tail --forget --name NAME` makes the server forget
one.
"""

from __future__ import annotations

import secrets
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime

from dateline_operate.console.notes import note
from dateline_operate.console.options import Connected, checked_story, connected_arguments, output_arguments
from dateline_operate.console.running import run_to_end
from dateline_operate.watching.wanted import wanted, wanted_arguments


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``outlets``."""

    action: str
    name: str = ""
    story: str = ""
    topic: str = ""
    sub_topic: str = ""
    language: str = ""
    agency: str = ""


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("ls", help="what each reads, what waits for it, when it last took something")
    took = actions.add_parser("took", help="how far each release and kill of a story is with every outlet")
    took.add_argument("story", metavar="ID", help="the story's id, a receipt or a subject of it")
    for sub in (listing, took):
        connected_arguments(sub)
    making = actions.add_parser(
        "login", help="show a login for the server's configuration: who has it reads these stories, and nothing else"
    )
    making.add_argument("name", metavar="NAME", help="under which the outlet reads; its user's name, too")
    wanted_arguments(making)
    output_arguments(making)


def run(options: Options) -> int:
    """Do it. Raises Failure, Unavailable."""
    if options.action == "login":
        _login(options)
    elif options.action == "took":
        run_to_end(_took(options, checked_story(options.story)))
    else:
        run_to_end(_list(options))
    return 0


def _login(options: Options) -> None:
    from dateline_operate.console.terminal import json_document
    from dateline_operate.outlets.login import login

    asked = wanted(options.topic, options.sub_topic, options.language, options.agency)
    for doubt in asked.doubts:
        note(doubt)
    password = secrets.token_urlsafe(32)
    entry = login(options.name, password, asked.subject)
    if options.json:
        said = {"name": options.name, "password": password, "subject": asked.subject, "configuration": entry}
        json_document(said)
    else:
        print(entry)
        advice = "Put it into accounts of the server's configuration (docs/outlets.md), and reload that twice."
        print(f"{advice} The password is shown this once.", file=sys.stderr)


async def _list(options: Options) -> None:
    from dateline_kernel.consumers import told_of
    from dateline_operate.console.noanswer import needed_stream
    from dateline_operate.console.terminal import console, json_line, whole
    from dateline_operate.link import connected_to
    from dateline_operate.outlets.tables import outlet_table
    from dateline_schemas.subjects import TOPICS

    async with connected_to(options.url) as client:
        await needed_stream(client, TOPICS.name)
        readers, untold = await told_of(client, TOPICS.name)
        if options.json:
            for reader in readers:
                json_line(whole(reader))
        elif readers:
            console().print(outlet_table(readers, datetime.now(UTC)))
        elif untold is None:
            print("no outlet reads under a name of its own")
        if untold is not None:
            raise untold


async def _took(options: Options, story: str) -> None:
    from dateline_operate.console.terminal import console, json_line, whole
    from dateline_operate.link import connected_to
    from dateline_operate.outlets.tables import announced_table
    from dateline_operate.outlets.taken import announced_of

    async with connected_to(options.url) as client:
        found, untold = await announced_of(client, story)
        if options.json:
            for one in found:
                json_line(whole(one))
        else:
            console().print(announced_table(found))
        if untold is not None:
            raise untold
