"""The line under a page's headline that is too short to be the story's first paragraph."""

from __future__ import annotations

from itertools import dropwhile, islice

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.page.clutter import Clutter
from dateline_ingest.formats.page.dates import is_time, shown_date
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import common_part, holds, is_hidden, visible
from dateline_ingest.formats.page.phrases import by_name, is_byline, is_phrase, no_deck
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import bare, letters
from dateline_ingest.formats.xml.tree import Element

_HEADINGS = ("h2", "h3")
_TAGS = ("h2", "h3", "h4", "p", "div", "span")
_LISTS = ("ul", "ol")
_OPENS = 40
"""Characters by which the first paragraph is known."""
_MOST_LOOKED = 60
"""Elements behind the headline that are looked at."""
_LEAST, _LONGEST = 12, 250
"""Characters of a deck."""
_LEAST_WIDE = 27
"""Letters of one in East Asian signs: slogans have up to eight signs."""


def deck_of(title: Element | None, part: Element, clutter: Clutter, told: tuple[str, ...], first: str) -> str:
    """The deck between the headline and ``part``, which has the text: the first heading or part that is called a lead.

    It leads nowhere, is over no list and in no other article, is no byline, date or name, and says nothing that was
    ``told``: the headline, the title. Below a headline in ``part`` it stands before the ``first`` paragraph.
    Empty where there is none.
    """
    if title is None or not first:
        return ""
    kept = {*title.iterancestors(), *part.iterancestors()}
    noise = clutter.noise - kept
    region = common_part(title, part)
    for one in islice(dropwhile(lambda one: one is not title, region.iter()), 1, _MOST_LOOKED):
        if one is part or (region is part and visible(one, most=_OPENS).startswith(first[:_OPENS])):
            break
        heads = one.tag in _HEADINGS
        if not (heads or (one.tag in _TAGS and tells(names_of(one), "lead"))):
            continue
        text = visible(one, most=_LONGEST + 1)
        shown = not is_hidden(one) and noise.isdisjoint((one, *one.iterancestors()))
        own = not holds(one, "a", "h1", "img") and kept.issuperset(one.iterancestors("a", "article"))
        named = not heads or (is_phrase(text) and not _is_over_list(one, clutter))
        if shown and own and named and not _is_in_points(one) and _is_deck(text, told):
            return text
    return ""


def _is_in_points(part: Element) -> bool:
    """Whether a part is a list, or a heading over paragraphs: the story in brief."""
    headed = next(part.iterdescendants(*_HEADINGS, "h4"), None) is not None
    return holds(part, "li") or (headed and holds(part, "p"))


def _is_over_list(heading: Element, clutter: Clutter) -> bool:
    """Whether a list follows that is no bar of buttons and no byline, or what readers fill in."""
    behind = heading.getnext()
    return behind is not None and (behind.tag == "form" or (behind.tag in _LISTS and behind not in clutter.all))


def _is_deck(text: str, told: tuple[str, ...]) -> bool:
    short = len(text) < _LEAST and letters(text) < _LEAST_WIDE
    if short or len(text) > _LONGEST or any(bare(text) in bare(one) for one in told):
        return False
    signed = (
        by_name().match(text) is not None
        or no_deck().fullmatch(text) is not None
        or is_byline(text)
        or is_plain_credit(text)
    )
    dated = is_time(text) or shown_date(text, "") is not None
    return not signed and not dated and verdict(text, begun=True) == "story"
