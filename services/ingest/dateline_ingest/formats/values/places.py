"""Places in the parts that agencies state: town, region, country."""

from __future__ import annotations

from collections.abc import Iterator

from dateline_schemas.story import Subject

_ISO = {2: "iso3166-1a2", 3: "iso3166-1a3"}


def country(code: str, name: str = "") -> Subject:
    """A country by its ISO 3166-1 code of two or three letters; a longer ``code`` is its name."""
    scheme = _ISO.get(len(code), "country")
    coded = bool(name) or scheme != "country"
    return Subject(code=code if coded else "", scheme=scheme, name=name if coded else code)


def stated_places(
    city: str = "", area: str = "", land: str = "", *, area_code: str = "", country_code: str = ""
) -> Iterator[Subject]:
    """Each stated part as a place of its own, the smallest first."""
    if city:
        yield Subject(code="", scheme="city", name=city)
    if area or area_code:
        yield Subject(code=area_code, scheme="countryarea", name=area or area_code)
    if land or country_code:
        yield country(country_code, land)
