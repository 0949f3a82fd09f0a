"""Which names of a text are places, and how sure that is.

A name means one thing throughout a story, so its mentions are put together (``grouped``). A name that can only be one
country or one city is a place at once (``settled``). For any other name ``bearers.py`` chooses the place that is meant;
each mention is scored by the name and the words around it (``_scores``), and the sure mentions decide whether the
others count (``_kept``).
"""

from __future__ import annotations

from msgspec import Struct

from dateline_enrichment.bearers import Choice, Mention, Setting, meant
from dateline_enrichment.gazetteer import PLAIN, STRONG, WEAK, Atlas
from dateline_enrichment.locating import LONGEST_JOINT, lead, part_of_name, place_cues, sited
from dateline_enrichment.meanings import Bearer, Meaning, meanings
from dateline_enrichment.namesearch import Hit

ENOUGH = 0.5
"""Score from which on a mention counts."""
AREA, SHARED = 0.9, 0.6
"""Scores of a country or region; SHARED if other places have its name and the text does not name it otherwise."""
CERTAIN = 0.97
"""Score from which on the words around a mention are not looked at."""
_BY_STRENGTH = {WEAK: 0.1, PLAIN: 0.35, STRONG: 0.75}
"""Score of the name alone; what follows is added to it, or taken away."""
_FITS = 0.25
"""The text names the country of the place."""
_EXPLICIT = 0.35
"""The text says which place of the name it is."""
_PLACED = 0.25
"""A word of place stands before it (``in``), or another place with a joint (``Lyon and``)."""
_LED = 0.35
"""Taken away if a capitalised word stands before it: ``West``."""
_AT_HOME = 0.15
"""Texts of the language are likely to be about the country."""
_ASTRAY = 0.25
"""Taken away from a name that is not strong if neither text nor language points to its country."""
_LARGE, _SITED = 0.5, 0.15
"""Size of a city from which on a sure word of place adds this to a doubtful name."""
_TOWN = 0.1
"""Size of a town from which on such a word makes good for _ASTRAY, if the name is the town's own."""
_FEW = 3
"""A weak name counts only if at least one in so many of its mentions is sure."""


class Group(Struct, frozen=True, gc=False):
    """A name, with what it can mean and where it stands in the text."""

    meaning: Meaning
    mentions: list[Mention]


Rated = tuple[int, int, int, float]
"""A place of the text: (position of its first mention, its position in the atlas, number of mentions, best score). A
tuple, as they are sorted."""


def grouped(names: list[Hit]) -> list[Group]:
    """The names of a text, each one once, with where it stands."""
    groups: dict[int, Group] = {}
    known, before = meanings(), 0
    for name, start, end in names:
        mention = Mention(start, end, before)
        if name in groups:
            groups[name].mentions.append(mention)
        else:
            groups[name] = Group(known[name], [mention])
        before = end
    return list(groups.values())


def countries_named(groups: list[Group], nations: list[Hit], atlas: Atlas) -> dict[str, int]:
    """ISO 3166-1 alpha-2 -> weight, of the countries that places and nationalities in the text point to."""
    countries: dict[str, int] = {}
    for group in groups:
        if weight := group.meaning.weight:
            country = group.meaning.country
            countries[country] = countries.get(country, 0) + weight * len(group.mentions)
    for name, _, _ in nations:
        country = atlas.places[atlas.nations[name - atlas.first_nation]].country
        countries[country] = countries.get(country, 0) + 1
    return countries


def settled(groups: list[Group], where: Setting) -> list[Rated]:
    """The names that are places in the text."""
    found: list[Rated] = []
    for group in groups:
        meaning, mentions = group.meaning, group.mentions
        if meaning.area:
            found.append((mentions[0].start, meaning.place, len(mentions), AREA))
        elif rated := _certain(meaning, mentions, where.text) if meaning.certain else _doubtful(group, where):
            found.append(rated)
    return found


def _certain(meaning: Meaning, mentions: list[Mention], text: str) -> Rated | None:
    """The place of a name that can mean nothing else; None if the name is part of longer names everywhere."""
    starts = [one.start for one in mentions if not part_of_name(text, one.start, one.end)]
    return (starts[0], meaning.place, len(starts), CERTAIN) if starts else None


def _doubtful(group: Group, where: Setting) -> Rated | None:
    """The place of a name that several places have, or that may be no place at all; None if it is none here."""
    meaning, mentions = group.meaning, group.mentions
    choice = meant(meaning, mentions, where)
    place = choice.bearer.place
    if choice.bearer.area:
        sure = SHARED if meaning.shared and not choice.fits else AREA
        return mentions[0].start, place, len(mentions), sure
    scores = _scores(meaning, mentions, choice, where)
    starts = _kept(meaning, mentions, scores)
    return (starts[0], place, len(starts), max(scores)) if starts else None


def _kept(meaning: Meaning, mentions: list[Mention], scores: list[float]) -> list[int]:
    """Positions of the mentions that count: all above 0 if one is sure; of a weak name the sure ones."""
    sure = len([score for score in scores if score >= ENOUGH])
    weak = meaning.strength == WEAK
    if not sure or (weak and _FEW * sure < len(scores)):
        return []
    rated = zip(mentions, scores, strict=True)
    return [one.start for one, score in rated if (score >= ENOUGH if weak else score > 0)]


def _scores(meaning: Meaning, mentions: list[Mention], choice: Choice, where: Setting) -> list[float]:
    """Score of each mention; 0 for one that is part of a longer name."""
    bearer, text, at_home = choice.bearer, where.text, choice.bearer.country in where.home
    lent = meaning.lent and where.countries and not (choice.fits or at_home)
    strength = PLAIN if lent else meaning.strength
    alone = _BY_STRENGTH[strength] + _FITS * choice.fits + _EXPLICIT * choice.explicit
    astray = not (strength == STRONG or at_home or choice.explicit or bearer.country in where.countries)
    scores = []
    for one in mentions:
        if part_of_name(text, one.start, one.end):
            scores.append(0.0)
        elif alone >= CERTAIN:
            scores.append(alone)
        else:
            placed, led = lead(text, one.start) if one.start - 1 not in where.seats else (True, False)
            score = alone + ((_PLACED if placed or _joined(text, one) else 0.0) - (_LED if led else 0.0))
            score += _AT_HOME if at_home else 0.0
            score -= _ASTRAY if astray else 0.0
            if placed and score < ENOUGH and not meaning.definite and sited(text, one.start, where.sited):
                score += _by_size(meaning, bearer, astray, where)
            scores.append(score)
    return scores


def _joined(text: str, one: Mention) -> bool:
    """Whether another place and a joint stand before a mention: ``Lyon and``."""
    return 0 < one.before >= one.start - LONGEST_JOINT and text[one.before : one.start] in place_cues().joints


def _by_size(meaning: Meaning, bearer: Bearer, astray: bool, where: Setting) -> float:
    """What a sure word of place adds: for a large city, and for a town by its own name."""
    large = bearer.size >= _LARGE
    return _SITED * large + _ASTRAY * (astray and meaning.own and (bearer.size >= _TOWN or not where.countries))
