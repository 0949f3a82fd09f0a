"""Lines of wire texts, which came over teleprinters, mainframes and editors."""

from __future__ import annotations

import re

FILLERS = "\x00\x16\x1a\x7f"
"""NUL, SYN, the end of a file in CP/M, DEL: what lines and blocks are filled up with; they say nothing."""
_END = re.compile(r"\r{0,3}\n\r?(?!\n)")
"""CR LF, CR CR LF of teleprinters, LF CR; but LF and CR LF beside one another are two ends."""
_START = re.compile(r"ZCZC(?:[ \t]{1,8}\w{1,10})?[ \t]{0,8}\n(?=\s*\S)")
"""The sign of telex that a message begins, with the channel that it came by; NNNN is the one that it ends."""


def wire_lines(text: str) -> str:
    """The text with LF for every end of a line, without fillers and signs of telex around it.

    CR is an end by itself only where there is no LF.
    """
    text = text.strip(FILLERS)
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            text = _END.sub("\n", text) if "\n" in text else text.replace("\r", "\n")
    text = text.lstrip(FILLERS + "\n")
    if begun := _START.match(text):
        text = text[begun.end() :].lstrip(FILLERS + "\n")
    ended = text.rstrip(FILLERS + " \t\n")
    return ended[:-4].rstrip(FILLERS + " ") if ended.endswith(("\nNNNN", " NNNN")) else text
