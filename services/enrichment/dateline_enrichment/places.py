"""Which places a text names: every name with its bearers, the bearer by what else the text names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dateline_enrichment.copytext import Copy
from dateline_enrichment.gazetteer import Atlas, Found
from dateline_enrichment.locating import adjective_of_country, in_place
from dateline_enrichment.senses import areas_of, lies_in, setting, settled
from dateline_schemas.story import Place

LIMIT = 30
DATELINE, DEMONYM = 0.9, 0.5
"""How sure a dateline and an adjective of a country are."""


class Mention(NamedTuple):
    """A place at a position of the text; -1 for the dateline."""

    start: int
    place: int
    """Position in the atlas."""
    confidence: float
    method: str


def find(
    copy: Copy, language: str, found: list[Found], taken: bytearray, persons: frozenset[str], atlas: Atlas
) -> list[Mention]:
    """Mentions of places.

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
    dated = dateline_place(copy.dateline, atlas)
    where = setting(text, language, names, nations, dated, atlas)
    mentions = [
        Mention(one.start, place, _confidence(score), "gazetteer") for one, place, score in settled(names, where)
    ]
    mentions += [
        Mention(one.start, atlas.nations[one.name - atlas.first_nation], DEMONYM, "demonym") for one in nations
    ]
    return mentions if dated is None else [Mention(-1, dated, DATELINE, "dateline"), *mentions]


_HEAD = re.compile(r"\s*[,(/;]|\s+\d|\s[-–—]")
_PART = re.compile(r"[,()/]")


def dateline_place(dateline: str, atlas: Atlas) -> int | None:
    """The place where a story is dated: ``KANO, Nigeria, March 3 (AFP)`` is Kano's position in the atlas."""
    words = _HEAD.split(dateline.strip(), maxsplit=1)[0].split()[:6]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if bearers := atlas.bearers_of(name) or atlas.bearers_of(name.title()) or atlas.bearers_of(name.capitalize()):
            return bearers[0] if len(bearers) == 1 else _dated(dateline, bearers, atlas)
    return None


def _dated(dateline: str, bearers: tuple[int, ...], atlas: Atlas) -> int:
    """The bearer of the name in an area that the dateline gives as well, else the likeliest."""
    rest = {area for part in _PART.split(dateline)[1:] for area in areas_of(part.strip(), atlas)}
    return max(bearers, key=lambda bearer: (lies_in(atlas.places[bearer], rest), -bearers.index(bearer)))


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
