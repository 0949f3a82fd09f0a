"""From the part of a page with the story to its paragraphs: noise left out, pointers made links, credit kept."""

from __future__ import annotations

from msgspec.structs import replace

from dateline_ingest.cleaning import Verdict, related_title, verdict, without_shortcodes
from dateline_ingest.formats.body import Block, Body, body_of, trimmed
from dateline_ingest.formats.bodywriter import BodyWriter
from dateline_ingest.formats.endline import is_plain_credit
from dateline_ingest.formats.pageclutter import Clutter
from dateline_ingest.formats.pagedates import shown_date
from dateline_ingest.formats.pagelinks import other_stories
from dateline_ingest.formats.pageparts import by_name
from dateline_ingest.formats.words import bare, unmarked
from dateline_ingest.formats.xmltree import Element
from dateline_schemas.story import Link

_LEAST = 40
_LINKED = 0.8
_HEAD = 15
"""Blocks among which the headline may stand."""
_BEFORE = 3
_LONGEST_BYLINE = 60
_AFTER = 8
"""Blocks under the story among which its credit is looked for."""
_LONGEST_CREDIT = 120
_LONG = 70
_LONGEST_TITLE = 150
"""Characters up to which a line that is one link is the title of another story."""
_MOST_LEADS = 5
_MOST_BREAKS = 4
_LONGEST_TOLD = 2000
_BOX = 15
"""Blocks under a heading over other stories within which the story may go on."""
_ROW = 3
_HEADINGS = ("h2", "h3", "h4")
_DASHES = ("-", "–", "—")
"""What a dateline set apart ends with."""
_ENDS = (".", "!", "?", "…", "。", "”", '"', "»", "“", ")")


class PageStory:
    """The story's blocks, the links to other stories found among them, and the lines that credit pictures."""

    __slots__ = ("blocks", "links", "pictures")

    def __init__(self, blocks: tuple[Block, ...], told: tuple[str, ...]) -> None:
        """``told`` are texts that the page has said already: headline, title."""
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.pictures: list[str] = []
        seen = {bare(text) for text in told if text}
        prose = related = 0
        for nth, block in enumerate(blocks):
            said = _judge(block, begun=prose >= 2)
            if said == "cut" or (said == "others" and not _goes_on(blocks[nth + 1 :])):
                break
            if said == "picture":
                self.pictures.append(block.text)
            elif said == "related":
                related += 1
                self._relate(block, related)
            elif said == "story":
                kept = block if prose else _untold(block, seen)
                if prose or not _is_told(kept.text, seen):
                    related = 0
                    self.blocks.append(_shorn(kept))
                    prose += len(block.text) >= _LEAST
        while self.blocks and self.blocks[-1].kind in _HEADINGS:
            self.blocks.pop()

    def _relate(self, block: Block, nth: int) -> None:
        if nth == 2 and self.blocks and self.blocks[-1].kind in _HEADINGS:
            self.blocks.pop()
        title = related_title(block.text)
        if title:
            self.links.append(Link(href=block.hrefs[0] if block.hrefs else "", rel="related", title=title))

    def take_byline(self) -> str:
        """A line before the text that only says whose copy it is (``AFP, MANILA``, ``By Jane Roe``) is a byline."""
        for at, block in enumerate(self.blocks[:_BEFORE]):
            if block.kind == "p" and len(block.text) <= _LONGEST_BYLINE and _is_byline(block.text):
                del self.blocks[at]
                return block.text
        return ""

    def add_credit(self, under: tuple[Block, ...]) -> None:
        """Keep the credit found below the story as its last line, and a picture's with the others of pictures.

        A line that is one link there belongs to another story.
        """
        for block in under[:_AFTER]:
            if block.linked < _LINKED and _judge(block, begun=False) == "picture":
                self.pictures.append(block.text)
            elif len(block.text) <= _LONGEST_CREDIT and is_plain_credit(block.text) and block.linked < _LINKED:
                self.blocks.append(replace(block, kind="p", group=0))
                return

    @property
    def body(self) -> Body:
        """The clean body."""
        return body_of(tuple(block for block in self.blocks if block.text))


def _is_byline(line: str) -> bool:
    return is_plain_credit(line) or by_name().fullmatch(line) is not None


def blocks_in(part: Element, skip: set[Element], *, base: str, depth: int) -> tuple[Block, ...]:
    """The paragraphs of a part of the page, as written. Raises Unparseable when it is nested too deep."""
    writer = BodyWriter(depth=depth, base=base, skip=skip)
    writer.add(part)
    return writer.blocks()


def page_story(
    part: Element, region: Element, clutter: Clutter, told: tuple[str, ...], base: str, depth: int, language: str
) -> PageStory:
    """The story in ``part``; ``region`` is the wider part with its headline, where its lead and credit may stand.

    ``language`` is the page's BCP 47 tag, by which dates are known.
    """
    inner = blocks_in(part, clutter.all, base=base, depth=depth)
    wider = inner if region is part else blocks_in(region, clutter.all, base=base, depth=depth)
    story = PageStory(_lead(wider, inner, told) + _begun(_headless(inner, told[0]), language), told)
    if story.blocks and not is_plain_credit(story.blocks[-1].text):
        around = blocks_in(region, clutter.noise - clutter.feet, base=base, depth=depth)
        story.add_credit(_under(around, story.blocks[-1].text))
    story.links += other_stories(part, clutter, base)
    return story


def _begun(blocks: tuple[Block, ...], language: str) -> tuple[Block, ...]:
    """The blocks without the short lines before the text, if one of them has a date: author, time, how long to read.

    A line with author and date behind a lead set apart is left out, too.
    """
    dated = [nth for nth, block in enumerate(blocks[:_HEAD]) if _dates(block, language)]
    start = next((nth for nth, block in enumerate(blocks[:_HEAD]) if len(block.text) >= _LEAST and nth not in dated), 0)
    kept = [block for block in blocks[:start] if _is_of_text(block) or (not dated or dated[0] >= start)]
    signed = (nth for nth in dated if start < nth <= start + 2 and by_name().match(blocks[nth].text))
    line = next(signed, None)
    return (*kept, *(block for nth, block in enumerate(blocks) if nth >= start and nth != line))


def _is_of_text(block: Block) -> bool:
    """Whether a short line before the text is more than who, where and when: a heading, a sentence, a credit."""
    return block.kind != "p" or block.text.endswith((*_ENDS, *_DASHES)) or is_plain_credit(block.text)


def _dates(block: Block, language: str) -> bool:
    return len(block.text) <= _LONG and shown_date(block.text, language) is not None


def _headless(blocks: tuple[Block, ...], headline: str) -> tuple[Block, ...]:
    """The blocks without the headline among the first of them and the short lines above it; a lead above it stays."""
    same = bare(headline)
    at = next((nth for nth, block in enumerate(blocks[:_HEAD]) if block.text and bare(block.text) == same), None)
    if at is None:
        return blocks
    return (*(block for block in blocks[:at] if len(block.text) >= _LEAST), *blocks[at + 1 :])


def _lead(wider: tuple[Block, ...], inner: tuple[Block, ...], told: tuple[str, ...]) -> tuple[Block, ...]:
    """Paragraphs between the headline and the part with the story: pages set the first one apart."""
    first = next((block.text for block in inner if len(block.text) >= _LEAST), "")
    at = next((at for at, block in enumerate(wider) if block.text == first), 0)
    above = wider[:at]
    seen = {bare(text) for text in told if text}
    start = next((nth + 1 for nth in range(len(above) - 1, -1, -1) if bare(above[nth].text) in seen), None)
    if start is None:
        return ()
    mine = {block.text for block in inner}
    between = above[start:]
    leads = (block for nth, block in enumerate(between) if _is_prose(block) or _is_deck(block, first=not nth))
    return tuple(block for block in leads if block.text not in mine)[-_MOST_LEADS:]


def _is_deck(block: Block, *, first: bool) -> bool:
    """Whether a line under the headline is a deck, which need not end like a sentence, or a list of points."""
    if (
        len(block.text) < _LONG
        or block.linked
        or not (block.kind == "ul" or (first and block.kind in ("p", *_HEADINGS)))
    ):
        return False
    return sum(map(str.isdigit, block.text)) * 5 < len(block.text)


def _is_prose(block: Block) -> bool:
    return (
        block.kind in ("p", "bq", "h2")
        and len(block.text) >= _LONG
        and block.linked < _LINKED / 2
        and block.text.endswith(_ENDS)
    )


def _under(around: tuple[Block, ...], last: str) -> tuple[Block, ...]:
    at = next((nth for nth in range(len(around) - 1, -1, -1) if around[nth].text == last), None)
    return () if at is None else around[at + 1 :]


def _goes_on(under: tuple[Block, ...]) -> bool:
    """Whether the story goes on under a box with other stories: three paragraphs without links in a row."""
    row = 0
    for block in under[:_BOX]:
        row = row + 1 if _is_prose(block) and not block.linked else 0
        if row == _ROW:
            return True
    return False


def _judge(block: Block, *, begun: bool) -> Verdict:
    said = verdict(block.text, begun=begun)
    sentence = block.kind == "p" and len(block.text) > _LONGEST_TITLE and block.text.endswith(_ENDS)
    if said == "story" and "|" in block.text and len(block.text) <= _LONGEST_TITLE:
        pieces = (piece.strip() for piece in block.text.split("|"))
        if all(verdict(piece, begun=begun) == "noise" for piece in pieces if piece):
            return "noise"
    if said == "story" and block.linked >= _LINKED and not sentence:
        return "related"
    return said


def _is_told(text: str, seen: set[str]) -> bool:
    """Whether the page has said it in its headline or title."""
    return len(text) <= _LONGEST_TOLD and bare(text) in seen


def _untold(block: Block, seen: set[str]) -> Block:
    """A first paragraph without the headline or date that old pages put before the text, separated by line breaks."""
    for _ in range(_MOST_BREAKS):
        head, _, rest = block.html.partition("<br>")
        said = unmarked(head) if rest else ""
        known = not said or _is_told(said, seen) or verdict(said, begun=False) == "noise"
        if not rest or not known or not block.text.startswith(said):
            break
        block = replace(block, text=block.text[len(said) :].lstrip(), html=trimmed(rest))
    return block


def _shorn(block: Block) -> Block:
    if "[" not in block.text:
        return block
    return replace(block, text=without_shortcodes(block.text), html=without_shortcodes(block.html))
