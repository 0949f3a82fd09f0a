"""People in a text: rules that tell their names from other capitalised words, by titles, verbs and known names.

For each run of capitalised words: words of organisations and of longer place names are taken off (``_free``); pieces
that may be names are cut out (``stretches.py``, ``pieces.py``); each gets its evidence (``evidence.py``); those with
enough are people, and shorter forms of their names are found (``naming.py``, ``merging.py``).
"""

from __future__ import annotations

from collections.abc import Callable

from dateline_enrichment.cues import Cues, cues
from dateline_enrichment.evidence import evidence
from dateline_enrichment.gazetteer import WEAK
from dateline_enrichment.language import spoken
from dateline_enrichment.locating import in_place
from dateline_enrichment.merging import merged
from dateline_enrichment.naming import Candidate, Context, Person, repeated
from dateline_enrichment.people_eastern import eastern_people
from dateline_enrichment.pieces import Piece
from dateline_enrichment.runs import Run
from dateline_enrichment.stretches import CAPITAL_PARTICLES, Stretch, stretches

POSSIBLE = 0.15
"""Evidence that is enough for a name whose surname stands alone further on."""
ALONE = 0.6
"""Evidence for one word after a title of courtesy in a run, and for a name that its own script's finder is sure of."""


GIVEN_LAST = ("vi",)
"""Languages in Latin letters whose given names may also be towns: after a surname they are a person's."""
PeopleFinder = Callable[[Context], tuple[Person, ...]]
"""Finds the people of a text. Pure: the same text gives the same people."""


def rules_finder(context: Context) -> tuple[Person, ...]:
    """People by rules: full names first, then surnames alone that go with one of them."""
    full, single = candidates(context)
    return merged(repeated(full, single), single, context, "rules")


def candidates(context: Context) -> tuple[list[Candidate], list[Candidate]]:
    """Full names with the evidence for each, and single words that might be surnames. Neither list is in order."""
    known = cues()
    full: list[Candidate] = []
    single = _singles(context, known)
    claimed, inflected, given_last = context.claimed, context.inflected, spoken(context.language) in GIVEN_LAST
    any_claimed = 1 in claimed
    for run in context.runs.many:
        touched = any_claimed and claimed.find(1, run.start, run.start + len(run.text)) >= 0
        for free in _free(run, claimed, known, given_last=given_last) if touched else (run,):
            _judge(_without_place(free, context) if inflected else free, context, known, full, single)
    eastern = eastern_people(context.copy.text, context.language, context.places)
    full += [(*found, ALONE) for found in eastern if not context.claimed[found[0]]]
    return full, single


def _singles(context: Context, known: Cues) -> list[Candidate]:
    """Words that stand alone and might be surnames."""
    claimed, places, may_be_surname = context.claimed, context.places, known.may_be_surname
    return [
        (at, at + len(word), word, 0.0)
        for at, word in context.runs.singles
        if word not in places and may_be_surname(word) and not claimed[at]
    ]


def _free(run: Run, claimed: bytes, known: Cues, *, given_last: bool) -> tuple[Run, ...]:
    """The words of a run before and after those that belong to an organisation or a longer place name.

    None of fewer than two words before them. A Vietnamese name may end with a town's name: after a surname it stays.
    """
    if given_last and run.words[0] in known.surname_first:
        return (run,) if claimed.find(0, run.start, run.start + len(run.text)) >= 0 else ()
    last = run.start + run.text.rfind(" ") + 1
    first = claimed.find(1, run.start, last + 1)
    if first < 0:
        return (run,)
    at = first - run.start
    several = run.text.count(" ", 0, at) > 1 or (at and run.text[at - 1] != " ")
    ahead = _ahead(run, claimed) if several else None
    before = (ahead,) if ahead and " " in ahead.text else ()
    return before if claimed[last] else (*before, _outside(run, claimed))


def _outside(run: Run, claimed: bytes) -> Run:
    """The words after the last one that belongs to something else: of ``Tesla CEO Jane Roe``, ``CEO Jane Roe``."""
    free = max((nth for nth, at in enumerate(run.offsets, 1) if claimed[at]), default=0)
    return run.after(free)


def _ahead(run: Run, claimed: bytes) -> Run:
    """The words before the first that belongs to something else: ``Jane Roe`` of ``Jane Roe van de Partij``."""
    words = run.words
    free = next((nth for nth, at in enumerate(run.offsets) if claimed[at]), len(words))
    return Run(run.start, " ".join(words[:free]))


def _without_place(run: Run, context: Context) -> Run:
    """The words before a place that has a case ending: ``Matti Virtasen`` of ``Matti Virtasen Berliinissä``."""
    if run.text.count(" ") > 1 and run.offsets[-1] in context.inflected:
        return Run(run.start, run.text.rpartition(" ")[0])
    return run


def _judge(run: Run, context: Context, known: Cues, full: list[Candidate], single: list[Candidate]) -> None:
    """Add the possible names in a run to ``full`` (full names) or ``single`` (single words)."""
    text, places = context.copy.text, context.places
    for stretch in stretches(run.text):
        plain = not stretch.after_von and not stretch.without_first
        piece = stretch.piece if plain else _piece_here(stretch, run, text, places)
        if piece is None:
            continue
        at, end = run.start + piece.start, run.start + piece.end
        if piece.alone:
            if piece.first not in places:
                single.append((at, end, piece.first, ALONE * piece.courteous))
        elif (score := evidence(piece, at, end, context, known)) > POSSIBLE:
            full.append((at, end, text[at:end], score))
        elif piece.first in CAPITAL_PARTICLES:
            single.append((at, end, text[at:end], 0.0))


def _piece_here(stretch: Stretch, run: Run, text: str, places: dict[str, int]) -> Piece | None:
    """The piece of a stretch that may be a name, given the places of the text; None if there is none.

    ``Tore von Bonn Jane Roe`` gives Jane Roe if Bonn is a place, ``in Roma Antonio Roe`` gives Antonio Roe.
    """
    piece = stretch.owner if stretch.after_von and stretch.after_von in places else stretch.piece
    rest = stretch.without_first
    if piece and rest and piece.first in places:
        sure = piece.titled and places[piece.first] > WEAK
        return rest if sure or in_place(text, run.start + piece.start) else piece
    return piece
