"""Clubs that a text about sport tells by its quotes, ``«Шахтар»``, or by an article before a town, ``il Cagliari``."""

from __future__ import annotations

import re

from dateline_enrichment.authority import clubs
from dateline_enrichment.bodywords import Span
from dateline_enrichment.copytext import Copy
from dateline_enrichment.language import spoken
from dateline_enrichment.meanings import meanings
from dateline_enrichment.namesearch import Hit

_WORD = r"[А-ЯІЇЄҐ][\w'’-]+"
_quoted = re.compile(rf"«({_WORD}(?: (?:{_WORD}|\d+)){{0,2}})»(?!,? ?[–—-])").finditer
"""One to three capital words in quotes that no dash follows, as it does after what somebody said."""
_LONGEST = 24
"""Characters before a name in which the word before it is looked for."""
_LONGER = (" ", "-", "–")
"""Before a capital these make a longer name of a town's: la Milano-Sanremo."""


def told_clubs(copy: Copy, language: str, places: list[Hit]) -> list[Span]:
    """Where such clubs stand. ``places``: names of places in the text, which is about sport."""
    tongue, table, text = spoken(language), clubs().told, copy.text
    found = list[Span]()
    if tongue in table.quoting:
        found += [match.span(1) for match in _quoted(text, copy.body_start) if _may_play(match, table.others)]
    if articles := table.articles.get(tongue):
        known = meanings()
        found += [
            (start, end)
            for name, start, end in places
            if start > copy.body_start
            and not articles.isdisjoint(text[max(0, start - _LONGEST) : start].lower().split()[-1:])
            and known[name].cities
            and not known[name].of_area
            and known[name].name not in table.with_article
            and not (text[end : end + 1] in _LONGER and text[end + 1 : end + 2].isupper())
        ]
    return found


def _may_play(match: re.Match[str], others: tuple[str, ...]) -> bool:
    """Whether no word for another thing, as a stadium or a newspaper, stands before the quotes or in them."""
    before = match.string[max(0, match.start() - _LONGEST) : match.start()].lower().split()[-1:]
    return not any(word.startswith(others) for word in (*before, *match[1].lower().split(" ")))
