"""How a page's story begins: what stands before its text is told from its lead and its first paragraphs."""

from __future__ import annotations

from msgspec.structs import replace

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.markup.body import Block, trimmed
from dateline_ingest.formats.page.dates import shown_date
from dateline_ingest.formats.page.judging import HEADINGS, LINKED, judge
from dateline_ingest.formats.page.parts import ENDS
from dateline_ingest.formats.page.phrases import by_name, by_word
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import bare, unmarked

LEAST = 40
"""Characters of a paragraph."""
_HEAD = 15
"""Blocks among which the headline may stand."""
_LONG = 70
"""Characters of a deck, at least; of a line that says when, at the most."""
_MOST_LEADS = 5
_MOST_BREAKS = 4
_LONGEST_TOLD = 2000
_LONGEST_PLACE = 60
DASHES = ("-", "–", "—")
"""What a dateline set apart ends with."""


def without_head_lines(blocks: tuple[Block, ...], language: str) -> tuple[Block, ...]:
    """The blocks without the short lines before the text, if one of them has a date: author, time, how long to read.

    A line with author and date behind a lead set apart is left out, too.
    """
    dated = [nth for nth, block in enumerate(blocks[:_HEAD]) if _dates(block, language)]
    start = next((nth for nth, block in enumerate(blocks[:_HEAD]) if len(block.text) >= LEAST and nth not in dated), 0)
    undated = not dated or dated[0] >= start
    kept = [
        block
        for nth, block in enumerate(blocks[:start])
        if not _is_left_over(block)
        and (undated or (_is_of_text(block) and not (nth in dated and block.text[-1] == ")")))
    ]
    signed = (nth for nth in dated if start < nth <= start + 2 and by_name().match(blocks[nth].text))
    line = next(signed, None)
    return (*kept, *(block for nth, block in enumerate(blocks) if nth >= start and nth != line))


def _is_of_text(block: Block) -> bool:
    """Whether a short line before the text is more than who, where and when: a heading, a sentence, a credit."""
    return block.kind != "p" or block.text.endswith((*ENDS, *DASHES)) or is_plain_credit(block.text)


def _is_left_over(block: Block) -> bool:
    """Whether nothing but a word for authors is left of a byline whose names stand elsewhere."""
    return block.kind == "p" and by_word().fullmatch(block.text.rstrip(" -–—|")) is not None


def _dates(block: Block, language: str) -> bool:
    return len(block.text) <= _LONG and shown_date(block.text, language) is not None


def without_headline(blocks: tuple[Block, ...], headline: str) -> tuple[Block, ...]:
    """The blocks without the headline among the first of them, in one line or two, and the short lines above it; a lead
    above it stays.
    """
    same = bare(headline)
    for at, block in enumerate(blocks[:_HEAD]):
        said = bare(block.text)
        if said and said == same:
            return (*_longer(blocks[:at]), *blocks[at + 1 :])
        if said and same.startswith(said) and at + 1 < len(blocks) and said + bare(blocks[at + 1].text) == same:
            return (*_longer(blocks[:at]), *blocks[at + 2 :])
    return blocks


def _longer(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if len(block.text) >= LEAST)


def lead_of(wider: tuple[Block, ...], inner: tuple[Block, ...], told: tuple[str, ...]) -> tuple[Block, ...]:
    """Paragraphs between the headline and the part with the story: pages set the first one apart."""
    seen = {bare(text) for text in told if text}
    long = (nth for nth, block in enumerate(inner) if len(block.text) >= LEAST and bare(block.text) not in seen)
    first = next(long, 0)
    at = next((at for at, block in enumerate(wider) if inner and block.text == inner[first].text), 0)
    above = wider[: max(0, at - first)]
    heads = [nth for nth, block in enumerate(above) if bare(block.text) in seen or is_kicked(block, told[0])]
    mine = {block.text for block in inner}
    between = above[heads[-1] + 1 :] if heads else above
    leads = (block for nth, block in enumerate(between) if is_prose(block) or _is_deck(block, first=not nth))
    return tuple(block for block in leads if block.text not in mine)[-_MOST_LEADS:]


def is_kicked(block: Block, headline: str) -> bool:
    """Whether a heading is the headline once more, with a kicker before it."""
    return block.kind in HEADINGS and says_again(block.text, headline)


def says_again(line: str, headline: str) -> bool:
    """Whether a line is the headline once more, perhaps with a kicker before it, or words of it such as "by Sea"."""
    return bool(headline) and (
        bare(line).endswith(bare(headline)) or (line in headline and by_name().fullmatch(line) is not None)
    )


def _is_deck(block: Block, *, first: bool) -> bool:
    """Whether a line under the headline is a deck, which need not end like a sentence, or a list of points."""
    if (
        len(block.text) < _LONG
        or block.linked
        or not (block.kind == "ul" or (first and block.kind in ("p", *HEADINGS)))
    ):
        return False
    return sum(map(str.isdigit, block.text)) * 5 < len(block.text)


def is_prose(block: Block) -> bool:
    """Whether a block is a paragraph that ends like a sentence, and hardly any of it is link."""
    return (
        block.kind in ("p", "bq", "h2")
        and len(block.text) >= _LONG
        and block.linked < LINKED / 2
        and block.text.endswith(ENDS)
    )


def says_nothing(block: Block, seen: set[str]) -> bool:
    """Whether the page has said all of a block, or what is left of one under its headline is no text."""
    return _is_told(block.text, seen) or judge(block, begun=False) == "noise"


def _is_told(text: str, seen: set[str]) -> bool:
    """Whether the page has said it in its headline or title."""
    return len(text) <= _LONGEST_TOLD and bare(text) in seen


def untold(block: Block, seen: set[str]) -> Block:
    """A first paragraph without the headline or date that old pages put before the text, separated by line breaks."""
    for _ in range(_MOST_BREAKS):
        head, _, rest = block.html.partition("<br>")
        said = unmarked(head) if rest else ""
        known = not said or _is_told(said, seen) or verdict(said, begun=False) == "noise"
        if not rest or not known or not block.text.startswith(said):
            break
        block = replace(block, text=block.text[len(said) :].lstrip(), html=trimmed(rest))
    return block


def with_dateline(blocks: list[Block]) -> list[Block]:
    """The blocks with a dateline that ends with a dash, in a line of its own, put before the paragraph behind it."""
    if len(blocks) <= 2:
        return blocks
    place, first = blocks[0], blocks[1]
    if place.kind == first.kind == "p" and len(place.text) <= _LONGEST_PLACE and place.text.endswith(DASHES):
        line = f"{place.text} {first.text}"
        return [replace(first, text=line, html=f"{place.html} {first.html}"), *blocks[2:]]
    return blocks
