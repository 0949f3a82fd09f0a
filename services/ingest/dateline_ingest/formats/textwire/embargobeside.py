"""Embargoes that stand beside a headline or behind a dateline, where the word may be one of news as well. Pure."""

from __future__ import annotations

import re

from dateline_ingest.beginnings import signs_before
from dateline_ingest.formats.textwire.embargo import CLAUSE, CLOCK, is_bare, is_hour, is_noun, may_hold
from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.timewords import plain
from dateline_kernel.remembering import remembered_word

_LONGEST = 400
_ASIDE = re.compile(
    r"[(\[（【]([^()\[\]（）【】]{6,160})[)\]）】]"
    r"|(?:\s(?:[–—-]|--|//|\|)\s+|[.!?]\s+(?=[^\W\d_a-zß-ÿ]{6}))([^–—|]{6,160})$"
)
"""What a bracket in a headline holds; what follows its last dash, or is a sentence that opens in capitals."""


@remembered_word
def asides_in(headline: str) -> tuple[str, ...]:
    """What a headline has beside it that may be an embargo: ``Ferry to run again (embargo until Monday 6 am)``.

    Behind a dash that is only what has a time of day, or a colon before it, since the word is one of trade, too.
    """
    if len(headline) > _LONGEST or not may_hold(headline):
        return ()
    found = (one.groups(default="") for one in _ASIDE.finditer(headline))
    loud = not headline.isupper()
    beside = [bracket or last for bracket, last in found if _is_beside(bracket or last, dash=bool(last), loud=loud)]
    within = marks().embargo.any.within(headline) if loud and not beside else ()
    beside += [headline[one.start() :] for one in within if one.start() and _is_shouted(one)]
    return tuple(beside)


def _is_shouted(words: re.Match[str]) -> bool:
    """Whether words in capitals in a headline have a time of day and no more behind them: ``EMBARGOED until 6 pm``."""
    rest = words.string[words.end() :]
    return words[0].isupper() and CLOCK.search(rest) is not None and is_bare(rest)


def is_label(text: str) -> bool:
    """Whether a text begins with an embargo in capitals, as one may stand behind a dateline: ``EMBARGO 0600 GMT -``."""
    text = text[signs_before(text) :]
    found = marks().embargo.any.match(text)
    if found is None or not text.split(" ", 1)[0].isupper():
        return False
    return not is_noun(found) or is_bare(CLAUSE.split(text[found.end() :], maxsplit=1)[0])


def _is_beside(text: str, *, dash: bool, loud: bool) -> bool:
    """Whether what stands beside a headline is an embargo; ``loud`` says that capitals mark one there.

    The word of trade is one in capitals, or with words for times alone: ``(embargo on fish from Monday)`` is none.
    """
    table = marks().embargo
    label = table.slug.match(text)
    found = label or table.any.match(text)
    if found is None:
        return False
    loud, rest = loud and found[1].isupper(), text[found.end() :]
    hour = is_hour(plain(rest))
    if dash and not (CLOCK.search(text) or text.endswith(":") or (loud and hour)):
        return False
    if is_noun(found) and not loud:
        return is_bare(rest) and not hour
    return label is not None or text[0].isupper() or CLOCK.search(text) is not None
