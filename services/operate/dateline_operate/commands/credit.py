"""An editor's word about a story's credit: it wins over the rules, in later versions too.

It holds for a later version as long as the rules find there what they found in this one. Outlets that have the story
get it again with the new credit.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING, Literal, get_args

from msgspec.structs import replace

from dateline_operate.console.failure import Failure
from dateline_operate.console.options import Connected, checked_story, connected_arguments, saying
from dateline_operate.console.running import run_to_end
from dateline_schemas.credit import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline_kernel.journal import Journal
    from dateline_schemas.credit import Credit
    from dateline_schemas.events import CreditOverridden, Event, Recorded

TRIES = 10


class Options(Connected, frozen=True, kw_only=True):
    """What ``credit`` can be told. None means: leave it as it is."""

    action: Literal["set", "clear", "show"]
    story: str
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
    for sub in (show, change, clear):
        sub.add_argument("story", metavar="STORY", help="the story's id")
        connected_arguments(sub)
    for sub in (change, clear):
        sub.add_argument("--by", required=True, metavar="NAME", type=saying, help="who says so")
        told = "why; it stands in the log for ever"
        sub.add_argument("--reason", required=True, metavar="TEXT", type=saying, help=told)
    ids = "ids with commas between them; an empty text is none"
    change.add_argument("--agencies", metavar="IDS", help=f"whose copy it is: {ids}")
    change.add_argument("--cited", metavar="IDS", help="agencies that are only quoted")
    change.add_argument("--pictures", metavar="IDS", help="agencies credited for pictures only")
    change.add_argument(
        "--role", choices=get_args(Role), help="sole, with (our copy with theirs), among (several), none"
    )
    change.add_argument("--line", metavar="TEXT", help="the credit line to print (default: made from the agencies)")


def run(options: Options) -> int:
    """Do it. Raises Failure, Unavailable."""
    run_to_end(_credit(replace(options, story=checked_story(options.story))))
    return 0


async def _credit(options: Options) -> None:
    from dateline_kernel.journal import Journal
    from dateline_operate.console.terminal import json_document, whole
    from dateline_operate.link import connected_to

    async with connected_to(options.url) as client:
        journal = Journal(client, "attribution")
        if options.action == "show":
            log = await journal.load(options.story)
            credit, said = standing(log, options.story), overrides(log)
            if options.json:
                json_document({"credit": whole(credit), "overrides": [_plain(one) for one in said]})
            else:
                _show(credit, said)
            return
        override = await _append(journal, options)
        await journal.close()
    if options.json:
        json_document(_plain(override))
    else:
        what = "is left to the rules again" if override.cleared else f"is now: {override.credit.credit_line or 'none'}"
        print(f"the credit of story {override.story_id} version {override.version} {what}")


async def _append(journal: Journal, options: Options) -> CreditOverridden:
    """Append the override after whatever the log has of the story now. Raises Failure, Unavailable."""
    from dateline_kernel.errors import Conflict
    from dateline_operate.overriding import override

    for _ in range(TRIES):
        log = await journal.load(options.story)
        said = override(log, options)
        try:
            await journal.append([said], expected={options.story: log[-1].seq})
        except Conflict:
            continue
        return said
    raise Failure(f"story {options.story} changes faster than its credit can be set; try again.")


def overrides(log: Sequence[Recorded[Event]]) -> list[CreditOverridden]:
    """Every override of a story, the first one first."""
    from dateline_schemas.events import CreditOverridden

    return [one.event for one in log if isinstance(one.event, CreditOverridden)]


def standing(log: Sequence[Recorded[Event]], story: str) -> Credit:
    """The credit of the newest version that has one. Raises Failure."""
    from dateline_operate.overriding import newest

    return newest(log, story).credit


def _plain(override: CreditOverridden) -> dict[str, object]:
    from dateline_operate.console.terminal import whole

    said: dict[str, object] = whole(override)
    del said["story"]
    return said


def _show(credit: Credit, said: Sequence[CreditOverridden]) -> None:
    from dateline_operate.console.terminal import clean
    from dateline_operate.functions import function

    print(credit.credit_line or "(no credit)")
    print(f"  agencies {', '.join(credit.agencies) or 'none'}  role {credit.role}")
    if credit.needs_review:
        print(f"  needs review: {credit.reason}")
    if credit.origin is not None:
        for line in function("origin_lines", "dateline-attribution")(credit.origin):
            print(f"  {clean(line)}")
    for one in said:
        what = "back to the rules" if one.cleared else one.credit.credit_line
        print(f"  {one.at:%Y-%m-%d %H:%M} UTC  {one.by}: {what} ({one.reason})")
