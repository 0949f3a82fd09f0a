"""How a page's story ends: its credit is kept, what the outlet says of itself and of its writers is not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline_ingest.formats.markup.body import Block
from dateline_ingest.formats.page.judging import HEADINGS, LINKED, judge
from dateline_ingest.formats.page.phrases import biography
from dateline_ingest.formats.values.endline import is_credit_line, is_plain_credit
from dateline_ingest.formats.values.words import bare, unmarked

_LONGEST_NAME = 60
_LONGEST_CREDIT = 120
_LONGEST_LABEL = 30
_AFTER = 8
"""Blocks under the story among which its credit is looked for."""
_LAST = 6
"""Blocks at the end of a story among which an outlet speaks of itself."""
_SIGNS = re.compile(r"©|ⓒ|\(c\)|copyright", re.IGNORECASE)
_DIGITS = "0123456789"
_SET_APART = ("<em>", "<i>", "<strong>", "<b>")
_BRACKETS = ("()", "[]", "（）", "【】")


def without_ending(blocks: list[Block], outlet: Iterable[str]) -> list[Block]:
    """The blocks without what stands behind the story: a writer's biography, what the outlet says of itself, and
    headings that nothing follows. ``outlet`` are the names by which the page calls its outlet.
    """
    names = _known(outlet)
    kept = [*blocks[:-_LAST], *_without_notes(blocks[-_LAST:], names)]
    if _is_biography(kept[-2:]):
        del kept[-2:]
    while kept and _announces(kept[-1]):
        kept.pop()
    return kept


def credit_under(under: tuple[Block, ...], outlet: Iterable[str]) -> tuple[tuple[str, ...], Block | None]:
    """Lines below a story that say whose its pictures are, and the one that says whose copy it is.

    A line that is one link there belongs to another story, and a large heading is one over others. A notice of the
    outlet's own copyright credits nobody else.
    """
    names = _known(outlet)
    pictures: list[str] = []
    for block in under[:_AFTER]:
        said = judge(block, begun=False)
        if block.linked >= LINKED or said == "noise" or block.kind in ("h2", "h3"):
            continue
        if said == "picture":
            pictures.append(block.text)
        elif len(block.text) <= _LONGEST_CREDIT and is_plain_credit(block.text) and not _claims(block, names):
            return tuple(pictures), block
    return tuple(pictures), None


def _known(outlet: Iterable[str]) -> list[str]:
    return [name for name in map(bare, outlet) if name]


def _without_notes(last: list[Block], names: list[str]) -> list[Block]:
    """The last blocks without notes of the outlet about itself: they name it, and are set in another way than a
    story's text or stand behind its credit. Credits stay, wherever they are.
    """
    kept: list[Block] = []
    for nth in range(len(last) - 1, 0, -1):
        block = last[nth]
        credited = any(is_plain_credit(before.text) for before in last[:nth])
        if _claims(block, names) or (_names(block, names) and _is_note(block, credited=credited)):
            continue
        if not is_credit_line(block.text):
            return [*last[: nth + 1], *reversed(kept)]
        kept.append(block)
    return [*last[:1], *reversed(kept)]


def _names(block: Block, names: list[str]) -> bool:
    said = bare(block.text)
    return any(name in said for name in names)


def _claims(block: Block, names: list[str]) -> bool:
    """Whether a block is a notice of the outlet's copyright: its name stands right behind the sign and the year."""
    owner = _SIGNS.split(block.text)[1:][-1:]
    return any(bare(said).lstrip(_DIGITS).startswith(tuple(names)) for said in owner)


def _is_note(block: Block, *, credited: bool) -> bool:
    """Whether a block that names the outlet is no part of a story. ``credited`` says that its credit stands above."""
    if is_plain_credit(block.text):
        return False
    return credited or _is_set_apart(block)


def _is_set_apart(block: Block) -> bool:
    """Whether all of a block stands in brackets, or in letters of another kind than a story's text."""
    if block.text[0] + block.text[-1] in _BRACKETS:
        return True
    opened = next((tag for tag in _SET_APART if block.html.startswith(tag)), "")
    if not opened:
        return False
    _, _, rest = block.html.partition(opened.replace("<", "</"))
    return not unmarked(rest)


def _is_biography(last: list[Block]) -> bool:
    """Whether a story ends with a name as a heading, and a paragraph that begins with it and says who that is."""
    if len(last) < 2 or last[0].kind not in HEADINGS or len(last[0].text) > _LONGEST_NAME:
        return False
    return last[1].text.startswith(last[0].text) and biography().search(last[1].text) is not None


def _announces(block: Block) -> bool:
    """Whether a block only says what follows it: a heading, or a short line that ends with a colon."""
    return block.kind in HEADINGS or (len(block.text) <= _LONGEST_LABEL and block.text.endswith((":", "：")))
