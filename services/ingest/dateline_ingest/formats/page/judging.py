"""What a paragraph of a page is: story, noise around it, a pointer to another story, whose picture it is."""

from __future__ import annotations

from dateline_ingest.cleaning import Verdict, verdict
from dateline_ingest.formats.markup.body import Block
from dateline_ingest.formats.page.parts import ENDS

LINKED = 0.8
"""Share of links from which a line is a link."""
HEADINGS = ("h2", "h3", "h4")
_LONGEST_TITLE = 150
"""Characters up to which a line that is one link is the title of another story."""


def judge(block: Block, *, begun: bool) -> Verdict:
    """What a block is by its words and its links. ``begun`` says that the story's text has begun."""
    said = verdict(block.text, begun=begun)
    sentence = block.kind == "p" and len(block.text) > _LONGEST_TITLE and block.text.endswith(ENDS)
    if said == "story" and "|" in block.text and len(block.text) <= _LONGEST_TITLE:
        pieces = (piece.strip() for piece in block.text.split("|"))
        if all(verdict(piece, begun=begun) == "noise" for piece in pieces if piece):
            return "noise"
    if said == "story" and block.linked >= LINKED and not sentence:
        return "related"
    return said
