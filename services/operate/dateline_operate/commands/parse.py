"""Read a message in any supported format and print the stories in it as JSON. No server is needed."""

from __future__ import annotations

from dateline_operate.console.pure_options import FileOptions, answer, file_arguments

Options = FileOptions
arguments = file_arguments


def run(options: FileOptions) -> int:
    """Print every member of the Story, also the empty ones. Raises Failure."""
    from dateline_operate.console.terminal import whole

    return answer(options, whole)
