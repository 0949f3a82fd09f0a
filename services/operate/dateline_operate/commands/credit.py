"""Set a story's credit as an editor: it wins over the rules, in later versions too.

It counts for a later version as long as the rules find the same there as in this one. Outlets that have the story get
it again with the new credit.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Literal, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dateline_operate.console.failure import Failure
from dateline_operate.console.options import Connected, checked_story, connected_arguments, some_text
from dateline_operate.console.running import run_to_end
from dateline_schemas.credit import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline_kernel.journal import Journal
    from dateline_kernel.quickclient import QuickClient
    from dateline_schemas.credit import Credit
    from dateline_schemas.events import CreditOverridden, Event, Recorded

TRIES = 10


class Options(Connected, frozen=True, kw_only=True):
    """Options of ``credit``. None means: leave it as it is."""

    action: Literal["set", "clear", "show"]
    story: str = ""
    stories: Sequence[str] = ()
    by: str = ""
    reason: str = ""
    agencies: str | None = None
    cited: str | None = None
    pictures: str | None = None
    role: Role | None = None
    line: str | None = None


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help="the credit that counts, and every word of an editor's")
    change = actions.add_parser("set", help="overrule the rules")
    clear = actions.add_parser("clear", help="take that back: the rules count again")
    show.add_argument("story", metavar="STORY", help="the story's id")
    for sub in (show, change, clear):
        connected_arguments(sub)
    for sub in (change, clear):
        named = "ids of stories; - for standard input: an id a line, or what `dateline tail --json` prints"
        sub.add_argument("stories", nargs="+", metavar="STORY|-", help=named)
        sub.add_argument("--by", required=True, metavar="NAME", type=some_text, help="who says so")
        told = "why; it stands in the log for ever"
        sub.add_argument("--reason", required=True, metavar="TEXT", type=some_text, help=told)
    ids = "ids with commas between them; an empty text is none"
    change.add_argument("--agencies", metavar="IDS", help=f"whose copy it is: {ids}")
    change.add_argument("--cited", metavar="IDS", help="agencies that are only quoted")
    change.add_argument("--pictures", metavar="IDS", help="agencies credited for pictures only")
    change.add_argument(
        "--role", choices=get_args(Role), help="sole, with (our copy with theirs), among (several), none"
    )
    change.add_argument("--line", metavar="TEXT", help="the credit line to print (default: made from the agencies)")


def run(options: Options) -> int:
    """Run the action; 1 if the credit of one of several stories could not be changed. Raises Failure, Unavailable."""
    if options.action == "show":
        return run_to_end(_show(options, checked_story(options.story)))
    return run_to_end(_change(options, stories_in(options.stories)))


class _Line(Struct):
    """A line of ``tail --json``."""

    story_id: str


def stories_in(words: Iterable[str]) -> list[str]:
    """The story ids in the arguments, each once; ``-`` stands for the lines of standard input. Raises Failure."""
    lines = [line.strip() for word in words for line in (sys.stdin if word == "-" else (word,))]
    try:
        said = [_id_in(line) for line in lines if line]
    except msgspec.DecodeError as error:
        raise Failure(f"a line of standard input has no story: {error}", code=2) from error
    if not said:
        raise Failure("standard input names no story.", code=2)
    return list(dict.fromkeys(map(checked_story, said)))


def _id_in(line: str) -> str:
    return msgspec.json.decode(line, type=_Line).story_id if line.startswith("{") else line


async def _show(options: Options, story: str) -> int:
    from dateline_kernel.journal import Journal
    from dateline_operate.console.terminal import json_document, whole
    from dateline_operate.link import connected_to
    from dateline_operate.overriding import newest

    async with connected_to(options.url) as client:
        log = await Journal(client, "attribution").load(story)
    credit, said = newest(log, story).credit, overrides(log)
    if options.json:
        json_document({"credit": whole(credit), "overrides": [_without_story(one) for one in said]})
    else:
        _print(credit, said)
    return 0


async def _change(options: Options, stories: Sequence[str]) -> int:
    from dateline_operate.link import connected_to

    async with connected_to(options.url) as client:
        return await _change_each(client, options, stories)


async def _change_each(client: QuickClient, options: Options, stories: Sequence[str]) -> int:
    """Change each story. A fault of one story does not stop the others; a wrong question does."""
    from dateline_kernel.journal import Journal
    from dateline_operate.console.explaining import explain

    journal, failed = Journal(client, "attribution"), 0
    for story in stories:
        try:
            _tell(await change(journal, replace(options, story=story)), options)
        except Failure as failure:
            if len(stories) == 1 or failure.code == 2:
                raise
            failed += 1
            explain(failure, as_json=options.json)
    await journal.close()
    if len(stories) > 1 and not options.json:
        print(f"{len(stories) - failed:,} of {len(stories):,} changed", file=sys.stderr)
    return 1 if failed else 0


def _tell(override: CreditOverridden, options: Options) -> None:
    from dateline_operate.console.terminal import json_document

    if options.json:
        json_document(_without_story(override))
        return
    what = "is left to the rules again" if override.cleared else f"is now: {override.credit.credit_line or 'none'}"
    print(f"the credit of story {override.story_id} version {override.version} {what}")


async def change(journal: Journal, options: Options) -> CreditOverridden:
    """Append the override after whatever the log has of the story now; the last one, if it takes another for a version
    that was credited meanwhile. Raises Failure, Unavailable.
    """
    from dateline_kernel.errors import Conflict, Duplicate
    from dateline_operate.overriding import override
    from dateline_schemas.events import CreditOverridden

    for _ in range(TRIES):
        log = await journal.load(options.story)
        said = override(log, options)
        last = max((one.seq for one in log if isinstance(one.event, CreditOverridden)), default=0)
        try:
            # As attribution does: of two that expect the same a cluster takes one, whichever is under way.
            seq = await journal.append([said], expected={options.story: last}, among=CreditOverridden)
        except (Conflict, Duplicate):
            continue
        if not await _misses_newer(journal, said, seq):
            return said
    raise Failure(f"story {options.story} changes faster than its credit can be set; try again.")


async def _misses_newer(journal: Journal, said: CreditOverridden, seq: int) -> bool:
    """Whether a newer version was credited before the override stood there, so that it does not count for that one.

    Raises Unavailable, with the word that the override stands.
    """
    from dateline_kernel.agreement import caught_up
    from dateline_kernel.errors import Unavailable
    from dateline_schemas.events import StoryAttributed

    try:
        log = await caught_up(lambda: journal.load(said.story_id, whole=False, at_least=seq))
    except Unavailable as error:
        stands = f"the word about story {said.story_id} version {said.version} stands in the log"
        raise Unavailable(f"{stands}, but whether there is a newer version is not known: {error}") from error
    return any(
        isinstance(one.event, StoryAttributed)
        and one.event.ordinal > said.ordinal
        and one.seq < seq
        and (one.event.credit.overridden or not said.cleared)
        for one in log
    )


def overrides(log: Sequence[Recorded[Event]]) -> list[CreditOverridden]:
    """Every override of a story, the first one first."""
    from dateline_schemas.events import CreditOverridden

    return [one.event for one in log if isinstance(one.event, CreditOverridden)]


def _without_story(override: CreditOverridden) -> dict[str, object]:
    from dateline_operate.console.terminal import whole

    said: dict[str, object] = whole(override)
    del said["story"]
    return said


def _print(credit: Credit, said: Sequence[CreditOverridden]) -> None:
    from dateline_operate.console.terminal import clean
    from dateline_operate.functions import function

    print(clean(credit.credit_line) or "(no credit)")
    print(f"  agencies {', '.join(credit.agencies) or 'none'}  role {credit.role}")
    if credit.needs_review:
        print(f"  needs review: {clean(credit.reason)}")
    if credit.origin is not None:
        for line in function("origin_lines", "dateline-attribution")(credit.origin):
            print(f"  {clean(line)}")
    for one in said:
        what = "back to the rules" if one.cleared else one.credit.credit_line
        print(f"  {one.at:%Y-%m-%d %H:%M} UTC  {clean(f'{one.by}: {what} ({one.reason})')}")
