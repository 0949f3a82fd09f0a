"""Which places a text names: every name with its bearers, the bearer by what else the text names."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from dateline_enrichment.copytext import Copy
from dateline_enrichment.dated import Dated, dated
from dateline_enrichment.gazetteer import Atlas, Found
from dateline_enrichment.locating import adjective_of_country, in_place
from dateline_enrichment.senses import dated_at, setting, settled
from dateline_schemas.story import Place

LIMIT = 30
DEMONYM = 0.5
"""How sure an adjective of a country is."""


class Mention(Struct, frozen=True, gc=False):
    """A place at a position of the text; -1 for the dateline."""

    start: int
    place: int
    """Position in the atlas."""
    confidence: float
    method: str


class Named(NamedTuple):
    """The places of a text."""

    mentions: list[Mention]
    dated: Dated | None


def find(
    copy: Copy, language: str, found: list[Found], taken: bytearray, persons: frozenset[str], atlas: Atlas
) -> Named:
    """Mentions of places, that of the dateline first.

    ``taken`` has a 1 at the positions that people and organisations hold; ``persons`` are words of people's names,
    which are places only after a word of place.
    """
    text = copy.text
    free = [one for one in found if not taken[one.start]]
    names = [
        one
        for one in free
        if one.name < atlas.first_organisation
        and atlas.bearers[one.name]
        and (not persons or text[one.start : one.end] not in persons or in_place(text, one.start))
    ]
    nations = [one for one in free if one.name >= atlas.first_nation and adjective_of_country(text, one.start, one.end)]
    where = setting(text, language, names, nations, atlas)
    if origin := dated(copy.dateline, language, where.countries, atlas):
        where = dated_at(where, origin.place)
    mentions = [
        Mention(one.found.start, one.place, _confidence(one.score), "gazetteer") for one in settled(names, where)
    ]
    mentions += [
        Mention(one.start, atlas.nations[one.name - atlas.first_nation], DEMONYM, "demonym") for one in nations
    ]
    if origin:
        mentions.insert(0, Mention(-1, origin.place, origin.confidence, "dateline"))
    return Named(mentions, origin)


def facts(mentions: list[Mention], atlas: Atlas) -> tuple[Place, ...]:
    """The places as facts, the most named first, then in the order of the text."""
    grouped: dict[int, list[Mention]] = {}
    for one in mentions:
        grouped.setdefault(one.place, []).append(one)
    order = sorted(grouped, key=lambda place: (-len(grouped[place]), grouped[place][0].start, place))
    return tuple(_fact(place, grouped[place], atlas) for place in order[:LIMIT])


def _fact(place: int, group: list[Mention], atlas: Atlas) -> Place:
    identity, name, kind, country, same_as, _, _ = atlas.places[place]
    best = max(group, key=lambda mention: mention.confidence)
    return Place(
        id=identity,
        name=name,
        kind=kind,
        country=country,
        same_as=same_as,
        mentions=len(group),
        method=best.method,
        confidence=_repeated(best.confidence, len(group)),
    )


@lru_cache(maxsize=256)
def _confidence(score: float) -> float:
    """A score as it is told. Scores are sums of a few weights, so there are not many; rounding is slow."""
    return round(min(score, 0.97), 2)


@lru_cache(maxsize=256)
def _repeated(confidence: float, times: int) -> float:
    return round(min(0.99, confidence + 0.02 * (times - 1)), 2)
