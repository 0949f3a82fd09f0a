"""Everything that happened to a story: each event with its time, its cause and how long it took, and where it went."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline_operate.console.failure import UNREADABLE, Failure
from dateline_operate.console.notes import note
from dateline_operate.console.options import Connected, checked_story, connected_arguments
from dateline_operate.console.running import run_to_end

if TYPE_CHECKING:
    from rich.tree import Tree

    from dateline_kernel.quickclient import QuickClient
    from dateline_operate.watching.timeline import Moment, Timeline
    from dateline_schemas.events import Event, Recorded


STORY_ID = 26
"""Letters and digits of a story's id."""


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``story``."""

    id: str = ""
    guid: str = ""
    feed: str = "demo"
    original: bool = False
    version: str = ""


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("id", nargs="?", default="", metavar="ID", help="the story's id, a receipt or a subject of it")
    connected_arguments(parser)
    parser.add_argument("--guid", metavar="G", default="", help="the provider's identifier, instead of the id")
    parser.add_argument("--feed", metavar="NAME", default="demo", help="the feed that --guid is of (default demo)")
    parser.add_argument("--original", action="store_true", help="write the bytes that came in to standard output")
    parser.add_argument("--version", metavar="V", default="", help="of which version (default the newest that came in)")


def run(options: Options) -> int:
    """Show the story. Raises Failure if there is none."""
    if bool(options.id) == bool(options.guid):
        raise Failure("name the story by its ID, or by --guid and --feed.", code=2)
    if options.version and not options.original:
        raise Failure("--version says of which version the --original is wanted.", "Say --original too.", code=2)
    story = checked_story(options.id) if options.id else ""
    run_to_end(_story(options, story))
    return 0


def _cut(name: str) -> str:
    """A sentence about an id that is too short or too long; empty for any other."""
    return "" if len(name) == STORY_ID else f"An id has {STORY_ID} letters and digits, this one has {len(name)}. "


async def _named(client: QuickClient, options: Options) -> tuple[str, str]:
    """The story's id, and what to try if there is none. The identifiers of an agency's feeds count among all of them,
    so the feed must be known.
    """
    from dateline_operate.console.guessing import meant
    from dateline_operate.feeds.book import feeds_of
    from dateline_schemas.feeds import space_of
    from dateline_schemas.identity import story_id

    feeds = {feed.name: feed for feed in await feeds_of(client)}
    if feed := feeds.get(options.feed.lower()):
        return story_id(space_of(feed), options.guid), "Is it another --feed's? "
    # One that was taken away has left its stories.
    hint = f"No feed has the name {options.feed!r} now{meant(options.feed, feeds)}: say --feed. "
    return story_id(options.feed, options.guid), hint


async def _story(options: Options, name: str) -> None:
    from dateline_kernel.journal import Journal
    from dateline_kernel.losses import Unread, unread_of
    from dateline_operate.console.terminal import console, json_document, whole
    from dateline_operate.link import connected_to
    from dateline_operate.watching.timeline import timeline

    async with connected_to(options.url) as client:
        # All of it, also what a replay has replaced: `load` gives only what counts now.
        name, hint = (name, _cut(name)) if name else await _named(client, options)
        every = [recorded async for recorded in Journal(client, "ingest").read(story_id=name, whole=False)]
        broken = [lost.event.why for lost in unread_of(every)]
        log = [recorded for recorded in every if not isinstance(recorded.event, Unread)]
        for one in broken:
            note(f"{one}.")
        if not log and broken:
            raise Failure(f"nothing of story {name} can be read.", UNREADABLE)
        if not log:
            asked = f"story {name}" if options.id else f"story {options.guid!r} of feed {options.feed}"
            known = "Receipts of `dateline push`, `dateline tail` and the subjects of topics have the ids."
            raise Failure(f"the log knows no {asked}.", f"{hint}{known}")
        if options.original:
            await _write_original(client, log, options.version)
            return
    line = timeline(log)
    if options.json:
        json_document({**whole(line), "unreadable": broken})
        return
    screen = console(folded=False)
    for tree in (_heading(line), *_trees(line)):
        screen.print(tree)


async def _write_original(client: QuickClient, log: Sequence[Recorded[Event]], version: str) -> None:
    from dateline_kernel.originals import Originals
    from dateline_schemas.events import Arrival

    names = [
        one.event.original
        for one in log
        if isinstance(one.event, Arrival) and (not version or one.event.version == version)
    ]
    if not names:
        raise Failure(f"this story has no version {version!r}.", "`dateline story ID` shows the versions.")
    sys.stdout.buffer.write(await Originals(client).get(names[-1]))


def _heading(line: Timeline) -> str:
    from rich.markup import escape

    from dateline_operate.console.terminal import clean

    return (
        f"[bold]{escape(clean(line.headline)) or '(no headline)'}[/]\n"
        f"story {line.story_id}  feed {escape(line.feed)}  guid {escape(clean(line.guid))}"
    )


def _trees(line: Timeline) -> list[Tree]:
    """Trees of events, each under its cause."""
    from rich.tree import Tree

    roots: list[Tree] = []
    places: dict[str, Tree] = {}
    for moment in line.moments:
        above = places.get(moment.cause)
        if above is None:
            branch = Tree(_label(moment))
            roots.append(branch)
        else:
            branch = above.add(_label(moment))
        places[moment.id] = branch
        if moment.original:
            branch.add(f"[dim]original sha256 {moment.original}[/]")
        for subject in moment.subjects:
            branch.add(f"[dim]{subject}[/]")
    return roots


def _label(moment: Moment) -> str:
    from rich.markup import escape

    from dateline_operate.console.moments import took
    from dateline_operate.console.terminal import clean, clock

    colour = {"StoryReleased": "green", "StoryWithdrawn": "red", "StoryCanceled": "red", "StoryRefused": "red"}
    lasted = f" +{took(moment.milliseconds)}" if moment.milliseconds is not None else ""
    name = f"[{colour.get(moment.event, 'bold')}]{moment.event}[/]"
    version = f"version {escape(clean(moment.version))}"
    head = f"{moment.seq} {clock(moment.time)}[cyan]{lasted}[/] {name} {version} [dim]{escape(moment.rules)}[/]"
    return f"{head}\n{escape(clean(moment.said))}"
