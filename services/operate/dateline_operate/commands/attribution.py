"""Why a message is credited as it is: every place that was looked at, what stood there, and what it did.

``check`` needs no server. It can try a newsroom's own files of agencies and rules before they are used. With --against
it also says how much of the text stands in other stories, and whether that makes it an uncredited copy.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from dateline_operate.console.failure import Failure
from dateline_operate.console.notes import note
from dateline_operate.console.pure_options import FileOptions, file_arguments
from dateline_operate.functions import stories_of
from dateline_schemas.feeds import Trust

if TYPE_CHECKING:
    from dateline_schemas.feeds import Contract
    from dateline_schemas.story import Story


class Options(FileOptions, frozen=True, kw_only=True):
    """Options of ``attribution``."""

    action: Literal["check"]
    language: str = ""
    agency: str = ""
    trust: Trust = "unknown"
    rules: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="explain the decision about a message, line by line")
    file_arguments(check)
    check.add_argument("--language", metavar="L", default="", help="the outlet's, for the credit line (BCP 47)")
    check.add_argument("--agency", metavar="ID", default="", help="as if its feed's contract named this agency")
    check.add_argument("--trust", choices=get_args(Trust), default="unknown", help="and this trust")
    for name in ("rules", "agencies"):
        told = f"a file in the form of {name}.toml, beside the installed tables; may be repeated"
        check.add_argument(f"--{name}", metavar="FILE", action="append", default=[], help=told)
    told = "other messages, or folders of them, to look for the text in"
    check.add_argument("--against", metavar="PATH", nargs="+", default=[], help=told)


def run(options: Options) -> int:
    """Print the explanation of each story. Raises Failure, Misconfigured."""
    from dateline_operate.console.terminal import clean, json_document, whole
    from dateline_operate.functions import function

    package = "dateline-attribution"
    tables = function("attribution_tables", package)(tuple(options.agencies), tuple(options.rules))
    explain, lines = function("explain", package), function("explanation_lines", package)
    stories = stories_of(options.file, options.hint, options.url, options.nth)
    contract = _contract(options, tables)
    found = [(story, explain(story, contract, language=options.language, tables=tables)) for story in stories]
    others = list(_others(options.against))
    against, comparison_lines = function("against", package), function("comparison_lines", package)
    if options.json:
        documents: list[dict[str, Any]] = [
            {"guid": story.guid, "headline": story.headline, **whole(explanation)}
            | ({"against": whole(against(story, others, tables))} if options.against else {})
            for story, explanation in found
        ]
        json_document(documents[0] if len(documents) == 1 else documents)
        return 0
    for nth, (story, explanation) in enumerate(found):
        print(f"{chr(10) if nth else ''}{clean(story.headline) or story.guid}")
        for line in (*lines(explanation), *comparison_lines(against(story, others, tables))):
            text = line.lstrip()
            print(f"  {' ' * (len(line) - len(text))}{clean(text)}")
    return 0


def _others(paths: tuple[str, ...]) -> Iterator[tuple[str, Story]]:
    """The stories of files and folders, each with its file's name; standard error has the files that hold none."""
    for path in map(Path, paths):
        if not path.is_dir():
            yield from ((str(path), story) for story in stories_of(str(path)))
            continue
        for file in sorted(one for one in path.rglob("*") if one.is_file()):
            try:
                yield from ((str(file.relative_to(path)), story) for story in stories_of(str(file)))
            except Failure as failure:
                note(f"left out: {failure}")


def _contract(options: Options, tables: object) -> Contract | None:
    """The contract that the options describe. Raises Failure for an agency that no table knows."""
    from dateline_operate.console.vocabulary import unknown_agency
    from dateline_operate.functions import function
    from dateline_schemas.feeds import Contract

    if not options.agency:
        return Contract(trust=options.trust) if options.trust != "unknown" else None
    if options.agency not in (known := function("agency_ids", "dateline-attribution")(tables=tables)):
        raise unknown_agency(options.agency, known)
    return Contract(agency=options.agency, trust=options.trust)
