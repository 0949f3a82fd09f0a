"""Notes that commands print on standard error, beside their answer; and text from outside made safe for a terminal."""

from __future__ import annotations

import sys


def note(text: str) -> None:
    """Print a note after the command's name. Its text may come from messages, files and servers, so it is cleaned."""
    print(f"dateline: {shown(text)}", file=sys.stderr)


def shown(text: str) -> str:
    """The lines without control characters, and without those that change the direction of writing."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
