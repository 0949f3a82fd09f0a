"""Countries and their parts as areas that other places lie in."""

from __future__ import annotations

from dateline_enrichment.gazetteer import PlaceRow, atlas
from dateline_enrichment.locating import place_cues
from dateline_kernel.remembering import remembered_word


@remembered_word
def areas_of(name: str) -> frozenset[str]:
    """The country, and the subdivision if it is one, that a name stands for; none for others.

    An abbreviation may have lost its full stop: ``Ont``.
    """
    return _stated(name) or _stated(f"{name}.")


def _stated(name: str) -> frozenset[str]:
    if place := place_cues().abbreviations.get(name):
        return frozenset((place, place.removeprefix("iso3166:")[:2]))
    book = atlas()
    for form in (name, name.title()):
        for bearer in book.bearers_of(form):
            row = book.places[bearer]
            if row.kind in ("country", "subdivision"):
                return frozenset((row.id, row.country))
    return frozenset()


def lies_in(place: PlaceRow, areas: frozenset[str]) -> int:
    """2 where the place lies in a subdivision among the areas, 1 where only its country is among them, else 0."""
    return 2 if place.subdivision in areas else 1 if place.country in areas else 0
