"""What a message is about - language, places, people, organisations, topics - as JSON. No server is needed."""

from __future__ import annotations

from dateline_operate.console.pure_options import FileOptions, answer_about, file_arguments

Options = FileOptions
arguments = file_arguments


def run(options: FileOptions) -> int:
    """Print the Facts of each story. Raises Failure."""
    from dateline_operate.functions import analysed, credited

    return answer_about(options, lambda story: analysed(story, credited(story)))
