"""Which bearer of a name is meant, and how sure it is that a place is meant at all."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct

from dateline_enrichment.gazetteer import STRONG, Atlas, Found, PlaceRow
from dateline_enrichment.language import primary
from dateline_enrichment.locating import in_place, led_by_name, part_of_name, place_cues

WORLD_CITY = 1_500_000
"""A city of so many people is meant even where the text names the country of a small namesake."""
ENOUGH = 0.5
"""How sure a mention must be to count."""
AREA = 0.9
"""How sure a country or a region is."""
_BY_STRENGTH = (0.1, 0.35, 0.75)


class Choice(Struct, frozen=True, gc=False):
    """The bearer of a name that is meant."""

    place: int
    """Position in the atlas."""
    fits: bool
    """The text names its country."""
    explicit: bool
    """The name of its country or state follows, or the story is dated there."""


class Setting(NamedTuple):
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


class Rated(Struct, frozen=True, gc=False):
    """A name with the place that is meant and how sure that is."""

    found: Found
    place: int
    score: float


def setting(text: str, tag: str, names: list[Found], nations: list[Found], atlas: Atlas) -> Setting:
    """Take in what the text names without doubt."""
    countries: dict[str, int] = {}
    times: dict[int, int] = {}
    for one in names:
        times[one.name] = times.get(one.name, 0) + 1
    areas = set()
    for name, count in times.items():
        bearers = atlas.bearers[name]
        _, _, kind, country, *_ = atlas.places[bearers[0]]
        if kind == "country":
            if name not in atlas.shared:
                countries[country] = countries.get(country, 0) + 3 * count
        elif len(bearers) == 1 and atlas.strength[name] == STRONG:
            countries[country] = countries.get(country, 0) + 2 * count
        areas.update([atlas.places[bearer][0] for bearer in bearers])
    for one in nations:
        country = atlas.places[atlas.nations[one.name - atlas.first_nation]][3]
        countries[country] = countries.get(country, 0) + 1
    return Setting(text, atlas, countries, frozenset(areas), place_cues().home.get(primary(tag), frozenset()), None)


def dated_at(where: Setting, place: int) -> Setting:
    """The setting of a story that is dated from a place."""
    country = where.atlas.places[place][3]
    countries = {**where.countries, country: where.countries.get(country, 0) + 3}
    return where._replace(countries=countries, dated=place)


def settled(names: list[Found], where: Setting) -> list[Rated]:
    """The names that are places; one sense a story: what a name means where the text says so, it means everywhere."""
    atlas, text = where.atlas, where.text
    usual = {
        name: None if name in atlas.areas else _usual(atlas.bearers[name], where)
        for name in {one.name for one in names}
    }
    choices = [
        _choose(one, usual[one.name], where) if text[one.end : one.end + 2] in _BEFORE_AREA else usual[one.name]
        for one in names
    ]
    told = {one.name: choice for one, choice in zip(names, choices, strict=True) if choice and choice.explicit}
    joints, rated, before = place_cues().joints, [], 0
    for one, first in zip(names, choices, strict=True):
        if first is None:
            rated.append(Rated(one, atlas.bearers[one.name][0], AREA))
        else:
            choice = told.get(one.name, first)
            joined = before > 0 and text[before : one.start] in joints
            rated.append(Rated(one, choice.place, _rate(one, choice, joined, where)))
        before = one.end
    return _carried(rated, atlas)


def _carried(rated: list[Rated], atlas: Atlas) -> list[Rated]:
    """A sure mention carries the others of its name; a weak name needs a third of its mentions to be sure."""
    sure: dict[int, int] = {}
    every: dict[int, int] = {}
    for one in rated:
        name = one.found.name
        every[name] = every.get(name, 0) + 1
        if one.score >= ENOUGH:
            sure[name] = sure.get(name, 0) + 1
    kept = []
    for one in rated:
        name, score = one.found.name, one.score
        if name not in sure:
            continue
        strong = atlas.strength[name] > 0 and score > 0
        if strong or (score >= ENOUGH and 3 * sure[name] >= every[name]):
            kept.append(one)
    return kept


def _rate(one: Found, choice: Choice, joined: bool, where: Setting) -> float:
    """How sure it is that a place is named here; 0 where the name is part of another one."""
    atlas, text, name = where.atlas, where.text, one.name
    _, _, kind, country, *_ = atlas.places[choice.place]
    if kind == "country" or kind == "region":
        return AREA if name not in atlas.shared or choice.fits else 0.6
    if part_of_name(text, one.start, one.end):
        return 0.0
    strength, at_home = atlas.strength[name], country in where.home
    score = _BY_STRENGTH[strength] + 0.25 * choice.fits + 0.35 * choice.explicit
    if score < 0.97:
        score += 0.25 * (joined or in_place(text, one.start)) - 0.35 * led_by_name(text, one.start)
        score += 0.15 * at_home
    sure = strength == STRONG or at_home or choice.explicit or country in where.countries
    return score if sure else score - 0.25


def _choose(one: Found, usual: Choice | None, where: Setting) -> Choice | None:
    """The bearer that is meant before a comma or a bracket: by the area in it, else as everywhere in this text."""
    if usual is None or usual.explicit or not (areas := _following(one, where)):
        return usual
    places, bearers = where.atlas.places, where.atlas.bearers[one.name]
    best = max(bearers, key=lambda bearer: (lies_in(places[bearer], areas), -bearers.index(bearer)))
    return Choice(best, True, True) if lies_in(places[best], areas) and places[best][2] != "country" else usual


def _usual(bearers: tuple[int, ...], where: Setting) -> Choice:
    """The bearer that is meant in a text, by where the story is dated, by the countries that the text names."""
    places = where.atlas.places
    if where.dated is not None and where.dated in bearers and places[where.dated][2] == "city":
        return Choice(where.dated, True, True)
    chosen = bearers[0]
    if len(bearers) > 1:
        fits = [_fit(bearer, position, where) for position, bearer in enumerate(bearers)]
        chosen = bearers[fits.index(max(fits))]
    return Choice(chosen, places[chosen][3] in where.countries, False)


def _fit(bearer: int, position: int, where: Setting) -> float:
    """How well a bearer fits: its place in the row of likelihood, its country in the text, its size."""
    _, _, kind, country, _, population, subdivision = where.atlas.places[bearer]
    score = -position * 0.9
    if named := where.countries.get(country):
        score = min(named, 6) * 0.5 + 2.0 - position * 0.9
    if kind == "city":
        score += min(2.5, population / 600_000) + 4.0 * (population >= WORLD_CITY)
    elif kind == "country":
        score += 1.0
    return score + 0.3 * (country in where.home) + 1.5 * (subdivision != "" and subdivision in where.subdivisions)


_BEFORE_AREA = (", ", " (")
_END_OF_NAME = re.compile(r"[,.;:)\n(]| [a-z]")


def _following(one: Found, where: Setting) -> frozenset[str]:
    """The areas named right after: ``London, Ontario``, ``Columbus, Ga.``; none mostly."""
    tail = where.text[one.end + 2 : one.end + 32]
    stop = _END_OF_NAME.search(tail)
    name = (tail[: stop.start()] if stop else tail).strip()
    return areas_of(name, where.atlas) or areas_of(f"{name}.", where.atlas)


def areas_of(name: str, atlas: Atlas) -> frozenset[str]:
    """The country, and the subdivision if it is one, that a name or an abbreviation stands for; none for others."""
    if place := place_cues().abbreviations.get(name):
        return frozenset((place, place.removeprefix("iso3166:")[:2]))
    for form in (name, name.title()):
        for bearer in atlas.bearers_of(form):
            place_, _, kind, country, *_ = atlas.places[bearer]
            if kind in ("country", "subdivision"):
                return frozenset((place_, country))
    return frozenset()


def lies_in(place: PlaceRow, areas: frozenset[str] | set[str]) -> int:
    """2 where the place lies in a subdivision among the areas, 1 where only its country is among them, else 0."""
    return 2 if place[6] in areas else 1 if place[3] in areas else 0
