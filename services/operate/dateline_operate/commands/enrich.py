"""What a message is about - language, places, people, organisations, topics - as JSON. No server is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline_operate.console.pure_options import FileOptions, answer, file_arguments

if TYPE_CHECKING:
    from dateline_schemas.story import Story

Options = FileOptions
arguments = file_arguments


def run(options: FileOptions) -> int:
    """Print every member of the Facts, also the empty ones. Raises Failure."""
    return answer(options, _say)


def _say(story: Story) -> dict[str, Any]:
    from dateline_operate.console.terminal import whole
    from dateline_operate.functions import analysed, credited

    return {
        "guid": story.guid,
        "version": story.version,
        "headline": story.headline,
        **whole(analysed(story, credited(story))),
    }
