"""Which places a text names: each name with the place that it means by what else the text names."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.bearers import Setting
from dateline_enrichment.clubs import without_clubs
from dateline_enrichment.copytext import Copy
from dateline_enrichment.dated import Dated, area, dated, opening
from dateline_enrichment.gazetteer import Atlas, Found, atlas
from dateline_enrichment.language import spoken
from dateline_enrichment.locating import adjective_of_country, in_place, of_competition, place_cues, without_article
from dateline_enrichment.meanings import meanings
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.senses import countries_named, grouped, settled
from dateline_schemas.credit import Dateline
from dateline_schemas.facts import Place

LIMIT = 30
_OPENS = 60
"""Characters of a body within which a place in capitals may open it as a dateline does."""
_DATED = 5
"""The dateline counts as so many mentions of its country."""
DEMONYM = 0.5
"""Confidence of a country that only an adjective names."""


Named = tuple[int, int, float, str]
"""A place of the text: (position of its first mention, -1 for the dateline; number of mentions; confidence of the
surest mention; method by which that was found)."""


class Located(Struct, frozen=True, gc=False):
    """The places of a text."""

    named: dict[int, Named]
    """By position in the atlas."""
    dated: Dated | None


def find(
    copy: Copy,
    language: str,
    found: Found,
    taken: bytearray,
    persons: set[str],
    book: Atlas,
    *,
    seats: frozenset[int] = frozenset(),
    sport: bool = False,
) -> Located:
    """The places that a text and its dateline name.

    ``taken`` has a 1 at the positions of people and organisations. ``persons``: words of people's names, which count as
    places only after a word of place. ``seats``: where words of bodies end that have their town behind them. ``sport``:
    the text is about sport, where a town's name may mean its club.
    """
    text, cues, tongue = copy.text, place_cues(), spoken(language)
    names, within = _told(found.places, text, taken, persons)
    nations = _adjectives(found.nations, text, taken) if found.nations else []
    groups = grouped(names)
    countries = countries_named(groups, nations, book)
    for country in within:
        countries[country] = countries.get(country, 0) + 1
    origin = dated(copy.dateline or _in_capitals(copy), language, countries, book)
    here = origin.place if origin else None
    if origin:
        country = book.places[origin.place].country
        countries[country] = countries.get(country, 0) + _DATED
    if sport:
        playing = [hit for hit in names if not of_competition(text, hit[1])]
        groups = grouped(without_clubs(playing, text, tongue, here, book))
    subdivisions = frozenset([one for group in groups for one in group.meaning.subdivisions])
    home = cues.home.get(tongue, frozenset())
    in_ = cues.sited.get(tongue, frozenset())
    where = Setting(text, book, countries, subdivisions, home, here, in_, seats)
    named: dict[int, Named] = {}
    if origin:
        named[origin.place] = (-1, 1, origin.confidence, "dateline")
        if copy.dateline and (around := area(copy.dateline, origin.place, book)) is not None:
            named[around] = (-1, 1, origin.confidence, "dateline")
    for start, place, times, score in sorted(settled(groups, where)):
        _add(named, place, (start, times, _confidence(score), "gazetteer"))
    for name, start, _ in nations:
        _add(named, book.nations[name - book.first_nation], (start, 1, DEMONYM, "demonym"))
    return Located(named, origin)


def _in_capitals(copy: Copy) -> Dateline | None:
    """The place in capitals with which a text without a dateline begins; None for none."""
    if not copy.body[:4].isupper():
        return None
    name = opening(copy.body[:_OPENS])
    return Dateline(text=name, where="paragraphs[0]", place=name) if name else None


def _told(hits: list[Hit], text: str, taken: bytearray, persons: set[str]) -> tuple[list[Hit], list[str]]:
    """The names that may be places here, and the countries in names of bodies, which tell namesakes apart."""
    known, told, within, articles = meanings(), list[Hit](), list[str](), place_cues().with_article
    for hit in hits:
        name, start, _ = hit
        meaning = known[name]
        if taken[start]:
            if meaning.area:
                within.append(meaning.country)
            continue
        if meaning.name in articles and without_article(text, start, meaning.name):
            continue
        if meaning.bearers and (meaning.name not in persons or (not meaning.small and in_place(text, start))):
            told.append(hit)
    return told, within


def _adjectives(hits: list[Hit], text: str, taken: bytearray) -> list[Hit]:
    """The nationalities that stand for a country here."""
    return [hit for hit in hits if not taken[hit[1]] and adjective_of_country(text, hit[1], hit[2])]


def _add(named: dict[int, Named], place: int, more: Named) -> None:
    """Add mentions of a place; confidence and method are those of the surest way in which it is named."""
    if place in named:
        start, times, _, _ = known = named[place]
        _, _, score, method = known if known[2] >= more[2] else more
        more = (start, times + more[1], score, method)
    named[place] = more


def facts(named: dict[int, Named]) -> tuple[Place, ...]:
    """The places as facts, the most named first, then in the order of the text."""
    order = sorted([(-times, start, place, score, method) for place, (start, times, score, method) in named.items()])
    return tuple([_fact(place, -times, score, method) for times, _, place, score, method in order[:LIMIT]])


@lru_cache(maxsize=1024)
def _fact(place: int, times: int, score: float, method: str) -> Place:
    """A place as a fact; the same ones are named again and again."""
    confidence = round(min(0.99, score + 0.02 * (times - 1)), 2)
    return atlas().places[place].fact(method, confidence, mentions=times)


@lru_cache(maxsize=256)
def _confidence(score: float) -> float:
    """A score as it is told. Scores are sums of a few weights, so there are not many; rounding is slow."""
    return round(min(score, 0.97), 2)
