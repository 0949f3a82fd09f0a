"""Who is named in a text: rules that tell names of people from other capitalised words, by titles, verbs and names."""

from __future__ import annotations

from collections.abc import Callable

from dateline_enrichment.cues import BEFORE_DESCRIPTION, Cues, cues
from dateline_enrichment.gazetteer import STRONG, WEAK
from dateline_enrichment.language import primary
from dateline_enrichment.locating import in_place
from dateline_enrichment.merging import merged
from dateline_enrichment.naming import Candidate, Context, Person, repeated
from dateline_enrichment.people_eastern import eastern_people
from dateline_enrichment.pieces import Piece, stretches
from dateline_enrichment.runs import Run

POSSIBLE = 0.15
"""Evidence that is enough for a name whose surname stands alone further on."""


GIVEN_LAST = ("vi",)
"""Languages in Latin letters whose given names are also towns': after a surname they are a person's."""
PeopleFinder = Callable[[Context], tuple[Person, ...]]
"""Finds the people of a text. Pure: the same text gives the same people."""


def rules_finder(context: Context) -> tuple[Person, ...]:
    """People by rules: full names first, then surnames alone that go with one of them."""
    full, single = candidates(context)
    return merged(repeated(full, single), single, context, "rules")


def candidates(context: Context) -> tuple[list[Candidate], list[Candidate]]:
    """Full names with the evidence for each, and single words that might be surnames. Neither list is in order."""
    known, claimed = cues(), context.claimed
    any_claimed, eastern = 1 in claimed, primary(context.language) in GIVEN_LAST
    full: list[Candidate] = []
    single = _singles(context, known)
    for run in context.runs.many:
        if any_claimed:
            last = run.start + run.text.rfind(" ") + 1
            if claimed[last] and not (eastern and run.words[0] in known.surname_first):
                run = _ahead(run, claimed)
                if " " not in run.text:
                    continue
            elif not eastern and claimed.find(1, run.start, last) >= 0:
                run = _outside(run, claimed)
        if context.inflected:
            run = _without_place(run, context)
        _judge(run, context, known, full, single)
    full += [(*found, 0.6) for found in eastern_people(context.copy.text, context.language)]
    return full, single


def _singles(context: Context, known: Cues) -> list[Candidate]:
    """Words that stand alone and might be surnames."""
    claimed, places, may_be_surname = context.claimed, context.places, known.may_be_surname
    return [
        (at, at + len(word), word, 0.0)
        for at, word in context.runs.singles
        if word not in places and may_be_surname(word) and not claimed[at]
    ]


def _outside(run: Run, claimed: bytes) -> Run:
    """The words after the last claimed one: of ``Tesla CEO Jane Roe`` Tesla is spoken for."""
    free = max((nth for nth, at in enumerate(run.offsets, 1) if claimed[at]), default=0)
    return run.after(free)


def _ahead(run: Run, claimed: bytes) -> Run:
    """The words before the first claimed one: of ``Jane Roe van de Partij voor de Vrijheid`` the name."""
    words = run.words
    free = next((nth for nth, at in enumerate(run.offsets) if claimed[at]), len(words))
    return Run(run.start, " ".join(words[:free]))


def _without_place(run: Run, context: Context) -> Run:
    """The words before a place with an ending of the language: ``Matti Virtasen Berliinissä``."""
    if run.text.count(" ") > 1 and run.offsets[-1] in context.inflected:
        return Run(run.start, run.text.rpartition(" ")[0])
    return run


def _judge(run: Run, context: Context, known: Cues, full: list[Candidate], single: list[Candidate]) -> None:
    """Add what may be a name in a run to the full names or to the single words."""
    text, places = context.copy.text, context.places
    for stretch in stretches(run.text):
        piece = stretch.owner if stretch.after_von and stretch.after_von in places else stretch.piece
        if piece is None:
            continue
        if (rest := stretch.without_first) and places.get(piece.first, WEAK) > WEAK:
            piece = rest if piece.titled or in_place(text, run.start + piece.start) else piece
        at, end = run.start + piece.start, run.start + piece.end
        if piece.alone:
            if piece.first not in places:
                single.append((at, end, piece.first, 0.6 * piece.courteous))
        elif (score := _evidence(piece, at, end, context, known)) > POSSIBLE:
            full.append((at, end, text[at:end], score))


def _stem(word: str) -> str:
    """A word without an ending written after an apostrophe: ``Ankara'dan``."""
    if "'" not in word and "’" not in word:
        return word
    stem = word.replace("’", "'").partition("'")[0]
    return stem if len(stem) > 2 else word


def _evidence(piece: Piece, start: int, end: int, context: Context, known: Cues) -> float:
    """How much evidence there is that a piece is a person's name, in a text that names these places."""
    text, places = context.copy.text, context.places
    before = known.before(text, start)
    if before.capitals and before.capitals in text[start - 12 if start > 12 else 0 : start]:
        before = known.before(text, start - len(before.word) - 1)
    cue = (0.45 if piece.titled else 0.0) + (0.5 if before.titled else 0.0)
    told = 0.45 if before.said or known.said_after(text, end) else 0.0
    if text.startswith(BEFORE_DESCRIPTION, end) and known.described(text, end):
        told += 0.5
    cue += told
    score, first, last, given = piece.score + cue, piece.first, piece.last, piece.given
    if context.surname_first and piece.given_last and not given:
        score += 0.55
    if places:
        if piece.particle and first.islower() and last in places:
            return 0.0
        if not (given and (cue or piece.family)) and _stem(first) in places and places.get(_stem(last), WEAK) > WEAK:
            return 0.0
        if first in places and not (piece.titled or (given and places[first] == WEAK)):
            score -= 0.2 if piece.family else 0.4
        if last in places and not given and not (piece.titled or (cue and places[last] < STRONG)):
            score -= 0.3 if not cue else 0.2 if piece.family else 0.5
    return score + 0.2 * piece.particle - 0.5 * piece.soft - 0.5 * piece.thing if piece.marked else score
