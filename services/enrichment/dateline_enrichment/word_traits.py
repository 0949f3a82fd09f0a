"""What a word of a run can be, as bits of one number, by all tables.

Most words are in no table, and words repeat from story to story. So the number is kept for each word, and the rules
look at the word itself only where the number says so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.cues import cues
from dateline_enrichment.runs import small_word
from dateline_kernel.remembering import remembered_word

PARTICLE = 1 << 0
"""A small word inside a name: von, de, bin."""
TITLE = 1 << 1
ABBREVIATION = 1 << 2
"""``NATO``, ``EsboIF``."""
BREAK = 1 << 3
"""Ends a name wherever it stands."""
LAST_BREAK = 1 << 4
"""Ends a name if it is the last word of a run; a given name elsewhere."""
COMMON = 1 << 5
"""A common word: it is not the first word of a name if it begins the run."""
THING = 1 << 6
"""It is in no name of a person."""
GIVEN = 1 << 7
GIVEN_PART = 1 << 8
"""The part before its hyphen, or before its case ending, is a given name."""
FAMILY = 1 << 9
NOT_FIRST = 1 << 10
"""All in capitals, so not the first word of a name."""
NOT_LATER = 1 << 11
"""All in capitals or a compound (``-based``), so not a later word of a name."""
NOT_LAST = 1 << 12
"""A single letter, so no last word of a name."""
NUMBER = 1 << 13
SOFT = 1 << 14
"""A thing as well as a surname."""
FIRST_THING = 1 << 15
"""A thing if it begins the name."""
SURNAME_FIRST = 1 << 16
"""A surname that stands before the given name."""

PARTING = TITLE | ABBREVIATION | BREAK | LAST_BREAK | COMMON
"""A word with none of these bits does not part a run."""

_MADE = (
    *("-designed", "-based", "-led", "-born", "-backed", "-owned", "-run"),
    *("-era", "-style", "-like", "-generated", "-linked", "-held"),
)
_INITIAL = 2
"""Characters of an initial with its full stop."""
_LONG = 9
"""A word must be longer than this for its ending to show that it is a thing."""
_DIGIT = re.compile(r"\d")


@remembered_word
def traits(word: str) -> int:
    """The traits of a word as written, without a possessive."""
    known, small, lower = cues(), small_word(word), word.lower()
    kind = _small_words().get(small, 0) | _first_and_last().get(lower, 0)
    if not (word.isalpha() and word[1:].islower()):
        # Plain words, which most are, have none of these.
        kind |= _spelling(word)
    if len(lower) > _LONG and lower.endswith(known.thing_endings):
        kind |= THING
    if len(word) == 1 and not "\u0370" <= word < "\u0400":
        # An initial: the title, as ``M.`` of French, has its full stop. Articles of Greek are one letter.
        kind &= ~(TITLE | BREAK | LAST_BREAK)
    elif len(word) == _INITIAL and word[1] == ".":
        kind &= ~(BREAK | LAST_BREAK)
    if len(word) > 1 and not kind & TITLE and known.is_title(small):
        kind |= TITLE
    if word in known.given:
        kind |= GIVEN
    elif known.inflected(word) or ("-" in word and _begins_given(word)):
        kind |= GIVEN_PART
    if word in known.family:
        kind |= FAMILY
    if word in known.surname_first:
        kind |= SURNAME_FIRST
    return kind & ~PARTING | PARTICLE if word in known.particles else kind


def _begins_given(word: str) -> bool:
    """Whether a given name stands before the hyphen: ``Jan-Willem``, which is no month either."""
    first = word.partition("-")[0]
    return first in cues().given or first.lower() in cues().both


@lru_cache(maxsize=1)
def _small_words() -> dict[str, int]:
    """The traits that words in small letters have by the tables."""
    known, kinds = cues(), dict[str, int]()
    for bit, words in (
        (TITLE, known.titles | known.roles),
        (BREAK, known.breaks),
        (LAST_BREAK, known.both),
        (COMMON, frozenset(word for word in known.common if len(word) > 1)),
        (THING, known.things),
    ):
        for word in words:
            kinds[word] = kinds.get(word, 0) | bit
    return kinds


@lru_cache(maxsize=1)
def _first_and_last() -> dict[str, int]:
    """The traits that words with their full stops have by the tables."""
    soft, things = cues().soft, cues().first_things
    return {word: SOFT * (word in soft) | FIRST_THING * (word in things) for word in soft | things}


def _spelling(word: str) -> int:
    """Traits by spelling: an abbreviation, or where in a name it cannot stand."""
    kind = ABBREVIATION if _is_abbreviation(word) else 0
    kind |= NOT_LAST if len(word.rstrip(".")) < 2 else 0
    if not word.isalpha() and _DIGIT.search(word):
        kind |= NUMBER | BREAK
    if "-" in word and word.endswith(_MADE):
        kind |= NOT_LATER
    if word.isupper():
        kind |= NOT_LATER * ("-" not in word and len(word) > 1 and not word.endswith("."))
        kind |= NOT_FIRST * (len(word) > 2 and "." not in word)
    return kind


def _is_abbreviation(word: str) -> bool:
    """``NATO``, and the clubs of lists of results: ``EsboIF``, ``KouvU``; a Zulu prefix with a title: ``UNkk``."""
    if len(word) < 3 or word[1:].islower() or "." in word or "-" in word or "'" in word or "’" in word:
        return False
    if word[:2].isupper() and word[:2] != "IJ" and word[2:].islower():
        return True
    return word.isupper() or (word[-1].isupper() and not word[:2].isupper()) or word[-2].isupper()


def can_be_name(kinds: list[int]) -> bool:
    """Whether no word of these traits is an abbreviation, a number or a single letter at the end."""
    if kinds[0] & NOT_FIRST or kinds[-1] & NOT_LAST:
        return False
    inside, later = kinds[0], 0
    for kind in kinds[1:]:
        later |= kind
    return not (inside | later) & NUMBER and not later & NOT_LATER
