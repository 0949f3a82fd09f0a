"""Where the text of a story begins and ends among the lines that a page has around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LEAD = 100
"""Characters from which a paragraph is text rather than a caption or another line above it."""
_HEAD = 12
"""Paragraphs among which the text begins."""
_EAST = re.compile(r"(?:[\u2e80-\uffef]\W*){20}")
"""Scripts in which a character says as much as two letters."""
_BARS = 3
"""Signs of a list that no paragraph of text has so many of: what a page offers besides, in one line."""
_SENTENCE = re.compile(r"[.!?…。।]\W{0,2}$")
_SENTENCES = 2
"""Short sentences that may stand below the text: what a page says of comments, of rights, of itself."""
_BELOW = 40
"""Paragraphs below the text, and characters from which one of them may be a sentence."""


def lead_of(paragraphs: Sequence[str]) -> int:
    """Which paragraph begins the text: the first long one, where captions, a name, a time stand above it; else 0."""
    if not paragraphs or _is_text(paragraphs[0]):
        return 0
    return next((at for at, text in enumerate(paragraphs[:_HEAD]) if _is_text(text)), 0)


def tail_of(paragraphs: Sequence[str]) -> int:
    """Which paragraph ends the text: the last long one before what a page has below its texts; else the last.

    A credit stands behind it, or in it, however many headlines and offers come after.
    """
    last, sentences = len(paragraphs) - 1, 0
    for index in range(last, max(-1, last - _BELOW), -1):
        text = paragraphs[index]
        if _is_text(text):
            return index
        sentences += len(text) >= _BELOW and _SENTENCE.search(text) is not None
        if sentences > _SENTENCES:
            break
    return last


def _is_text(paragraph: str) -> bool:
    """Whether it is long enough for a paragraph of a text, and no list of what else a page offers."""
    length = len(paragraph)
    if length < _LEAD and (length < _LEAD // 2 or paragraph.isascii() or not _EAST.search(paragraph)):
        return False
    return paragraph.count("|") + paragraph.count("•") < _BARS


def is_twice(paragraphs: Sequence[str], index: int) -> bool:
    """Whether a paragraph stands beside one of the same words, as captions do on pages that keep them for two sizes."""
    line = paragraphs[index]
    return (index > 0 and paragraphs[index - 1] == line) or (
        index + 1 < len(paragraphs) and paragraphs[index + 1] == line
    )
