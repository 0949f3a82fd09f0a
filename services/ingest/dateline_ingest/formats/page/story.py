"""From the part of a page with the story to its paragraphs: noise left out, pointers made links, credit kept."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from msgspec.structs import replace

from dateline_ingest.cleaning import without_shortcodes
from dateline_ingest.formats.markup.body import Block, Body, body_of
from dateline_ingest.formats.markup.hrefs import split_href
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.page.clutter import Clutter
from dateline_ingest.formats.page.ending import Outlet, credit_under, without_ending
from dateline_ingest.formats.page.judging import judge
from dateline_ingest.formats.page.links import other_stories
from dateline_ingest.formats.page.opening import (
    LEAST,
    is_kicked,
    lead_of,
    says_nothing,
    untold,
    with_dateline,
    without_head_lines,
    without_headline,
)
from dateline_ingest.formats.page.parts import common_part
from dateline_ingest.formats.page.phrases import is_byline
from dateline_ingest.formats.page.pointers import goes_on, is_labelled_link, is_over_pointers, pointed
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import bare, letters
from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import Link

_BEFORE = 3
_LONGEST_BYLINE = 60
_ALONE = 400
"""Letters of a paragraph that may be the whole story: another heading behind it is none of it."""


class PageStory:
    """The story's blocks, the links to other stories found among them, the lines that credit pictures, and notes of the
    outlet about itself.
    """

    __slots__ = ("_outlet", "_site", "blocks", "links", "notes", "pictures")

    def __init__(self, blocks: tuple[Block, ...], told: tuple[str, ...], base: str, outlet: Iterable[str] = ()) -> None:
        """``told`` are texts that the page has said already: headline, title. ``base`` is its address, ``outlet`` what
        it calls its outlet.
        """
        self._site = split_href(base).netloc
        self._outlet = Outlet(outlet)
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.pictures: list[str] = []
        seen = {bare(text) for text in told if text}
        prose = related = 0
        for nth, block in enumerate(blocks):
            said = judge(block, begun=prose >= 2)
            if said == "story" and is_labelled_link(block, self._site):
                said = "related"
            if said == "cut" or (said == "others" and not goes_on(blocks[nth + 1 :])):
                break
            if said == "picture":
                self.pictures.append(block.text)
            elif said == "related":
                related += 1
                self._relate(block, related)
            elif said == "story":
                kept = block if prose else untold(block, seen)
                if prose > 1 or not (says_nothing(kept, seen) or is_kicked(kept, told[0])):
                    related = 0
                    self.blocks.append(_shorn(kept))
                    prose += sum(letters(block.text) >= least for least in (LEAST, _ALONE))
        self.blocks, self.notes = without_ending(with_dateline(self.blocks), self._outlet)

    def _relate(self, block: Block, nth: int) -> None:
        if is_over_pointers(self.blocks, before=len(set(block.hrefs)) + nth):
            self.blocks.pop()
        self.links += pointed(block, self._site)

    def take_byline(self) -> str:
        """A line before the text that only says whose copy it is (``AFP, MANILA``, ``By Jane Roe``) is a byline."""
        for at, block in enumerate(self.blocks[:_BEFORE]):
            if block.kind == "p" and len(block.text) <= _LONGEST_BYLINE and _is_byline(block.text):
                del self.blocks[at]
                return block.text
        return ""

    def add_credit(self, under: tuple[Block, ...]) -> None:
        """Keep the credit found below the story as its last line, and a picture's with the others of pictures."""
        pictures, credit = credit_under(under, self._outlet)
        self.pictures += pictures
        if credit is not None:
            self.blocks.append(replace(credit, kind="p", group=0))

    @property
    def body(self) -> Body:
        """The clean body."""
        return body_of(tuple(block for block in self.blocks if block.text))


def _is_byline(line: str) -> bool:
    return is_plain_credit(line) or is_byline(line)


def blocks_in(part: Element, skip: set[Element], *, base: str, depth: int) -> tuple[Block, ...]:
    """The paragraphs of a part of the page, as written. Raises Unparseable when it is nested too deep."""
    writer = BodyWriter(depth=depth, base=base, skip=skip)
    writer.add(part)
    return writer.blocks()


def page_story(
    part: Element,
    title: Element | None,
    clutter: Clutter,
    told: tuple[str, ...],
    base: str,
    depth: int,
    language: str,
    outlet: Iterable[str],
) -> PageStory:
    """The story in ``part``; its lead and its credit may stand in the wider part with ``title``, its headline.

    ``language`` is the page's BCP 47 tag, by which dates are known, ``outlet`` what the page calls its outlet.
    """
    region = common_part(title, part) if title is not None else part
    head = {title, *title.iterancestors()} if title is not None else set()
    before = _before(title, region) if title is not None else set()
    inner = blocks_in(part, clutter.all, base=base, depth=depth)
    wider = inner if region is part else blocks_in(region, (clutter.all | before) - head, base=base, depth=depth)
    opening = lead_of(wider, inner, told)
    story = PageStory(opening + without_head_lines(without_headline(inner, told[0]), language), told, base, outlet)
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


def _shorn(block: Block) -> Block:
    if "[" not in block.text:
        return block
    return replace(block, text=without_shortcodes(block.text), html=without_shortcodes(block.html))
