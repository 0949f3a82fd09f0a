"""Whose copy a message is, with the evidence for it, as JSON. No server is needed."""

from __future__ import annotations

from dateline_operate.console.pure_options import FileOptions, answer_about, file_arguments

Options = FileOptions
arguments = file_arguments


def run(options: FileOptions) -> int:
    """Print the Credit of each story. Raises Failure."""
    from dateline_operate.functions import credited

    return answer_about(options, credited)
