"""Which of several places with the same name a text means: Paris in France or Paris in Texas.

The first of these that applies: the place of the dateline; the place in the state or country that the text names right
after it (``Paris, Texas``); else the one that fits best by its fame, its size and the countries that the text names.
"""

from __future__ import annotations

import re

from msgspec import Struct

from dateline_enrichment.areas import areas_of, lies_in
from dateline_enrichment.gazetteer import Atlas
from dateline_enrichment.meanings import AT_HOME, MOST, NAMED, NAMED_AT_ALL, NEAR, Bearer, Meaning


class Setting(Struct, frozen=True, gc=False):
    """What the whole text says about where its story takes place."""

    text: str
    atlas: Atlas
    countries: dict[str, int]
    """Country -> weight, of the countries that the text or places in it name without doubt."""
    subdivisions: frozenset[str]
    """Subdivisions that the text names, by id."""
    home: frozenset[str]
    """Countries that texts of the language are likely to be about."""
    dated: int | None
    """Place of the dateline."""
    sited: frozenset[str] = frozenset()
    """Words of the language after which almost only names of places stand."""
    seats: frozenset[int] = frozenset()
    """Where the words of a court or another body end that has its town behind them: ``Landgericht`` Bonn."""


class Mention(Struct, frozen=True, gc=False):
    """A name at a place of the text."""

    start: int
    end: int
    before: int
    """End of the place name before it; 0 if there is none."""


class Choice(Struct, frozen=True, gc=False):
    """The bearer that a name means in a text."""

    bearer: Bearer
    fits: bool
    """The text names its country."""
    explicit: bool
    """The dateline is this place, or the text names the place's area right behind the name."""


def meant(meaning: Meaning, mentions: list[Mention], where: Setting) -> Choice:
    """The place that the name means, throughout the text."""
    if where.dated in meaning.cities:
        return Choice(meaning.cities[where.dated], fits=True, explicit=True)
    text = where.text
    for mention in reversed(mentions):
        followed = text[mention.end : mention.end + 2] in _BEFORE_AREA
        if followed and (bearer := _in_area(meaning.bearers, mention.end, where)):
            return Choice(bearer, fits=True, explicit=True)
    chosen = meaning.likeliest or best_fitting(meaning.bearers, where)
    return Choice(chosen, fits=chosen.country in where.countries, explicit=False)


def best_fitting(bearers: tuple[Bearer, ...], where: Setting) -> Bearer:
    """The place that fits best by its rank, its size, and whether the text names its country."""
    countries, home, subdivisions = where.countries, where.home, where.subdivisions
    fits: list[float] = []
    for _, country, subdivision, rank, size, _, _ in bearers:
        named = countries.get(country)
        score = min(named, MOST) * NAMED + NAMED_AT_ALL - rank if named else -rank
        score += size
        fits.append(score + AT_HOME * (country in home) + NEAR * (subdivision != "" and subdivision in subdivisions))
    return bearers[fits.index(max(fits))]


def _in_area(bearers: tuple[Bearer, ...], end: int, where: Setting) -> Bearer | None:
    """The place in the area named right behind a mention, after a comma or in brackets; None if there is none."""
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
    """The areas named right after a mention: ``London, Ontario``, ``Columbus, Ga.``; mostly none."""
    tail = where.text[end + 2 : end + 32]
    stop = _END_OF_NAME.search(tail)
    name = (tail[: stop.start()] if stop else tail).strip()
    return areas_of(name)
