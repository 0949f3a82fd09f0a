"""What a written word can be in a run of capitalised words: all tables looked up once, as bits of one number.

Most words of a run are in no table, and words repeat from story to story: the rules ask the number, which is kept, and
look at the word itself only where it says so.
"""

from __future__ import annotations

import re

from dateline_enrichment.cues import Cues, cues
from dateline_enrichment.remembering import remembered
from dateline_enrichment.runs import small_word

PARTICLE = 1 << 0
"""A small word inside a name: von, de, bin."""
TITLE = 1 << 1
ABBREVIATION = 1 << 2
"""``NATO``, ``EsboIF``."""
BREAK = 1 << 3
"""Ends a name wherever it stands."""
LAST_BREAK = 1 << 4
"""Ends a name as the last word of a run; a given name elsewhere."""
COMMON = 1 << 5
"""A common word, which begins no name where it begins a run."""
THING = 1 << 6
"""No name of a person holds it."""
GIVEN = 1 << 7
GIVEN_PART = 1 << 8
"""What stands before its hyphen is a given name."""
FAMILY = 1 << 9
NOT_FIRST = 1 << 10
"""Capitals throughout, so no first word of a name."""
NOT_LATER = 1 << 11
"""Capitals throughout or made of two (``-based``), so no later word of a name."""
NOT_LAST = 1 << 12
"""A single letter, so no last word of a name."""
NUMBER = 1 << 13
SOFT = 1 << 14
"""A thing as well as a surname."""
FIRST_THING = 1 << 15
"""A thing if it begins the name."""

PARTING = TITLE | ABBREVIATION | BREAK | LAST_BREAK | COMMON
"""With none of these, a word parts no run."""

_MADE = (
    "-designed",
    "-based",
    "-led",
    "-born",
    "-backed",
    "-owned",
    "-run",
    "-era",
    "-style",
    "-like",
    "-generated",
    "-linked",
    "-held",
)
_DIGIT = re.compile(r"\d")


@remembered
def traits(word: str) -> int:
    """The traits of a word as written, without a possessive."""
    known, small = cues(), small_word(word)
    held = (
        (PARTICLE, word in known.particles),
        (THING, small in known.things),
        (GIVEN, word in known.given),
        (GIVEN_PART, "-" in word and word.partition("-")[0] in known.given),
        (FAMILY, word in known.family),
        (NUMBER, _DIGIT.search(word) is not None),
        (SOFT, word.lower() in known.soft),
        (FIRST_THING, word.lower() in known.first_things),
    )
    return sum(bit for bit, holds in held if holds) | _parting(word, small, known) | _spelling(word)


def _parting(word: str, small: str, known: Cues) -> int:
    """What parts a run at this word; a particle never does."""
    if word in known.particles:
        return 0
    held = (
        (TITLE, known.titled(small)),
        (ABBREVIATION, _is_abbreviation(word)),
        (BREAK, small in known.breaks),
        (LAST_BREAK, small in known.both),
        (COMMON, len(small) > 1 and small in known.common),
    )
    return sum(bit for bit, holds in held if holds)


def _spelling(word: str) -> int:
    """Where in a name a word cannot stand for the way it is written."""
    capitals = word.isupper()
    later = word.endswith(_MADE) if "-" in word else capitals and len(word) > 1 and not word.endswith(".")
    first = capitals and len(word) > 2 and "." not in word
    return NOT_LATER * later | NOT_FIRST * first | NOT_LAST * (len(word.rstrip(".")) < 2)


def _is_abbreviation(word: str) -> bool:
    """``NATO``, and the clubs of lists of results: ``EsboIF``, ``KouvU``."""
    if len(word) < 3 or word[1:].islower() or "." in word or "-" in word or "'" in word or "’" in word:
        return False
    return word.isupper() or (word[-1].isupper() and not word[:2].isupper()) or word[-2].isupper()


def can_be_name(kinds: list[int]) -> bool:
    """Whether no word of these traits is an abbreviation, a number or a single letter at the end."""
    if kinds[0] & NOT_FIRST or kinds[-1] & NOT_LAST:
        return False
    return not any(kind & NUMBER for kind in kinds) and not any(kind & NOT_LATER for kind in kinds[1:])
