"""What commands say beside their answer, on standard error; and text from outside as a terminal may be given it."""

from __future__ import annotations

import sys


def note(text: str) -> None:
    """Say it, after the command's name: messages, files and servers may have had a hand in its words."""
    print(f"dateline: {shown(text)}", file=sys.stderr)


def shown(text: str) -> str:
    """The same lines without the characters that a terminal would obey, or that would turn its lines round."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
