"""Where a story is dated from: the place that the words of its dateline mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import log10
from typing import NamedTuple

from dateline_enrichment.gazetteer import Atlas
from dateline_enrichment.language import primary
from dateline_enrichment.locating import place_cues
from dateline_enrichment.senses import areas_of, lies_in
from dateline_schemas.story import Dateline, Place

_PART = re.compile(r"[,()/]")
_LONGEST = 6
"""Words of a place's name."""
_AREA, _AT_HOME, _OWN_LANGUAGE, _NAMED = 10.0, 2.2, 0.5, 0.4
"""What counts how much for a bearer: an area that the dateline names, that its agency is at home there, that the
language is spoken there, that the text names the country. A city of ten times as many people counts 2 more."""
_COUNTRY, _SUBDIVISION = 4.0, 1.0
"""What a country and a subdivision of a name are worth against cities: Singapore and Mexico, but the city of Kyiv."""
_CLEAR = 1.0
"""By how much a bearer must lead for the others not to be in question."""
SURE, LIKELY, UNSURE = 0.95, 0.9, 0.7
"""Confidence: one bearer or an area named with it; one well ahead of others; one among several."""


class Dated(NamedTuple):
    """The place of a dateline."""

    place: int
    """Position in the atlas."""
    confidence: float


def dated(dateline: Dateline | None, language: str, named: Mapping[str, int], atlas: Atlas) -> Dated | None:
    """The place that a dateline means; the area that it gives where the place itself is not known.

    ``named`` are the countries that the text names, with weights.
    """
    if dateline is None:
        return None
    areas = frozenset(area for part in _PART.split(dateline.region) for area in _areas(part.strip(), atlas))
    for name in _names(dateline.place):
        bearers = _bearers(name, atlas)
        if bearers and (not areas or any(lies_in(atlas.places[bearer], areas) for bearer in bearers)):
            return _meant(bearers, dateline, areas, place_cues().home.get(primary(language), frozenset()), named, atlas)
    known = sorted(atlas.at[area] for area in areas if area in atlas.at)
    smallest = min(known, key=lambda place: atlas.places[place][2] != "subdivision", default=None)
    return None if smallest is None else Dated(smallest, LIKELY if len(known) == 1 else UNSURE)


def _areas(name: str, atlas: Atlas) -> frozenset[str]:
    """Every country and subdivision of a name, or of an abbreviation that may have lost its full stop: ``Ont``."""
    known = (areas_of(name, atlas) or areas_of(f"{name}.", atlas)) if name else frozenset()
    if not known:
        return known
    named = (atlas.places[bearer] for bearer in _bearers(name, atlas))
    return known.union(*((place[0], place[3]) for place in named if place[2] in ("country", "subdivision")))


def _names(place: str) -> Iterator[str]:
    """What may be the name: all of it, what stands before a slash (``PARIS/LONDON``), then ever fewer words."""
    yield place
    words = place.partition("/")[0].split()[:_LONGEST]
    for count in range(len(words), 0, -1):
        yield " ".join(words[:count])


def _bearers(name: str, atlas: Atlas) -> tuple[int, ...]:
    return atlas.bearers_of(name) or atlas.bearers_of(name.title()) or atlas.bearers_in_capitals(name)


def _meant(
    bearers: tuple[int, ...],
    dateline: Dateline,
    areas: frozenset[str],
    home: frozenset[str],
    named: Mapping[str, int],
    atlas: Atlas,
) -> Dated:
    if len(bearers) == 1:
        return Dated(bearers[0], SURE)

    def score(bearer: int) -> float:
        place = atlas.places[bearer]
        country, kind = place[3], place[2]
        if kind == "city":
            size = 2.0 * log10(max(place[5], 10_000) / 10_000)
        else:
            size = _COUNTRY if kind == "country" else _SUBDIVISION
        near = _AT_HOME * (country == dateline.country) + _OWN_LANGUAGE * (country in home)
        return size + near + _AREA * lies_in(place, areas) + _NAMED * min(named.get(country, 0), 6)

    ranked = sorted(bearers, key=score, reverse=True)
    best = ranked[0]
    if lies_in(atlas.places[best], areas):
        return Dated(best, SURE)
    rest = [bearer for bearer in ranked[1:] if atlas.places[bearer][3] != atlas.places[best][3]]
    clear = not rest or score(best) - score(rest[0]) >= _CLEAR
    return Dated(best, LIKELY if clear else UNSURE)


def fact(found: Dated, atlas: Atlas) -> Place:
    """The place of the dateline as a fact."""
    identity, name, kind, country, same_as, _, _ = atlas.places[found.place]
    return Place(
        id=identity,
        name=name,
        kind=kind,
        country=country,
        same_as=same_as,
        method="dateline",
        confidence=found.confidence,
    )
