"""The place of a story's dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import log10

from msgspec import Struct

from dateline_enrichment.areas import areas_of, lies_in
from dateline_enrichment.gazetteer import Atlas, atlas, folded
from dateline_enrichment.language import spoken
from dateline_enrichment.locating import place_cues
from dateline_kernel.remembering import remembered_word
from dateline_schemas.credit import Dateline
from dateline_schemas.facts import Place

_PART = re.compile(r"[,()/]")
_LONGEST = 6
"""Words of a place's name."""
_AREA, _AT_HOME, _OWN_LANGUAGE, _NAMED = 10.0, 2.2, 0.5, 0.4
"""Weights for a bearer: an area that the dateline names, the agency at home there, the language spoken there, the
country named in the text. Ten times as many people count 2 more: MERIDA (EFE) is in Spain, though Yucatán's has twenty
times as many, but BOSTON (PA) in Massachusetts. The tests' datelines hold from 2.05 to 2.31.
"""
_STATED = 1.2
"""Weight of home for smaller towns of countries whose agencies write the states of these, in the table's abbreviations:
BRISTOL (AP) is in England.
"""
_USUAL, _FAMOUS, _BARE = 2.2, 1.0, 1.3
"""Weights of the table's word that the name usually means the bearer; the second where a large one is in the agency's
country, the third if its agencies write states: CAMBRIDGE (AP) is in Massachusetts, but VANCOUVER (AP) in Canada.
"""
_LARGE = 100_000
"""People of a town from which on an agency may leave out its state."""
_COUNTRY, _SUBDIVISION = 4.0, 1.0
"""Weights of a country and of a subdivision against cities of the name: Singapore and Mexico, but the city of Kyiv."""
_CLEAR = 1.0
"""Least lead over other places for a place to be certain."""
SURE, LIKELY, UNSURE = 0.95, 0.9, 0.7
"""Confidence: one bearer or an area named with it; one well ahead of others; one among several."""


class Dated(Struct, frozen=True, gc=False):
    """The place of a dateline."""

    place: int
    """Position in the atlas."""
    confidence: float


def dated(dateline: Dateline | None, language: str, named: Mapping[str, int], book: Atlas) -> Dated | None:
    """The place of a dateline; its area if the place itself is unknown; else None.

    ``named``: country -> weight, of the countries that the text names.
    """
    if dateline is None:
        return None
    if not dateline.region:
        bearers = _first_bearers(dateline.place, dateline.country)
        return _meant(bearers, dateline, frozenset(), language, named, book) if bearers else None
    areas = _areas(dateline.region)
    for bearers in _bearers(dateline.place, areas | _own(dateline.country)):
        if not areas or any(lies_in(book.places[bearer], areas) for bearer in bearers):
            return _meant(bearers, dateline, areas, language, named, book)
    known = sorted(book.at[area] for area in areas if area in book.at)
    smallest = min(known, key=lambda place: book.places[place].kind != "subdivision", default=None)
    return None if smallest is None else Dated(smallest, LIKELY if len(known) == 1 else UNSURE)


_OPENING = re.compile(r"[^\W\d_]{4,}(?:[ -][^\W\d_]{3,}){0,2}(?=[ ,.'’])")


def opening(text: str) -> str:
    """The words in capitals with which a text begins: ``BURSA'nın merkezinde``, a dateline without its dash.

    Empty where it does not, or goes on in capitals, as a headline does.
    """
    found = _OPENING.match(text)
    if found is None:
        return ""
    words = found[0].split(" ")
    capitals = [word for word in words if word.isupper()]
    if not capitals or capitals != words[: len(capitals)]:
        return ""
    name = " ".join(capitals)
    rest = text[len(name) : len(name) + 40].lstrip(" ,.'’")
    return name if any(letter.islower() for letter in rest.split(" ")[0]) else ""


def area(dateline: Dateline, place: int, book: Atlas) -> int | None:
    """The state or else the country that a dateline gives beside its place: ``AUSTIN, Texas``; None for none."""
    if not dateline.region:
        return None
    row, known = book.places[place], _areas(dateline.region)
    if row.subdivision in known:
        return book.at[row.subdivision]
    country = f"iso3166:{row.country}"
    return book.at[country] if country in known and country != row.id else None


@remembered_word
def _areas(region: str) -> frozenset[str]:
    """Every country and subdivision that a region names, parted by commas, brackets and slashes."""
    return frozenset(area for part in _PART.split(region) for area in _areas_named(part.strip()))


def _areas_named(name: str) -> frozenset[str]:
    known = areas_of(name) if name else frozenset()
    if not known:
        return known
    places = atlas().places
    named = (places[bearer] for bearer in _bearers_of(name))
    return known.union(*((place.id, place.country) for place in named if place.kind in ("country", "subdivision")))


@lru_cache(maxsize=1024)
def _first_bearers(place: str, country: str) -> tuple[int, ...]:
    """The places with the likeliest reading of the name, by an agency of a country; none if no part of it is a name."""
    return next(_bearers(place, _own(country)), ())


def _bearers(place: str, areas: frozenset[str]) -> Iterator[tuple[int, ...]]:
    """The places of each possible reading of the name, if it has any."""
    return (bearers for name in _names(place) if (bearers := _bearers_in(name, areas)))


def _bearers_in(name: str, areas: frozenset[str]) -> tuple[int, ...]:
    """The places with a name, and those whose name has accents that its capitals have lost: ``MERIDA (EFE)``.

    If no city is known by it, those in these areas, too, whose name is a word elsewhere: ``DERBY (PA)``.
    """
    book, bearers = atlas(), _bearers_of(name)
    if not any(book.places[bearer].kind == "city" for bearer in bearers):
        return bearers + tuple(place for place in book.unlisted(name) if lies_in(book.places[place], areas))
    spelt = book.bearers_in_capitals(name) if name.isascii() and name.isupper() else ()
    return tuple(dict.fromkeys((*bearers, *(at for at in spelt if book.places[at].kind == "city"))))


def _names(place: str) -> Iterator[str]:
    """The possible readings of the name: all of it, then what stands before a slash (``PARIS/LONDON``), word by word
    shorter.
    """
    yield place
    words = place.partition("/")[0].split()[:_LONGEST]
    for count in range(len(words), 0, -1):
        yield " ".join(words[:count])


def _bearers_of(name: str) -> tuple[int, ...]:
    book = atlas()
    return book.bearers_of(name) or book.bearers_of(name.title()) or book.bearers_in_capitals(name)


def _meant(
    bearers: tuple[int, ...],
    dateline: Dateline,
    areas: frozenset[str],
    language: str,
    named: Mapping[str, int],
    book: Atlas,
) -> Dated:
    if len(bearers) == 1:
        return Dated(bearers[0], SURE)
    home, usual = place_cues().home.get(spoken(language), frozenset()), _usual().get(folded(dateline.place))
    here = _own(dateline.country)
    borrowed = _borrowed(bearers, dateline.place)
    own = [row for at in bearers if at not in borrowed and (row := book.places[at]).country in here]
    small = _STATED if dateline.country in _stating() else _AT_HOME
    famous = _BARE if dateline.country in _stating() else _FAMOUS
    fame = famous if any(place.population >= _LARGE for place in own) else _USUAL

    def score(bearer: int) -> float:
        place = book.places[bearer]
        country = place.country
        near = (
            _AREA * lies_in(place, areas) + _NAMED * min(named.get(country, 0), 6) + _OWN_LANGUAGE * (country in home)
        )
        if bearer in borrowed and place.id != usual:
            return near
        at_home = _AT_HOME if place.population >= _LARGE else small
        return near + _size(bearer) + at_home * (country in here) + fame * (place.id == usual)

    scores = {bearer: score(bearer) for bearer in bearers}
    best = max(bearers, key=scores.__getitem__)
    if lies_in(book.places[best], areas):
        return Dated(best, SURE)
    country = book.places[best].country
    rest = [scores[bearer] for bearer in bearers if book.places[bearer].country != country]
    clear = not rest or scores[best] - max(rest) >= _CLEAR
    return Dated(best, LIKELY if clear else UNSURE)


@lru_cache(maxsize=1024)
def _borrowed(bearers: tuple[int, ...], place: str) -> frozenset[int]:
    """Those that have the name in another language or time only; kept, as wires are dated at the same places."""
    return atlas().borrowed(bearers, place)


@lru_cache(maxsize=256)
def _own(country: str) -> frozenset[str]:
    """The country of an agency, and the territories that ISO 3166 lists as countries: Puerto Rico with the US."""
    return frozenset((country, *place_cues().territories.get(country, ())))


@lru_cache(maxsize=1)
def _stating() -> frozenset[str]:
    """Countries whose agencies write the states of their small towns, abbreviated."""
    return frozenset(place.removeprefix("iso3166:")[:2] for place in place_cues().abbreviations.values())


@lru_cache(maxsize=1)
def _usual() -> dict[str, str]:
    """Ids of the places that the table says are usually meant, by names that may have lost their accents."""
    return {folded(name): place for name, place in place_cues().usual.items()}


@lru_cache(maxsize=1024)
def _size(bearer: int) -> float:
    """Weight of a place by its kind and population."""
    place = atlas().places[bearer]
    if place.kind == "city":
        return 2.0 * log10(max(place.population, 10_000) / 10_000)
    return _COUNTRY if place.kind == "country" else _SUBDIVISION


@lru_cache(maxsize=1024)
def fact(found: Dated) -> Place:
    """The place of the dateline as a fact."""
    return atlas().places[found.place].fact("dateline", found.confidence)
