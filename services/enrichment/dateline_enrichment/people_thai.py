"""Names of people in Thai copy, which has neither capitals nor spaces between words: those that a calling begins.

Thai writes a space before and after a whole name, and one between the given name and the surname.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.alternation import one_of
from dateline_enrichment.eastern_titles import Span, eastern_titles

_LETTERS = "[\u0e01-\u0e4e]"
_LEADING = ("โดย", "ด้วย", "และ", "กับ", "ให้", "ว่า", "มี", "ของ", "ต่อ")
"""Words that are written in one word with a calling after them: by, with, and, to, that."""


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    """A calling that begins a word or goes after a small one, and two words after it, the second no verb.

    With some words a calling is the word for an office or a trade: ``นายก`` a mayor, ``นายจ้าง`` an employer.
    """
    known = eastern_titles()
    begins = "|".join((rf"(?<!{_LETTERS})", *(f"(?<={word})" for word in _LEADING)))
    callings, others, verbs = one_of(known["thai"]), one_of(known["thai_others"]), one_of(known["thai_verbs"])
    name = rf"(?!{others}){_LETTERS}{{2,20}} (?!{verbs}){_LETTERS}{{3,24}}"
    return re.compile(rf"(?:{begins})(?:{callings}) ?(?P<name>{name})(?!{_LETTERS})")


def thai_people(text: str) -> list[Span]:
    """The people of a text, from left to right."""
    return [(*match.span("name"), match["name"]) for match in _called().finditer(text)]
