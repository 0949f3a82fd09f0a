"""Where something is, in the parts in which agencies state it: town, region, country."""

from __future__ import annotations

from collections.abc import Iterator

from dateline_schemas.story import Subject

_ISO = {2: "iso3166-1a2", 3: "iso3166-1a3"}


def country_scheme(code: str) -> str:
    """The list of ISO 3166-1 that a country's code is of, by its length; ``country`` for any other."""
    return _ISO.get(len(code), "country")


def stated_places(
    city: str = "", area: str = "", country: str = "", *, area_code: str = "", country_code: str = ""
) -> Iterator[Subject]:
    """Each part that is stated as a place of its own, the smallest first."""
    if city:
        yield Subject(code="", scheme="city", name=city)
    if area or area_code:
        yield Subject(code=area_code, scheme="countryarea", name=area or area_code)
    if country or country_code:
        yield Subject(code=country_code, scheme=country_scheme(country_code), name=country)
