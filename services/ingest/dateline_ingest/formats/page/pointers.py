"""Lines of a story that point to other stories: they become links, and the heading over them goes with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline_ingest.cleaning import related_title, verdict
from dateline_ingest.formats.markup.body import Block
from dateline_ingest.formats.markup.hrefs import split_href
from dateline_ingest.formats.page.judging import HEADINGS
from dateline_ingest.formats.page.opening import is_prose
from dateline_ingest.formats.page.parts import ENDS
from dateline_ingest.formats.page.phrases import is_title
from dateline_ingest.formats.values.words import unmarked
from dateline_schemas.story import Link

_BOX = 15
"""Blocks under a heading over other stories within which the story may go on."""
_ROW = 3
_LONGEST_LABEL = 30
_LABELLED = re.compile(r"[^:：.!?]{2,30}[:：]\s+")


def is_labelled_link(block: Block, site: str) -> bool:
    """Whether a line is a label and one link of a title's length to a page of the same site, in any language."""
    label = _LABELLED.match(block.text) if len(block.hrefs) == 1 and block.kind == "p" else None
    if label is None or split_href(block.hrefs[0]).netloc != site:
        return False
    title = block.text[label.end() :]
    return is_title(title) and block.linked * len(block.text) >= len(title) - 2


def pointed(block: Block, site: str) -> tuple[Link, ...]:
    """The stories that a line points to. ``site`` is the host of the page."""
    title = related_title(block.text)
    label = _LABELLED.match(block.text)
    if label and is_labelled_link(block, site):
        title = block.text[label.end() :].rstrip("]")
    told = list(_titles(block)) or [(block.hrefs[0] if block.hrefs else "", title)]
    return tuple(Link(href=href, rel="related", title=title) for href, title in told if title)


def is_over_pointers(blocks: list[Block], *, before: int) -> bool:
    """Whether the last block is the heading over other stories; ``before`` is one more than how many follow it.

    A line in strong letters is one behind others, and if it is no sentence.
    """
    if before <= 2 or not blocks:
        return False
    block = blocks[-1]
    line = block.kind == "p" and len(block.text) <= _LONGEST_LABEL and not block.text.endswith(ENDS)
    strong = line and len(blocks) > 1 and block.html.startswith(("<b>", "<strong>"))
    return strong or block.kind in HEADINGS


def goes_on(under: tuple[Block, ...]) -> bool:
    """Whether the story goes on under a box with other stories: three paragraphs without links in a row."""
    row = 0
    for block in under[:_BOX]:
        row = row + 1 if is_prose(block) and not block.linked else 0
        if row == _ROW:
            return True
    return False


def _titles(block: Block) -> Iterator[tuple[str, str]]:
    """Where the links of a line lead, and the titles that they are.

    Calls to follow the outlet are none, nor is the end of a sentence that is the line's only link.
    """
    texts = (unmarked(piece.partition(">")[2].partition("</a>")[0]) for piece in block.html.split("<a ")[1:])
    several = len(block.hrefs) > 1
    for href, text in zip(block.hrefs, texts, strict=False):
        if is_title(text) and (several or not text[0].islower()) and verdict(text, begun=False) != "noise":
            yield href, related_title(text)
