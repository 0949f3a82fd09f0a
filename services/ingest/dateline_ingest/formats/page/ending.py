"""How a page's story ends: its credit is kept, what the outlet says of itself and of its writers is not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline_ingest.formats.markup.body import Block
from dateline_ingest.formats.page.judging import HEADINGS, LINKED, judge
from dateline_ingest.formats.page.parts import ENDS
from dateline_ingest.formats.page.phrases import biography
from dateline_ingest.formats.textwire.conventions import puts_right
from dateline_ingest.formats.values.endline import is_credit_line, is_plain_credit
from dateline_ingest.formats.values.words import bare, fold, unmarked

_LONGEST_NAME = 60
_LONGEST_CREDIT = 120
_LONGEST_LABEL = 30
_ARTICLE = 3
"""Letters of an article, at most."""
_AFTER = 8
"""Blocks under the story among which its credit is looked for."""
_NO_CREDITS = ("h2", "h3", "ul", "ol")
_LAST = 6
"""Blocks at the end of a story among which an outlet speaks of itself."""
_SIGNS = re.compile(r"©|ⓒ|\(c\)|^\W{0,3}copyright", re.IGNORECASE)
_APART = (r"(?<![^\W\u0e00-\uffef])", r"(?![^\W\u0e00-\uffef])")
"""What stands before and behind a name: no letter, but in scripts that do not part words."""
_WORDS = re.compile(r"[^\W\d_]+")
_STOPS = re.compile(r"(?<=[.!?])\s+")
_NAME = re.compile(r"(?<=[^\W\d_A-Z]),?\s((?:[A-Z][^\W\d_]{2,}\s){1,3}[A-Z][^\W\d_]{2,})")
"""Several words with capital letters, in a sentence."""
_DIGITS = "0123456789"
_SET_APART = ("<em>", "<i>")
"""Slanted letters. Strong ones are those of questions, too."""
_CLOSING = ')]）】"”»'
"""What may stand behind the end of a sentence."""
_QUOTES = ("“", "„", "«", "»", '"', "「", "『", "‘")
_BRACKETS = ("()", "[]", "（）", "【】")


class Outlet:
    """The names by which a page calls its outlet, and what it says under them."""

    __slots__ = ("_named", "_owners")

    def __init__(self, names: Iterable[str]) -> None:
        known = {bare(name): re.escape(fold(name)) for name in names if bare(name)}
        self._owners = (*known, *(bare(short) for name in names if (short := _without_article(name))))
        self._named = re.compile(f"{_APART[0]}(?:{'|'.join(known.values())}){_APART[1]}") if known else None

    def is_named(self, block: Block) -> bool:
        """Whether a block has a name as it is written, and not within a word."""
        return self._named is not None and self._named.search(block.text) is not None

    def tells_more(self, block: Block, above: list[Block]) -> bool:
        """Whether all sentences of a block with a name of the outlet name someone of the blocks ``above`` as well."""
        told = {word for one in above for name in _NAME.findall(one.text) for word in name.split()}
        named = self._named
        own = [named.sub(" ", said) for said in _STOPS.split(block.text) if named.search(said)] if named else []
        return bool(own) and all(not told.isdisjoint(_WORDS.findall(said)) for said in own)

    def claims(self, block: Block) -> bool:
        """Whether a block is a notice of the outlet's copyright: a name stands right behind the sign and the year."""
        owner = _SIGNS.split(block.text)[1:][-1:]
        return any(bare(said).lstrip(_DIGITS).startswith(self._owners) for said in owner)


def _without_article(name: str) -> str:
    """What is left of a name of several words without a first one as short as an article."""
    first, _, rest = name.partition(" ")
    return rest if len(first) <= _ARTICLE else ""


def without_ending(blocks: list[Block], outlet: Outlet) -> tuple[list[Block], list[str]]:
    """The blocks without what stands behind the story: a writer's biography, what the outlet says of itself, and
    headings that nothing follows. Beside them what the outlet said, which may credit an agency.
    """
    last, notes = _without_notes(blocks[-_LAST:], outlet)
    kept = [*blocks[:-_LAST], *last]
    if _is_biography(kept[-2:]):
        del kept[-2:]
    while kept and _announces(kept[-1]):
        kept.pop()
    return kept, notes


def credit_under(under: tuple[Block, ...], outlet: Outlet) -> tuple[tuple[str, ...], Block | None]:
    """Lines below a story that say whose its pictures are, and the one that says whose copy it is.

    A line that is one link there belongs to another story, a large heading is one over others, and a list is one of
    topics. A notice of the outlet's own copyright credits nobody else.
    """
    pictures: list[str] = []
    for block in under[:_AFTER]:
        said = judge(block, begun=False)
        if block.linked >= LINKED or said == "noise" or block.kind in _NO_CREDITS:
            continue
        if said == "picture":
            pictures.append(block.text)
        elif len(block.text) <= _LONGEST_CREDIT and is_plain_credit(block.text) and not outlet.claims(block):
            return tuple(pictures), block
    return tuple(pictures), None


def _without_notes(last: list[Block], outlet: Outlet) -> tuple[list[Block], list[str]]:
    """The last blocks without notes of the outlet about itself, and these. Credits stay, wherever they are."""
    kept: list[Block] = []
    notes: list[str] = []
    end = len(last)
    while end > 1:
        block = last[end - 1]
        if _is_note(block, last[: end - 1], outlet):
            notes.append(block.text)
        elif is_credit_line(block.text):
            kept.append(block)
        else:
            break
        end -= 1
    return [*last[:end], *reversed(kept)], notes[::-1]


def _is_note(block: Block, above: list[Block], outlet: Outlet) -> bool:
    """Whether an outlet speaks of itself: it is named, in another way than a story's text is set or right behind the
    credit. A correction of the story is no such note, nor is what somebody said.
    """
    if outlet.claims(block):
        return True
    said = is_plain_credit(block.text) or puts_right(block.text) or block.text.startswith(_QUOTES)
    if said or not outlet.is_named(block):
        return False
    if _is_set_apart(block) and not _is_set_apart(above[0]):
        return not outlet.tells_more(block, above)
    return _signs(next((one for one in reversed(above) if not outlet.is_named(one)), block))


def _signs(block: Block) -> bool:
    """Whether a block is the story's credit, and no sentence or heading that begins or looks like one."""
    short = block.kind == "p" and len(block.text) <= _LONGEST_CREDIT
    return short and is_plain_credit(block.text) and not block.text.rstrip(_CLOSING).endswith(ENDS)


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
