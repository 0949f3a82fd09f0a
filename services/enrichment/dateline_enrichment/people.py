"""Who is named in a text: rules that tell names of people from other capitalised words, by titles, verbs and names."""

from __future__ import annotations

from collections.abc import Callable

from dateline_enrichment.cues import Cues, cues
from dateline_enrichment.naming import Candidate, Context, Person, merged, repeated
from dateline_enrichment.people_eastern import eastern_people
from dateline_enrichment.runs import Run, small_word

LONGEST_NAME = 5
POSSIBLE = 0.15
"""Evidence from which on it is one if its surname stands alone further on."""


PeopleFinder = Callable[[Context], tuple[Person, ...]]
"""Finds the people of a text. Pure: the same text gives the same people."""


def rules_finder(context: Context) -> tuple[Person, ...]:
    """People by rules: full names first, then surnames alone that go with one of them."""
    full, single = candidates(context)
    return merged(repeated(full, single), single, context, "rules")


def candidates(context: Context) -> tuple[list[Candidate], list[Candidate]]:
    """Full names with what speaks for each, and words alone that might be surnames, both in no sure order."""
    known, claimed = cues(), context.claimed
    full: list[Candidate] = []
    single = _singles(context, known)
    for run in context.runs.many:
        last = run.offsets[-1]
        if claimed.find(1, run.offsets[0], last + 1) < 0:
            _judge(run, context, known, full, single)
        elif not claimed[last]:
            _judge(_outside(run, claimed), context, known, full, single)
    full.extend(Candidate(*found, 0.6) for found in eastern_people(context.copy.text, context.language))
    return full, single


def _singles(context: Context, known: Cues) -> list[Candidate]:
    """Words that stand alone and might be surnames."""
    claimed, places, none = context.claimed, context.places, known.no_surname
    return [
        Candidate(at, at + len(word), word, 0.0)
        for at, word in context.runs.singles
        if len(word) > 2 and word not in places and not claimed[at] and small_word(word) not in none
    ]


def _outside(run: Run, claimed: bytes) -> Run:
    """The words after the last claimed one: of ``Tesla CEO Jane Roe`` Tesla is spoken for."""
    return run.after(max((i for i, at in enumerate(run.offsets) if claimed[at]), default=-1) + 1)


def _judge(run: Run, context: Context, known: Cues, full: list[Candidate], single: list[Candidate]) -> None:
    """Cut titles and other words off a run and put what is left where it belongs, if it can be a name."""
    for first, last, titled in _pieces(run, known):
        first, last = _past_particle(run, first, last, titled, context.places, known)
        if last - first > 2 and run.words[first] not in known.given and run.words[first + 1] in known.given:
            first, titled = first + 1, titled or run.small[first]
        words = run.words[first:last]
        if not words:
            continue
        start, end = run.offsets[first], run.end(last - 1)
        if len(words) == 1:
            if len(words[0]) > 2 and words[0] not in context.places:
                courtesy = titled in known.courtesy and known.can_be_surname(words[0])
                single.append(Candidate(start, end, words[0], 0.6 * courtesy))
        elif len(words) <= LONGEST_NAME and (score := _evidence(words, start, end, titled, context, known)) > POSSIBLE:
            full.append(Candidate(start, end, context.copy.text[start:end], score))


def _past_particle(
    run: Run, first: int, last: int, titled: str, places: frozenset[str], known: Cues
) -> tuple[int, int]:
    """Where the name begins and ends: ``Tore von Jane Roe`` is Jane Roe's, ``Jane von Roe`` is a name."""
    words = run.words
    if known.particles.isdisjoint(words[first:last]):
        return first, last
    while last > first and words[last - 1] in known.particles:
        last -= 1
    small = [i for i in range(first, last) if words[i] in known.particles]
    if not small:
        return first, last
    after = small[-1] + 1
    if words[small[-1]] == "von" and (words[after] in places or (after + 1 < last and words[after] in known.given)):
        return after, last
    keep = words[first] in known.given or (titled and (small[0] != first or words[first] not in ("der", "den", "das")))
    return (first if keep else after), last


def _pieces(run: Run, known: Cues) -> list[tuple[int, int, str]]:
    """The stretches of a run between words that no name holds: (first word, word after the last, title before)."""
    pieces: list[tuple[int, int, str]] = []
    first, titled, small, end = 0, "", run.small, len(run.small)
    for i, word in enumerate(small):
        written = run.words[i]
        if written in known.particles:
            continue
        title = known.titled(word)
        short = not written[1:].islower() and _is_abbreviation(written)
        short = short or (i == 0 and end > 1 and len(word) > 1 and word in known.common)
        if title or short or word in known.breaks or (i + 1 == end and word in known.both):
            if i > first:
                pieces.append((first, i, titled))
            first, titled = i + 1, word if title else titled if short and i == first else ""
    if first < end:
        pieces.append((first, end, titled))
    return [piece for piece in pieces if known.things.isdisjoint(small[piece[0] : piece[1]])]


def _is_abbreviation(word: str) -> bool:
    """``NATO``, and the clubs of lists of results: ``EsboIF``, ``KouvU``."""
    if len(word) < 3 or word[1:].islower() or "." in word or "-" in word or "'" in word or "’" in word:
        return False
    return word.isupper() or (word[-1].isupper() and not word[:2].isupper()) or word[-2].isupper()


def _stem(word: str) -> str:
    """A word without an ending written after an apostrophe: ``Ankara'dan``."""
    if "'" not in word and "’" not in word:
        return word
    stem = word.replace("’", "'").partition("'")[0]
    return stem if len(stem) > 2 else word


def _evidence(words: tuple[str, ...], start: int, end: int, titled: str, context: Context, known: Cues) -> float:
    """How much says that these words are a person's name."""
    if not known.can_be_name(words):
        return 0.0
    text, first = context.copy.text, words[0]
    given = first in known.given or ("-" in first and first.partition("-")[0] in known.given)
    before = known.word_before(text, start)
    if len(before) > 2 and before.upper() in text[max(0, start - 12) : start]:
        before = known.word_before(text, start - len(before) - 1)
    cue = 0.45 * bool(titled) + 0.5 * known.titled(before)
    cue += 0.45 * (before in known.said_words or known.said_after(text, end)) + 0.5 * known.described(text, end)
    score = 0.55 * given + 0.2 * (words[-1] in known.family) + 0.25 * (len(first) <= 3 and first.endswith(".")) + cue
    if not given and _stem(first) in context.places and _stem(words[-1]) in context.places:
        return 0.0
    if first in context.places and not titled:
        score -= 0.4 if words[-1] not in known.family else 0.2
    if words[-1] in context.places and not given and not cue:
        score -= 0.3
    score += 0.2 * (not known.particles.isdisjoint(words))
    return score - 0.5 * (words[-1].lower() in known.soft) - 0.5 * (first.lower() in known.first_things)
