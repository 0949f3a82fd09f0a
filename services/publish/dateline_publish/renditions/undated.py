"""The text of a story without its dateline: outlets get that apart, to print it in a style of their own.

Plain paragraphs and HTML are cut alike or not at all.
"""

from __future__ import annotations

import re
from html import unescape

from msgspec.structs import replace

from dateline_schemas.credit import Dateline
from dateline_schemas.story import Story

_FIELD = re.compile(r"paragraphs\[(\d{1,6})\]")
_BLOCK = re.compile(r"<(p|h[2-4]|li)>")
_TAG = re.compile(r"<[^>]*>")
_TOKEN = re.compile(r"<[^>]*>|&#?\w{1,31};|.", re.DOTALL)
_REACH = 20
"""Blocks of the HTML among which the one with the dateline is looked for: it stands in one of the first paragraphs."""


def undated(story: Story, dateline: Dateline | None) -> Story:
    """The story without the dateline in its text; as it is where none stands there, or where the HTML does not show it.

    The first sentence keeps its letters and its markup. A paragraph that is nothing but the dateline goes.
    """
    where = _FIELD.fullmatch(dateline.where) if dateline else None
    if dateline is None or where is None or not dateline.cut or int(where[1]) >= len(story.paragraphs):
        return story
    at = int(where[1])
    cut, left = story.paragraphs[at][: dateline.cut], story.paragraphs[at][dateline.cut :].lstrip()
    html = _without(story.body_html, cut, left) if story.body_html else ""
    if html is None:
        return story
    paragraphs = (*story.paragraphs[:at], *((left,) if left else ()), *story.paragraphs[at + 1 :])
    return replace(story, paragraphs=paragraphs, body_html=html)


def _without(html: str, cut: str, left: str) -> str | None:
    """The HTML without ``cut`` at the front of the block that goes on with ``left``; None if none does."""
    for nth, block in enumerate(_BLOCK.finditer(html)):
        closing = f"</{block[1]}>"
        end = html.find(closing, block.end())
        if nth == _REACH or end < 0:
            return None
        inside = html[block.end() : end]
        if _letters(unescape(_TAG.sub("", inside))) == _letters(cut + left):
            kept = _cut(inside, len(_letters(cut)))
            if kept:
                return html[: block.end()] + kept + html[end:]
            return html[: block.start()] + html[end + len(closing) :]
    return None


def _letters(text: str) -> str:
    """The text without white space, which HTML and plain paragraphs set differently."""
    return "".join(text.split())


def _cut(inside: str, letters: int) -> str:
    """The inside of a block without so many letters at its front; elements that this leaves empty go."""
    opened: list[str] = []
    for match in _TOKEN.finditer(inside):
        token = match[0]
        if token.startswith("</"):
            opened.pop()
        elif token[0] == "<" and len(token) > 1:
            if token != "<br>":
                opened.append(token)
        elif letters > 0 or not _letters(unescape(token)):
            letters -= len(_letters(unescape(token)))
        else:
            return "".join(opened) + inside[match.start() :]
    return ""
