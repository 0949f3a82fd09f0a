"""What stands around a place name: a word like ``in`` before it, or more words of a longer name."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.tables import TableError, typed_table
from dateline_kernel.remembering import remembered_word


class PlaceCues(Struct, frozen=True):
    """``place_cues.toml``, which explains its rows."""

    before: frozenset[str]
    after: frozenset[str]
    joints: frozenset[str]
    offices: frozenset[str]
    competitions: frozenset[str]
    sited: dict[str, frozenset[str]]
    home: dict[str, frozenset[str]]
    territories: dict[str, frozenset[str]]
    with_article: dict[str, frozenset[str]]
    usual: dict[str, str]
    abbreviations: dict[str, str]


LONGEST_JOINT = 8
"""Characters of the longest joint."""


@lru_cache(maxsize=1)
def place_cues() -> PlaceCues:
    """Load the cues, once. Raises TableError."""
    table = typed_table("place_cues.toml", PlaceCues)
    if long := [joint for joint in table.joints if len(joint) > LONGEST_JOINT]:
        raise TableError(f"place_cues.toml: joints: {long[0]} has more than {LONGEST_JOINT} characters")
    return table


_SENTENCE = re.compile(r"(?:\A|[.!?:;\n\"“”«»]\s*)\S+[ \u00a0]\Z")
_NEXT_WORD = re.compile(r"[ \u00a0-](\w[\w'’\-]*)")
_SPACES = (" ", "\u00a0")
_FREE_BEFORE = ("", "\n", "(", '"', "“", *_SPACES)
_LONGEST_WORD = 26
_ENDS_CLAUSE, _ABBREVIATED = (",", ".", "!", "?", ":", ";"), 5
"""Marks at a clause's end; characters up to which a word with one may be an abbreviation: ``Gov.``"""


def in_place(text: str, start: int) -> bool:
    """Whether a word of place (in, near, à, nach, в) stands right before."""
    return _leading(_word_before(text, start))[0]


def without_article(text: str, start: int, name: str) -> bool:
    """Whether a name that is a place only with its article stands without it: ``Réunion du conseil``."""
    return _word_before(text, start).replace("’", "'") not in place_cues().with_article[name]


def of_competition(text: str, start: int) -> bool:
    """Whether a competition stands before it, with or without a small word between: ``Copa do Brasil``."""
    words = text[start - _LONGEST_WORD if start > _LONGEST_WORD else 0 : start].lower().replace("d'", "d' ").split()
    return not place_cues().competitions.isdisjoint(words[-2:])


def sited(text: str, start: int, words: frozenset[str]) -> bool:
    """Whether one of these words of place stands right before."""
    return _word_before(text, start).lower() in words


def led_by_name(text: str, start: int) -> bool:
    """Whether a capitalised word of the same clause stands right before, and begins no sentence: ``West Ham``."""
    word = _word_before(text, start)
    ends = word.endswith(_ENDS_CLAUSE) and (len(word) > _ABBREVIATED or word[-1] == ",")
    return not ends and _leading(word)[1] and _within_sentence(text, start)


def lead(text: str, start: int) -> tuple[bool, bool]:
    """Whether a word of place stands right before; whether a capitalised word does that begins no sentence."""
    placed, capitalised = _leading(_word_before(text, start))
    return placed, capitalised and not placed and _within_sentence(text, start)


def _word_before(text: str, start: int) -> str:
    first = start - _LONGEST_WORD if start > _LONGEST_WORD else 0
    return text[first:start].rstrip().rpartition(" ")[2]


@remembered_word
def _leading(word: str) -> tuple[bool, bool]:
    """(it is a word of place, it has a capital). It may have the end of the line before it, where it begins one."""
    word = word.rpartition("\n")[2]
    return word.lower() in place_cues().before, word[:1].isupper()


def _within_sentence(text: str, start: int) -> bool:
    """Whether the word right before does not begin its sentence."""
    return text[start - 1 : start] in _SPACES and not _SENTENCE.search(text, max(0, start - _LONGEST_WORD), start)


def part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word follows, as in ``Boston Marathon``: then it is part of another name."""
    if not text[end + 1 : end + 2].isupper() or text[end] not in _SPACES:
        return False
    if " " in text[start:end] and text[start:end].rpartition(" ")[2].islower():
        # A noun ends the name: ``губернатор Омской области Иван Роев``.
        return False
    after = _NEXT_WORD.match(text, end)
    if after is None or after[1] in place_cues().after:
        return False
    return text[max(0, start - 1) : start] in _FREE_BEFORE and not in_place(text, start)


def adjective_of_country(text: str, start: int, end: int) -> bool:
    """Whether a nationality stands for its country here: a noun or an office follows, and no name stands before it.

    Languages that write nationalities small put them after the noun: there nothing need follow.
    """
    if text[start].islower():
        return True
    after = _NEXT_WORD.match(text, end)
    if after is None or text[end : end + 1] not in _SPACES:
        return False
    return (after[1][0].islower() or after[1] in place_cues().offices) and not led_by_name(text, start)
