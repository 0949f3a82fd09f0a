"""Which parts of a run of capitalised words may be names: all that does not depend on the text around it.

The same runs come again, within a story and in other stories, so the result for a run is kept.
"""

from __future__ import annotations

from msgspec import Struct

from dateline_enrichment.cues import cues
from dateline_enrichment.pieces import Piece, Words, piece_of
from dateline_enrichment.runs import small_word
from dateline_enrichment.word_traits import (
    ABBREVIATION,
    BREAK,
    COMMON,
    FAMILY,
    GIVEN,
    GIVEN_PART,
    LAST_BREAK,
    PARTICLE,
    PARTING,
    THING,
    TITLE,
    traits,
)
from dateline_kernel.remembering import remembered_word

_SHORTEST_CAPITALS, _LONGEST_CAPITALS = 4, 4
"""Letters of the shortest surname in capitals (shorter ones are abbreviations); words of the longest name in capitals,
plus one."""
_LAST_TITLES = ("Sheikh", "Shaikh", "Mufti", "Haji", "Sultan", "Prince", "King", "Bishop")
"""Titles that are surnames after two words of a name: ``Tariq Roe Sheikh``."""
CAPITAL_PARTICLES = (
    *("De", "Di", "Da", "Del", "Della", "Dello", "La", "Lo", "Le"),
    *("El", "Al", "Van", "Von", "Du", "Dos", "D'", "Den", "Der"),
)
"""Small words inside a name that some write with a capital: ``Jane De Roe``; Dutch where no given name is before. A
title that ends a run behind one is a surname: ``Bruno Le Maire``."""
_OF = ("von", "de", "da", "di", "do", "del")
"""Small words that also say whose an office is."""


class Stretch(Struct, frozen=True, gc=False):
    """The words between two words that belong to no name."""

    piece: Piece | None
    """The part that may be a name; None for none."""
    after_von: str
    """The word after ``von``, if somebody else may be named after it: ``Tore von Jane Roe``; mostly empty."""
    owner: Piece | None
    """The name instead, if ``after_von`` is a place."""
    without_first: Piece | None = None
    """The name instead, if the first word is a place and the second a given name: ``a Roma Antonio Roe``."""


@remembered_word
def stretches(run: str) -> tuple[Stretch, ...]:
    """The stretches of a run, its words one space apart; mostly none for a run that is no person's, or a company's."""
    if "&" in run:
        return ()
    words, ships = run.split(" "), cues().ships
    if not ships.isdisjoint(words):
        words = words[: next(i for i, word in enumerate(words) if word in ships)]
    looked_at = Words(words, [traits(word) for word in _as_names(words)], _starts(words))
    found = [_stretch(looked_at, *between) for between in _between_breaks(words, looked_at.kinds)]
    return tuple(one for one in found if one.piece or one.owner)


def _starts(words: list[str]) -> list[int]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return starts


def _as_names(words: list[str]) -> list[str]:
    """The words with surnames in capitals in normal case: ``Amadou SY SAVANÉ``, ``JANE ROE``."""
    if len(words) < 2 or not words[-1].isupper() or len(words[-1]) < _SHORTEST_CAPITALS:
        return words
    first = next((at for at, word in enumerate(words) if word.isupper() and len(word) > 1), 0)
    named = (
        first > 0
        and traits(words[first - 1]) & GIVEN
        and all(word.isupper() or word.islower() for word in words[first:])
    )
    whole = first == 0 and len(words) < _LONGEST_CAPITALS and all(word.isalpha() and word.isupper() for word in words)
    if not named and not (whole and traits(words[0].capitalize()) & GIVEN):
        return words
    return [word.capitalize() if word.isupper() else word for word in words]


def _between_breaks(words: list[str], kinds: list[int]) -> list[tuple[int, int, str]]:
    """Stretches as (first word, word after the last, title before it)."""
    found: list[tuple[int, int, str]] = []
    first, title, end, every = 0, "", len(words), 0
    for kind in kinds:
        every |= kind
    if not every & (PARTING | THING):
        return [(0, end, "")] if end else found
    for i, kind in enumerate(kinds):
        if not kind & PARTING or _is_in_name(words, kinds, first, i):
            continue
        short = kind & ABBREVIATION or (i == 0 and end > 1 and kind & COMMON)
        if kind & (TITLE | BREAK) or short or (i + 1 == end and kind & LAST_BREAK):
            if i > first:
                found.append((first, i, title))
            first, title = i + 1, small_word(words[i]) if kind & TITLE else title if short and i == first else ""
    if first < end:
        found.append((first, end, title))
    return [one for one in found if not any(kind & THING for kind in kinds[one[0] : one[1]])]


def _is_in_name(words: list[str], kinds: list[int], first: int, at: int) -> bool:
    """Whether a word that may part a run is one of the name that begins with the word ``first``."""
    word, is_title = words[at], kinds[at] & TITLE > 0
    if at < len(words) - 1:
        return word in CAPITAL_PARTICLES and first < at and kinds[first] & GIVEN > 0
    if is_title and at > 1 and words[at - 1] in CAPITAL_PARTICLES:
        return True
    if word in _LAST_TITLES and at - first > 1:
        return True
    return is_title and at > first and _is_surname(word, kinds[first : at + 1])


def _is_surname(title: str, kinds: list[int]) -> bool:
    """Whether a title or trade after a given name and nothing else, or a small word, may be one: ``Stephen King``."""
    alone = len(kinds) == 2 or kinds[-3] & PARTICLE > 0
    return alone and kinds[-2] & GIVEN > 0 and (kinds[-1] & FAMILY > 0 or small_word(title) in cues().roles)


def _stretch(run: Words, first: int, last: int, title: str) -> Stretch:
    """Where the name begins and ends: ``Tore van Jane Roe`` is Jane Roe's, ``Jane van Roe`` is a name."""
    words, kinds = run.words, run.kinds
    small = [i for i in range(first, last) if kinds[i] & PARTICLE]
    while small and small[-1] == last - 1:
        last = small.pop()
    if not small:
        rest = piece_of(run, first + 1, last, "") if last - first > 2 and kinds[first + 1] & GIVEN else None
        return Stretch(piece_of(run, first, last, title), "", None, rest)
    if words[small[0]] == "von" and small[0] - first > 1 and not _is_noble(words[small[0] - 1], kinds[small[0] - 1]):
        return Stretch(piece_of(run, first, small[0], title), "", None)
    if any(words[i] == "van" and not kinds[i - 1] & PARTICLE for i in small[1:]):
        last = next(i for i in small if i > small[0] + 1 and words[i] == "van")
        small = [i for i in small if i < last]
    after = small[-1] + 1
    owner = piece_of(run, after, last, title)
    von = words[small[-1]] in ("von", "di")
    named = any(kind & (GIVEN | GIVEN_PART) for kind in kinds[first : small[0]]) or (
        title and (small[0] != first or _begins_name(words[first:after], title, kinds[after]))
    )
    if not named and words[small[0]] == "van" and small[0] - first == 1:
        # Dutch given names are many: what stands around the name has to say whether ``Roe van Poe`` is one.
        return Stretch(piece_of(run, first, last, title), words[after], owner)
    if not named or (von and after + 1 < last and kinds[after] & GIVEN):
        return Stretch(owner, "", None)
    return Stretch(piece_of(run, first, last, title), words[after] if von else "", owner if von else None)


def _is_noble(word: str, kind: int) -> bool:
    """Whether a name may go on over ``von`` after this word: ``Hans Peter von``, ``Graf von``; not ``Jane Roe von``."""
    return kind & GIVEN > 0 or word in ("Graf", "Gräfin", "Freiherr", "Freifrau", "Baron", "Baronin", "Prinz", "Herzog")


def _begins_name(small: list[str], title: str, kind: int) -> bool:
    """Whether small words after a title begin a name: ``Ministerin von der Leyen``, not ``Chefin von Siemens``.

    ``kind`` is what is known of the word after them: ``President de Klerk``, not ``CEO de Velatron``.
    """
    if small[0] in ("der", "den", "das"):
        return False
    if len(small) > 1 or small[0] not in _OF or title in cues().courtesy:
        return True
    return small[0] != "von" and kind & FAMILY > 0
