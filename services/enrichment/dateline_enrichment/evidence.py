"""The evidence that a piece of a run is a person's name.

It is the sum of four things, each in a function of its own: 1. its own words (``Piece.score``: given names, surnames,
initials); 2. what stands around it: a title, a verb of speech, an office or an age beside a comma; 3. less, if its
words are names of the text's places: ``Paris Roe`` in a text about Paris; 4. less, if its last or first words are also
things: ``Liberty Bell``. From ``naming.ENOUGH`` on the piece is a person.
"""

from __future__ import annotations

from dateline_enrichment.cues import BEFORE_DESCRIPTION, Cues
from dateline_enrichment.gazetteer import STRONG, WEAK
from dateline_enrichment.naming import Context
from dateline_enrichment.pieces import Piece
from dateline_enrichment.wholewords import name_endings

NONE = 0.0
"""Evidence of a piece that is no person in any case."""
_TITLE_IN_RUN, _TITLE_BEFORE = 0.45, 0.5
"""A capitalised title in the run itself, a title in the text before it."""
_SPEAKS, _DESCRIBED = 0.45, 0.5
"""A verb of speech beside it; an age, a minute of a match, a clause that only people have or a role after it."""
_APPOSED = 0.5
"""It stands between commas after an office."""
_GIVEN_LAST = 0.55
"""A given name at the end, in a language that writes it there."""
_FIRST_IS_PLACE, _LAST_IS_PLACE, _LAST_AFTER_CUE = 0.4, 0.3, 0.5
_WITH_SURNAME = 0.2
"""Taken away in place of _FIRST_IS_PLACE and _LAST_AFTER_CUE if the piece ends with a known surname."""
_PARTICLE, _THING = 0.2, 0.5
_ARTICLES = ("The ", "the ")
"""Before a name that ends with a title they say that it is no surname: ``The Chelsea Mayor``."""


def evidence(piece: Piece, start: int, end: int, context: Context, known: Cues) -> float:
    """The evidence of a piece at [start, end) of the text; about 0 to 2."""
    text = context.copy.text
    if piece.given and text[start - 4 : start] in _ARTICLES and known.titled(piece.last.lower()):
        return NONE
    around = _around(piece, start, end, text, known)
    score = piece.score + around
    if context.surname_first and not piece.given:
        score += _GIVEN_LAST * (piece.given_last or _given(piece.last, context.language, known))
    places, first = context.places, piece.first
    if places and (first in places or piece.last in places or "'" in first or "’" in first):
        if _is_place(piece, places, around):
            return NONE
        score = _less_for_places(score, piece, places, around)
    if piece.marked:
        score = score + _PARTICLE * piece.particle - _THING * piece.soft - _THING * piece.thing
    return score


def _given(word: str, language: str, known: Cues) -> bool:
    """Whether a word is a given name with an ending of the language: ``Pétert``; ``a`` gets long: ``Annát``."""
    stems = [word[: -len(ending)] for ending in name_endings(language) if word.endswith(ending)]
    return any(stem in known.given or (stem[-1:] == "á" and f"{stem[:-1]}a" in known.given) for stem in stems)


def _around(piece: Piece, start: int, end: int, text: str, known: Cues) -> float:
    """Evidence by the words before and after it; 0 for none."""
    before = known.before(text, start)
    if before.capitals and before.capitals in text[start - 12 if start > 12 else 0 : start]:
        # The one before a word in capitals: ``president GOP Jane Roe``.
        before = known.before(text, start - len(before.word) - 1)
    titles = (_TITLE_IN_RUN if piece.titled else 0.0) + (_TITLE_BEFORE if before.titled else 0.0)
    told = _SPEAKS if before.said or known.said_after(text, end) else 0.0
    if text.startswith(BEFORE_DESCRIPTION, end) and known.described(text, end):
        told += _DESCRIBED
    if not titles and text[start - 2] == "," and known.apposed(text, start, end):
        told += _APPOSED
    return titles + told


def _is_place(piece: Piece, places: dict[str, int], around: float) -> bool:
    """Whether it is only a place: ``de Bilt``, or two place names without any cue of a person."""
    first, last = piece.first, piece.last
    if piece.particle and first.islower() and last in places:
        return True
    named = piece.given and (around or piece.family)
    return not named and _stem(first) in places and places.get(_stem(last), WEAK) > WEAK


def _less_for_places(score: float, piece: Piece, places: dict[str, int], around: float) -> float:
    """The score, less if the first or the last word is the name of a place in the text."""
    first, last = piece.first, piece.last
    if first in places and not (piece.titled or (piece.given and places[first] == WEAK)):
        score -= _WITH_SURNAME if piece.family else _FIRST_IS_PLACE
    if last in places and not piece.given and not (piece.titled or (around and places[last] < STRONG)):
        score -= _LAST_IS_PLACE if not around else _WITH_SURNAME if piece.family else _LAST_AFTER_CUE
    return score


def _stem(word: str) -> str:
    """A word without an ending written after an apostrophe: ``Ankara'dan``."""
    if "'" not in word and "’" not in word:
        return word
    stem = word.replace("’", "'").partition("'")[0]
    return stem if len(stem) > 2 else word
