"""Judges a piece of a run by its own words: whether it can be a name, and how much it looks like one."""

from __future__ import annotations

from msgspec import Struct

from dateline_enrichment.cues import cues
from dateline_enrichment.runs import small_word
from dateline_enrichment.word_traits import (
    FAMILY,
    FIRST_THING,
    GIVEN,
    GIVEN_PART,
    LAST_BREAK,
    PARTICLE,
    SOFT,
    SURNAME_FIRST,
    TITLE,
    can_be_name,
)

LONGEST_NAME = 5
"""Most words of a name, small ones not counted."""


class Words(Struct, frozen=True, gc=False):
    """The words of a run."""

    words: list[str]
    kinds: list[int]
    """What each word can be (``word_traits.py``)."""
    starts: list[int]
    """Where each begins in the run."""


class Piece(Struct, frozen=True, gc=False):
    """A stretch of a run that may be a name."""

    start: int
    """Where it begins in the run."""
    end: int
    first: str
    last: str
    """Its first and its last word; the same where it is one word alone."""
    alone: bool
    titled: bool
    """A title goes before it in the run."""
    courteous: bool
    """That title is one after which a surname stands alone."""
    given: bool
    """It begins with a given name."""
    family: bool
    """It ends with a surname."""
    given_last: bool
    """It ends with a given name."""
    score: float
    """Evidence by its words that it is a person's name."""
    particle: bool
    soft: bool
    """Its last word is also a thing, or a trade and no known surname (``Karin Snickare``): more has to say so."""
    thing: bool
    """It begins as names of things do."""
    marked: bool
    """Any of the three last ones."""


def piece_of(run: Words, first: int, last: int, title: str) -> Piece | None:
    """The words from ``first`` to before ``last`` as a name; None if they cannot be one."""
    words, kinds = run.words, run.kinds
    disguised = (
        last - first > 2
        and not kinds[first] & (GIVEN | GIVEN_PART | SURNAME_FIRST | FAMILY)
        and kinds[first + 1] & (GIVEN | GIVEN_PART)
    )
    if disguised and words[first + 1] not in cues().middle:
        first, title = first + 1, title or small_word(words[first])
    count, kinds = last - first, kinds[first:last]
    if count < 1 or sum(not kind & PARTICLE for kind in kinds) > LONGEST_NAME:
        return None
    if (len(words[first]) < 3) if count == 1 else not can_be_name(kinds):
        return None
    word, known = words[first], cues()
    given, family = kinds[0] & (GIVEN | GIVEN_PART) > 0, kinds[-1] & FAMILY > 0
    after = words[first + 1 : last]
    particle, thing = any(kind & PARTICLE for kind in kinds), kinds[0] & FIRST_THING > 0
    soft = kinds[-1] & SOFT > 0 or (given and count == 2 and kinds[-1] & TITLE > 0 and not family)
    return Piece(
        start=run.starts[first],
        end=run.starts[last - 1] + len(words[last - 1]),
        first=word,
        last=words[last - 1],
        alone=count == 1,
        titled=title != "",
        courteous=count == 1 and title in known.courtesy and known.can_be_surname(word),
        given=given,
        family=family,
        given_last=kinds[-1] & GIVEN > 0,
        score=0.55 * given + 0.2 * family + _initials(words[first:last]) + _surname_before(kinds, after),
        particle=particle,
        soft=soft,
        thing=thing,
        marked=particle or soft or thing,
    )


def _initials(words: list[str]) -> float:
    """Evidence by initials at the beginning: ``J.``, ``St.``, ``J.P.``; two bare ones: ``V K Singh``."""
    word = words[0]
    if word.endswith(".") and (len(word) <= 3 or word[1:-1:2].strip(".") == ""):
        return 0.25
    return 0.5 if len(words) > 2 and len(word) == len(words[1]) == 1 else 0.0


def _surname_before(kinds: list[int], after: list[str]) -> float:
    """Evidence by a surname that comes first: much if given names as in East Asia follow.

    ``Lee Jae-myung``, ``Tran Thi Bich Ngoc``; ``Kim Novak`` has only the surname.
    """
    if not kinds[0] & SURNAME_FIRST or kinds[0] & GIVEN:
        return 0.0
    joined = len(after) == 1 and "-" in after[0] and after[0].partition("-")[2].islower()
    if joined or len(after) > 1:
        return 0.5
    # An article begins a thing's name as well: ``Le Valois``.
    return 0.0 if kinds[0] & LAST_BREAK else 0.25
