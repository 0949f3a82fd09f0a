"""The line under a page's headline that is too short to be the story's first paragraph."""

from __future__ import annotations

from itertools import dropwhile, islice

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.page.dates import is_time, shown_date
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import is_hidden, visible
from dateline_ingest.formats.page.phrases import by_name, is_byline, is_phrase
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import bare
from dateline_ingest.formats.xml.tree import Element

_HEADINGS = ("h2", "h3")
_TAGS = ("h2", "h3", "h4", "p", "div", "span")
_MOST_LOOKED = 60
"""Elements behind the headline that are looked at."""
_LEAST, _LONGEST = 12, 250
"""Characters of a deck."""


def deck_of(title: Element | None, region: Element, part: Element, noise: set[Element], told: tuple[str, ...]) -> str:
    """The deck between the headline and ``part``, which has the text: the first heading or part that is called a lead.

    It leads nowhere, is no byline, date or name, and says nothing that was ``told``: the headline, the title. ``noise``
    are parts of the page that are no story. Empty where there is none.
    """
    if title is None:
        return ""
    behind = islice(dropwhile(lambda one: one is not title, region.iter()), 1, _MOST_LOOKED)
    for one in behind:
        if one is part:
            return ""
        if one.tag in _TAGS and (one.tag in _HEADINGS or tells(names_of(one), "lead")) and title not in one.iter():
            text = visible(one, most=_LONGEST + 1)
            shown = not is_hidden(one) and noise.isdisjoint((one, *one.iterancestors()))
            leads = next(one.iter("a", "h1", "img"), None) is not None or next(one.iterancestors("a"), None) is not None
            if shown and not leads and (is_phrase(text) or one.tag not in _HEADINGS) and _is_deck(text, told):
                return text
    return ""


def _is_deck(text: str, told: tuple[str, ...]) -> bool:
    if not _LEAST <= len(text) <= _LONGEST or any(bare(text) in bare(one) for one in told):
        return False
    signed = by_name().match(text) is not None or is_byline(text) or is_plain_credit(text)
    dated = is_time(text) or shown_date(text, "") is not None
    return not signed and not dated and verdict(text, begun=True) == "story"
