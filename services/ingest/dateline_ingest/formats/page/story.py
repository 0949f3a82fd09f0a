"""From the part of a page with the story to its paragraphs: noise left out, pointers made links, credit kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from msgspec.structs import replace

from dateline_ingest.cleaning import Verdict, related_title, verdict, without_shortcodes
from dateline_ingest.formats.markup.body import Block, Body, body_of, trimmed
from dateline_ingest.formats.markup.hrefs import split_href
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.page.clutter import Clutter
from dateline_ingest.formats.page.links import other_stories
from dateline_ingest.formats.page.opening import (
    DASHES,
    ENDS,
    HEADINGS,
    LEAST,
    LINKED,
    is_kicked,
    is_prose,
    lead_of,
    without_head_lines,
    without_headline,
)
from dateline_ingest.formats.page.parts import common_part
from dateline_ingest.formats.page.phrases import biography, is_byline, is_title
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import bare, letters, unmarked
from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import Link

_BEFORE = 3
_LONGEST_BYLINE = 60
_AFTER = 8
"""Blocks under the story among which its credit is looked for."""
_LONGEST_CREDIT = 120
_LONGEST_TITLE = 150
"""Characters up to which a line that is one link is the title of another story."""
_MOST_BREAKS = 4
_LONGEST_TOLD = 2000
_ALONE = 400
"""Letters of a paragraph that may be the whole story: another heading behind it is none of it."""
_BOX = 15
"""Blocks under a heading over other stories within which the story may go on."""
_ROW = 3
_LONGEST_LABEL = 30
_LABELLED = re.compile(r"[^:：.!?]{2,30}[:：]\s+")


class PageStory:
    """The story's blocks, the links to other stories found among them, and the lines that credit pictures."""

    __slots__ = ("_site", "blocks", "links", "pictures")

    def __init__(self, blocks: tuple[Block, ...], told: tuple[str, ...], base: str) -> None:
        """``told`` are texts that the page has said already: headline, title. ``base`` is its address."""
        self._site = split_href(base).netloc
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.pictures: list[str] = []
        seen = {bare(text) for text in told if text}
        prose = related = 0
        for nth, block in enumerate(blocks):
            said = _judge(block, begun=prose >= 2)
            if said == "story" and self._is_labelled_link(block):
                said = "related"
            if said == "cut" or (said == "others" and not _goes_on(blocks[nth + 1 :])):
                break
            if said == "picture":
                self.pictures.append(block.text)
            elif said == "related":
                related += 1
                self._relate(block, related)
            elif said == "story":
                kept = block if prose else _untold(block, seen)
                if prose > 1 or not (_says_nothing(kept, seen) or is_kicked(kept, told[0])):
                    related = 0
                    self.blocks.append(_shorn(kept))
                    prose += sum(letters(block.text) >= least for least in (LEAST, _ALONE))
        self._join_dateline()
        if _is_biography(self.blocks[-2:]):
            del self.blocks[-2:]
        while self.blocks and _announces(self.blocks[-1]):
            self.blocks.pop()

    def _join_dateline(self) -> None:
        """Make a dateline that ends with a dash, in a line of its own, the beginning of the paragraph behind it."""
        if len(self.blocks) < _BEFORE:
            return
        place, first = self.blocks[0], self.blocks[1]
        if place.kind == first.kind == "p" and len(place.text) <= _LONGEST_BYLINE and place.text.endswith(DASHES):
            line = f"{place.text} {first.text}"
            self.blocks[:2] = [replace(first, text=line, html=f"{place.html} {first.html}")]

    def _relate(self, block: Block, nth: int) -> None:
        if _is_label(self.blocks, before=len(set(block.hrefs)) + nth):
            self.blocks.pop()
        label = _LABELLED.match(block.text)
        title = related_title(block.text)
        if label and self._is_labelled_link(block):
            title = block.text[label.end() :].rstrip("]")
        told = list(_titles(block)) or [(block.hrefs[0] if block.hrefs else "", title)]
        self.links += [Link(href=href, rel="related", title=title) for href, title in told if title]

    def _is_labelled_link(self, block: Block) -> bool:
        """Whether a line is a label and one link of a title's length to a page of the same site, in any language."""
        label = _LABELLED.match(block.text) if len(block.hrefs) == 1 and block.kind == "p" else None
        if label is None or split_href(block.hrefs[0]).netloc != self._site:
            return False
        title = block.text[label.end() :]
        return is_title(title) and block.linked * len(block.text) >= len(title) - 2

    def take_byline(self) -> str:
        """A line before the text that only says whose copy it is (``AFP, MANILA``, ``By Jane Roe``) is a byline."""
        for at, block in enumerate(self.blocks[:_BEFORE]):
            if block.kind == "p" and len(block.text) <= _LONGEST_BYLINE and _is_byline(block.text):
                del self.blocks[at]
                return block.text
        return ""

    def add_credit(self, under: tuple[Block, ...]) -> None:
        """Keep the credit found below the story as its last line, and a picture's with the others of pictures.

        A line that is one link there belongs to another story, and a large heading is one over others.
        """
        for block in under[:_AFTER]:
            said = _judge(block, begun=False)
            if block.linked >= LINKED or said == "noise" or block.kind in ("h2", "h3"):
                continue
            if said == "picture":
                self.pictures.append(block.text)
            elif len(block.text) <= _LONGEST_CREDIT and is_plain_credit(block.text):
                self.blocks.append(replace(block, kind="p", group=0))
                return

    @property
    def body(self) -> Body:
        """The clean body."""
        return body_of(tuple(block for block in self.blocks if block.text))


def _titles(block: Block) -> Iterator[tuple[str, str]]:
    """Where the links of a line lead, and the titles that they are.

    Calls to follow the outlet are none, nor is the end of a sentence that is the line's only link.
    """
    texts = (unmarked(piece.partition(">")[2].partition("</a>")[0]) for piece in block.html.split("<a ")[1:])
    several = len(block.hrefs) > 1
    for href, text in zip(block.hrefs, texts, strict=False):
        if is_title(text) and (several or not text[0].islower()) and verdict(text, begun=False) != "noise":
            yield href, related_title(text)


def _is_byline(line: str) -> bool:
    return is_plain_credit(line) or is_byline(line)


def blocks_in(part: Element, skip: set[Element], *, base: str, depth: int) -> tuple[Block, ...]:
    """The paragraphs of a part of the page, as written. Raises Unparseable when it is nested too deep."""
    writer = BodyWriter(depth=depth, base=base, skip=skip)
    writer.add(part)
    return writer.blocks()


def page_story(
    part: Element, title: Element | None, clutter: Clutter, told: tuple[str, ...], base: str, depth: int, language: str
) -> PageStory:
    """The story in ``part``; its lead and its credit may stand in the wider part with ``title``, its headline.

    ``language`` is the page's BCP 47 tag, by which dates are known.
    """
    region = common_part(title, part) if title is not None else part
    head = {title, *title.iterancestors()} if title is not None else set()
    before = _before(title, region) if title is not None else set()
    inner = blocks_in(part, clutter.all, base=base, depth=depth)
    wider = inner if region is part else blocks_in(region, (clutter.all | before) - head, base=base, depth=depth)
    opening = lead_of(wider, inner, told)
    story = PageStory(opening + without_head_lines(without_headline(inner, told[0]), language), told, base)
    if story.blocks and not is_plain_credit(story.blocks[-1].text):
        around = blocks_in(region, clutter.noise - clutter.feet, base=base, depth=depth)
        story.add_credit(_under(around, story.blocks[-1].text))
    story.links += other_stories(part, clutter, base)
    return story


def _before(title: Element, region: Element) -> set[Element]:
    """What stands before the headline in its part of the page."""
    above = takewhile(lambda one: one is not region, (title, *title.iterancestors()))
    return {beside for one in above for beside in one.itersiblings(preceding=True)}


def _under(around: tuple[Block, ...], last: str) -> tuple[Block, ...]:
    at = next((nth for nth in range(len(around) - 1, -1, -1) if around[nth].text == last), None)
    return () if at is None else around[at + 1 :]


def _goes_on(under: tuple[Block, ...]) -> bool:
    """Whether the story goes on under a box with other stories: three paragraphs without links in a row."""
    row = 0
    for block in under[:_BOX]:
        row = row + 1 if is_prose(block) and not block.linked else 0
        if row == _ROW:
            return True
    return False


def _is_biography(last: list[Block]) -> bool:
    """Whether a story ends with a name as a heading, and a paragraph that begins with it and says who that is."""
    if len(last) < 2 or last[0].kind not in HEADINGS or len(last[0].text) > _LONGEST_BYLINE:
        return False
    return last[1].text.startswith(last[0].text) and biography().search(last[1].text) is not None


def _announces(block: Block) -> bool:
    """Whether a block only says what follows it: a heading, or a short line that ends with a colon."""
    return block.kind in HEADINGS or (len(block.text) <= _LONGEST_LABEL and block.text.endswith((":", "：")))


def _is_label(blocks: list[Block], *, before: int) -> bool:
    """Whether the last block is the heading over other stories; ``before`` is one more than how many follow it.

    A line in strong letters is one behind others, and if it is no sentence.
    """
    if before <= 2 or not blocks:
        return False
    block = blocks[-1]
    line = block.kind == "p" and len(block.text) <= _LONGEST_LABEL and not block.text.endswith(ENDS)
    strong = line and len(blocks) > 1 and block.html.startswith(("<b>", "<strong>"))
    return strong or block.kind in HEADINGS


def _judge(block: Block, *, begun: bool) -> Verdict:
    said = verdict(block.text, begun=begun)
    sentence = block.kind == "p" and len(block.text) > _LONGEST_TITLE and block.text.endswith(ENDS)
    if said == "story" and "|" in block.text and len(block.text) <= _LONGEST_TITLE:
        pieces = (piece.strip() for piece in block.text.split("|"))
        if all(verdict(piece, begun=begun) == "noise" for piece in pieces if piece):
            return "noise"
    if said == "story" and block.linked >= LINKED and not sentence:
        return "related"
    return said


def _says_nothing(block: Block, seen: set[str]) -> bool:
    """Whether the page has said all of a block, or what is left of one under its headline is no text."""
    return _is_told(block.text, seen) or _judge(block, begun=False) == "noise"


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
