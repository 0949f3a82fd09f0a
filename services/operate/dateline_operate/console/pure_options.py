"""Options of the commands that need no server: ``parse``, ``attribute``, ``enrich``."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from dateline_operate.console.options import Output, count, output_arguments
from dateline_schemas.story import Story


class FileOptions(Output, frozen=True, kw_only=True):
    """A message in a file."""

    file: str
    hint: str = ""
    url: str = ""
    nth: int = 0


def file_arguments(parser: ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("file", metavar="FILE", help="a message in any supported format; - for standard input")
    output_arguments(parser)
    parser.add_argument("--hint", metavar="FORMAT", default="", help="format to assume where the content is ambiguous")
    parser.add_argument("--url", metavar="URL", default="", help="where the bytes came from, for pages and feeds")
    parser.add_argument("--nth", metavar="N", type=count, default=0, help="only the Nth story of the message, from 1")


def answer(options: FileOptions, say: Callable[[Story], Any]) -> int:
    """Print what ``say`` gives for each story: an object for one story, an array for several; 1 if part was not read.

    It is indented unless --json is given. Raises Failure.
    """
    from dateline_operate.console.terminal import json_document
    from dateline_operate.console.vocabulary import check_hint
    from dateline_operate.functions import read_stories

    check_hint(options.hint)
    stories, whole = read_stories(options.file, options.hint, options.url, options.nth)
    said = [say(story) for story in stories]
    json_document(said[0] if len(said) == 1 else said, pretty=not options.json)
    return 0 if whole else 1


def answer_about(options: FileOptions, finding: Callable[[Story], Struct]) -> int:
    """``answer`` with what ``finding`` gives for each story, every member, after its names. Raises Failure."""
    from dateline_operate.console.terminal import whole

    def say(story: Story) -> dict[str, Any]:
        return {"guid": story.guid, "version": story.version, "headline": story.headline, **whole(finding(story))}

    return answer(options, say)
