"""Which bearer of a name is meant, and how sure it is that a place is meant at all."""

from __future__ import annotations

import re

from msgspec import Struct

from dateline_enrichment.areas import areas_of, lies_in
from dateline_enrichment.gazetteer import STRONG, Atlas
from dateline_enrichment.locating import LONGEST_JOINT, lead, part_of_name, place_cues, sited
from dateline_enrichment.meanings import AT_HOME, MOST, NAMED, NAMED_AT_ALL, NEAR, Bearer, Meaning, meanings
from dateline_enrichment.namesearch import Hit

ENOUGH = 0.5
"""How sure a mention must be to count."""
AREA, SHARED = 0.9, 0.6
"""How sure a country or a region is; one whose name others bear, in a text that does not name it otherwise."""
CERTAIN = 0.97
"""From here on nothing beside the name can say more."""
_BY_STRENGTH = (0.1, 0.35, 0.75)
_LARGE, _SITED = 0.5, 0.15
"""From which size on a city is meant by a doubtful name after a sure word of place, for which so much counts."""
_FITS, _EXPLICIT, _PLACED, _LED, _AT_HOME, _ASTRAY = 0.25, 0.35, 0.25, 0.35, 0.15, 0.25
"""What counts how much: the text names the country; it says which place; a word of place goes before, or another name;
texts of the language are likely to be about the country; nothing of this for a name that is not strong."""


class Setting(Struct, frozen=True, gc=False):
    """What the whole text says about where it plays."""

    text: str
    atlas: Atlas
    countries: dict[str, int]
    """Countries that the text names, or that places in it name without doubt, with weights."""
    subdivisions: frozenset[str]
    """Subdivisions that the text names, by id."""
    home: frozenset[str]
    """Countries that texts of the language are likely to be about."""
    dated: int | None
    """Place of the dateline."""
    sited: frozenset[str] = frozenset()
    """Words of the language after which a name is hardly anything but a place."""


Mention = tuple[int, int, int]
"""A name in the text: (where it starts, where it ends, where the name before it ends or 0)."""
Group = tuple[Meaning, list[Mention]]
"""What a name can mean, and where it stands in the text."""
Choice = tuple[Bearer, bool, bool]
"""(the bearer of a name that is meant, the text names its country, the text or the dateline says it outright)."""
Rated = tuple[int, int, int, float]
"""The place that a name means in a text: (where it is named first, its position in the atlas, how often it is named,
how sure the surest mention is)."""


def grouped(names: list[Hit]) -> list[Group]:
    """The names of a text, each one once, with where it stands."""
    groups: dict[int, Group] = {}
    known, before = meanings(), 0
    for name, start, end in names:
        if name in groups:
            groups[name][1].append((start, end, before))
        else:
            groups[name] = known[name], [(start, end, before)]
        before = end
    return list(groups.values())


def countries_named(groups: list[Group], nations: list[Hit], atlas: Atlas) -> dict[str, int]:
    """The countries that names and nationalities name without doubt, with weights."""
    countries: dict[str, int] = {}
    for meaning, mentions in groups:
        if meaning.weight:
            countries[meaning.country] = countries.get(meaning.country, 0) + meaning.weight * len(mentions)
    for name, _, _ in nations:
        country = atlas.places[atlas.nations[name - atlas.first_nation]].country
        countries[country] = countries.get(country, 0) + 1
    return countries


def settled(groups: list[Group], where: Setting) -> list[Rated]:
    """The names that are places; one sense a story: what a name means where the text says so, it means everywhere."""
    found: list[Rated] = []
    for meaning, mentions in groups:
        rated = _rated(meaning, mentions, where)
        if rated:
            found.append(rated)
    return found


def _rated(meaning: Meaning, mentions: list[Mention], where: Setting) -> Rated | None:
    """The place of a name, counted where it is named; None where the name is none here.

    A sure mention carries the others; a weak name needs a third of its mentions to be sure.
    """
    if meaning.area:
        return mentions[0][0], meaning.place, len(mentions), AREA
    if meaning.certain:
        return _certain(meaning, mentions, where.text)
    choice = _meant(meaning, mentions, where)
    bearer, fits, _ = choice
    if bearer.area:
        return mentions[0][0], bearer.place, len(mentions), SHARED if meaning.shared and not fits else AREA
    scores = _scores(meaning, mentions, choice, where)
    sure, best = 0, 0.0
    for score in scores:
        sure += score >= ENOUGH
        best = score if score > best else best
    if not sure or (not meaning.strength and 3 * sure < len(scores)):
        return None
    if sure == len(scores):
        return mentions[0][0], bearer.place, sure, best
    rated = zip(mentions, scores, strict=True)
    kept = [mention[0] for mention, score in rated if score >= ENOUGH or (meaning.strength and score > 0)]
    return kept[0], bearer.place, len(kept), best


def _certain(meaning: Meaning, mentions: list[Mention], text: str) -> Rated | None:
    """The place of a name that can mean nothing else, wherever it is no part of another name."""
    first, times = -1, 0
    for start, end, _ in mentions:
        if not part_of_name(text, start, end):
            first, times = first if times else start, times + 1
    return (first, meaning.place, times, CERTAIN) if times else None


def _scores(meaning: Meaning, mentions: list[Mention], choice: Choice, where: Setting) -> list[float]:
    """How sure it is of each mention that the place is named there; 0 where the name is part of another one."""
    (bearer, fits, explicit), strength = choice, meaning.strength
    text, at_home = where.text, bearer.country in where.home
    alone = _BY_STRENGTH[strength] + _FITS * fits + _EXPLICIT * explicit
    astray = not (strength == STRONG or at_home or explicit or bearer.country in where.countries)
    joints, scores = place_cues().joints, []
    for start, end, before in mentions:
        score = alone
        if part_of_name(text, start, end):
            score = 0.0
        elif alone < CERTAIN:
            placed, led = lead(text, start)
            joined = 0 < before >= start - LONGEST_JOINT and text[before:start] in joints
            score += (_PLACED if placed or joined else 0.0) - (_LED if led else 0.0)
            score += _AT_HOME if at_home else 0.0
            score -= _ASTRAY if astray else 0.0
            if placed and score < ENOUGH and sited(text, start, where.sited):
                score += _by_size(meaning, bearer, astray, where)
        scores.append(score)
    return scores


def _by_size(meaning: Meaning, bearer: Bearer, astray: bool, where: Setting) -> float:
    """What a sure word of place counts besides: for a large city, and where no other country is named."""
    large = bearer.size >= _LARGE
    return _SITED * large + _ASTRAY * (astray and meaning.own and (large or not where.countries))


def _meant(meaning: Meaning, mentions: list[Mention], where: Setting) -> Choice:
    """The bearer that is meant throughout: the one in the last area that follows a mention, else the usual one."""
    choice = _usual(meaning, where)
    text = where.text
    if choice[2]:
        return choice
    for _, end, _ in reversed(mentions):
        if text[end : end + 2] in _BEFORE_AREA and (bearer := _in_area(meaning.bearers, end, where)):
            return bearer, True, True
    return choice


def _usual(meaning: Meaning, where: Setting) -> Choice:
    """The bearer that is meant in a text, by where the story is dated, by the countries that the text names."""
    if where.dated in meaning.cities:
        return meaning.cities[where.dated], True, True
    chosen = meaning.likeliest or best_fitting(meaning.bearers, where)
    return chosen, chosen.country in where.countries, False


def best_fitting(bearers: tuple[Bearer, ...], where: Setting) -> Bearer:
    """The bearer that fits best, by its place in the row of likelihood, its country in the text, its size."""
    countries, home, subdivisions = where.countries, where.home, where.subdivisions
    fits: list[float] = []
    for _, country, subdivision, rank, size, _, _ in bearers:
        named = countries.get(country)
        score = min(named, MOST) * NAMED + NAMED_AT_ALL - rank if named else -rank
        score += size
        fits.append(score + AT_HOME * (country in home) + NEAR * (subdivision != "" and subdivision in subdivisions))
    return bearers[fits.index(max(fits))]


def _in_area(bearers: tuple[Bearer, ...], end: int, where: Setting) -> Bearer | None:
    """The bearer that lies in the area that is named after a mention, before a comma or a bracket; None for none."""
    areas = _following(end, where)
    if not areas:
        return None
    places = where.atlas.places
    best = max(bearers, key=lambda bearer: lies_in(places[bearer.place], areas))
    row = places[best.place]
    return best if lies_in(row, areas) and row.kind != "country" else None


_BEFORE_AREA = (", ", " (")
_END_OF_NAME = re.compile(r"[,.;:)\n(]| [a-z]")


def _following(end: int, where: Setting) -> frozenset[str]:
    """The areas named right after: ``London, Ontario``, ``Columbus, Ga.``; none mostly."""
    tail = where.text[end + 2 : end + 32]
    stop = _END_OF_NAME.search(tail)
    name = (tail[: stop.start()] if stop else tail).strip()
    return areas_of(name)
