"""People as values, and how the mentions of one person come together: full name first, then the surname alone."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import Cues, cues
from dateline_enrichment.runs import Runs
from dateline_enrichment.wholewords import endings_of

_EASTERN = "\u2e80"
"""Scripts from here on write no space between the words of a name."""
ENOUGH = 0.5
"""Evidence from which on a run is a person."""


class Person(Struct, frozen=True):
    """A person, with every place of the text that names them."""

    name: str
    """The fullest name that the text gives, as written."""
    spans: tuple[tuple[int, int], ...]
    confidence: float
    method: str


class Context(NamedTuple):
    """What is known of the text before people are looked for."""

    copy: Copy
    language: str
    runs: Runs
    """Runs of capitalised words, those of a headline with capitals throughout left out."""
    claimed: bytes
    """For each position of the text 1 where an organisation or a place of several words stands, else 0."""
    places: frozenset[str]
    """Names of places that stand in the text."""


class Candidate(Struct, frozen=True, order=True, gc=False):
    """A stretch of the text that may be a person's name."""

    start: int
    end: int
    name: str
    score: float


def repeated(full: list[Candidate], single: list[Candidate]) -> list[Candidate]:
    """Sure candidates, and those less sure whose surname stands alone further on or whose name comes again."""
    alone = {one.name for one in single}
    best: dict[str, float] = {}
    for one in full:
        name = one.name
        score = one.score + (0.3 if name.rpartition(" ")[2] in alone else 0.0)
        best[name] = max(score, best[name] + 0.1 if name in best else 0.0)
    return [
        one if one.score == score else Candidate(one.start, one.end, one.name, score)
        for one in full
        if (score := best[one.name]) >= ENOUGH
    ]


def merged(full: list[Candidate], single: list[Candidate], context: Context, method: str) -> tuple[Person, ...]:
    """One person for each name; shorter forms of it and its surname alone are mentions of the same person."""
    people: dict[str, list[Candidate]] = {}
    by_surname: dict[str, str] = {}
    known = cues()
    endings = endings_of(context.language)
    names = _owners({one.name for one in full}, known, endings)
    for one in full:
        people.setdefault(names[one.name], []).append(one)
    for name in people:
        for part in _surnames(name):
            by_surname.setdefault(part, name)
    for one in sorted(single, key=_START):
        name = by_surname.get(one.name, "")
        if endings and by_surname and not name:
            name = _uninflected(one.name, by_surname, endings)
        if name:
            people[name].append(one)
        elif one.score or _courteous(one, context, known):
            people[one.name] = [Candidate(one.start, one.end, one.name, max(one.score, 0.55))]
            by_surname[one.name] = one.name
    _in_headline(people, by_surname, context.copy)
    return tuple([_person(name, found, method) for name, found in people.items()])


_START = attrgetter("start")


def _owners(found: set[str], known: Cues, endings: frozenset[str]) -> dict[str, str]:
    """Which name each name goes by: the longer of two that end alike, unless its first word is a title in disguise."""
    owners = {name: name for name in found}
    if len({name.rpartition(" ")[2] for name in found}) < len(found) or max(found, default="") > _EASTERN:
        owners = _by_length(found, known)
    return {name: _base(owner, owners, known, endings) for name, owner in owners.items()} if endings else owners


def _by_length(found: set[str], known: Cues) -> dict[str, str]:
    """The same for names some of which may be forms of others."""
    owners: dict[str, str] = {}
    for name in sorted(found, key=lambda n: (-len(n), n)):
        ending = f" {name}"
        longer = None
        for other in owners:
            if other.endswith(ending) or (other > _EASTERN and other.startswith(name)):
                longer = other
                break
        if longer and name.partition(" ")[0] in known.given and longer.partition(" ")[0] not in known.given:
            owners = {other: name if owner == longer else owner for other, owner in owners.items()}
            longer = None
        owners[name] = owners[longer] if longer else name
    return owners


def _base(name: str, owners: dict[str, str], known: Cues, endings: frozenset[str]) -> str:
    """The name without an ending of the language, where the text or the list of surnames has it so."""
    last = name.rpartition(" ")[2]
    if last in known.family:
        return name
    for at in range(len(last) - 1, 2, -1):
        if last[at:] in endings:
            base = name[: at - len(last)]
            if base in owners or (base.rpartition(" ")[2] in known.family and len(last) - at < 3):
                return base
    return name


def _uninflected(word: str, by_surname: dict[str, str], endings: frozenset[str]) -> str:
    """The person whose surname this is with an ending of the language: ``Hintereggers``, ``Trumpin``."""
    for at in range(len(word) - 1, 0, -1):
        if (name := by_surname.get(word[:at])) and word[at:] in endings:
            return name
    return ""


def _courteous(one: Candidate, context: Context, known: Cues) -> bool:
    """Whether a title in small letters stands before a surname: ``le président Ndoye``."""
    return known.word_before(context.copy.text, one.start) in known.courtesy and known.can_be_surname(one.name)


def _in_headline(people: dict[str, list[Candidate]], by_surname: dict[str, str], copy: Copy) -> None:
    """A headline with capitals throughout shows nobody new, but names again whom the text names."""
    if not copy.title_case:
        return
    for surname, name in by_surname.items():
        at = copy.headline.find(surname)
        if at >= 0 and not copy.headline[at + len(surname) : at + len(surname) + 1].isalnum():
            people[name].append(Candidate(at, at + len(surname), surname, 0.0))


def _surnames(name: str) -> list[str]:
    words = name.split()
    if len(words) == 2 and "-" not in words[1]:
        return words[1:]
    return [" ".join(words[i:]) for i in range(1, len(words))] + (
        [words[-1].rpartition("-")[2]] if "-" in words[-1] else []
    )


def _person(name: str, found: list[Candidate], method: str) -> Person:
    spans = {(one.start, one.end) for one in found}
    score = max([one.score for one in found])
    return Person(name, tuple(sorted(spans)), _confidence(score, len(spans)), method)


@lru_cache(maxsize=1024)
def _confidence(score: float, mentions: int) -> float:
    """A score as it is told. Scores are sums of a few weights, so there are not many; rounding is slow."""
    return round(min(0.95, 0.45 + 0.4 * score + 0.02 * mentions), 2)
