"""What a name of places can mean, whatever text it stands in: worked out when the name is met, and kept."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from dateline_enrichment.gazetteer import STRONG, Atlas, atlas
from dateline_enrichment.locating import place_cues
from dateline_kernel.remembering import KEPT

WORLD_CITY = 1_500_000
"""A city of so many people is meant even where the text names the country of a small namesake."""
NAMED, MOST, NAMED_AT_ALL, AT_HOME, NEAR = 0.5, 6, 2.0, 0.3, 1.5
"""What a text adds to how well a bearer fits: each time that it names the country, up to so many; that it does at all;
that texts of the language are likely to be about the country; that it names the subdivision."""
_MARGIN = 1e-6
"""More than sums of such numbers are off by."""
_NO_LATIN = "\u0370"
"""Scripts from here on are none that a name of one language shares with another one's word."""
_ARTICLE = "ال"
_LARGE = ("country", "subdivision")
_AREAS = ("country", "region")


class Bearer(NamedTuple):
    """A place that bears a name."""

    place: int
    """Position in the atlas."""
    country: str
    subdivision: str
    """Id of the subdivision that it lies in; empty for none."""
    rank: float
    """What its place in the row of likelihood takes from how well it fits."""
    size: float
    """What its kind and its size add."""
    city: bool
    area: bool
    """It is a country or a region."""


class Meaning(Struct, frozen=True, gc=False, kw_only=True):
    """A name, with who bears it."""

    name: str
    phrase: bool
    """The name has several words."""
    strength: int
    bearers: tuple[Bearer, ...] = ()
    """The likeliest first; none for a name that is there to be no other name, as ``Berlin Wall`` is. Then the rest says
    nothing."""
    place: int = -1
    """The place of the likeliest, by its position in the atlas."""
    cities: dict[int | None, Bearer] = {}
    """The cities that bear it, by place."""
    likeliest: Bearer | None = None
    """The one that no text but its dateline and the area named after it can put behind another; None where one can."""
    area: bool = False
    """Nothing bears it but a country or a region."""
    of_area: bool = False
    """A country or a region is among its bearers."""
    certain: bool = False
    """Nothing bears it but one city or subdivision, and it is strong: that place is meant wherever the name is no
    part of another one."""
    own: bool = False
    """All who bear it lie in one country, and it is the English name of the likeliest, or one in another script; or
    the table says who is meant usually."""
    definite: bool = False
    """It has the Arabic article, as a word would: الخبر is Khobar, and the news."""
    shared: bool = False
    """Two countries, or a country and a state, bear it: Congo, Guinea, Georgia."""
    country: str = ""
    """The country that the name shows to be spoken of."""
    weight: int = 0
    """How much it does so; 0 for a name that may be another country's."""
    subdivisions: tuple[str, ...] = ()
    """Ids of the subdivisions that bear it."""


class Meanings(dict[int, Meaning]):
    """Meanings by the positions of names in an atlas, of up to 4,096 names; all are given up for the next one."""

    def __init__(self, of: Atlas) -> None:
        """None is worked out yet."""
        super().__init__()
        self._atlas = of

    def __missing__(self, name: int) -> Meaning:
        if len(self) >= KEPT:
            self.clear()
        meaning = self[name] = _meaning(self._atlas, name)
        return meaning


def _meaning(of: Atlas, name: int) -> Meaning:
    bearers, strength, written = of.bearers[name], of.strength[name], of.names[name]
    if not bearers:
        return Meaning(name=written, phrase=" " in written, strength=strength)
    bearers = _usual_first(of, bearers, written)
    rows = [of.places[bearer] for bearer in bearers]
    shared = len({bearer for bearer, row in zip(bearers, rows, strict=True) if row.kind in _LARGE}) > 1
    alone = len(bearers) == 1
    weight = 2 if alone and strength == STRONG else 0
    if rows[0].kind == "country":
        weight = 0 if shared else 3
    usual = written in place_cues().usual
    called = written if any(row.name == written for row in rows) else ""
    weighed = tuple(_bearer(of, bearer, position, called, usual=usual) for position, bearer in enumerate(bearers))
    return Meaning(
        name=written,
        phrase=" " in written,
        bearers=weighed,
        place=bearers[0],
        cities={bearer.place: bearer for bearer in weighed if bearer.city},
        likeliest=_likeliest(weighed),
        area=alone and rows[0].kind in _AREAS,
        of_area=any(bearer.area for bearer in weighed),
        certain=alone and strength == STRONG and rows[0].kind not in _AREAS,
        own=usual or (len({row.country for row in rows}) == 1 and (written == rows[0].name or written[0] >= _NO_LATIN)),
        definite=written.startswith(_ARTICLE),
        shared=shared,
        country=rows[0].country,
        weight=weight,
        subdivisions=tuple(row.id for row in rows if row.kind == "subdivision"),
        strength=strength,
    )


def _usual_first(of: Atlas, bearers: tuple[int, ...], name: str) -> tuple[int, ...]:
    """The bearers, the one before all that the table says is meant usually."""
    usual = place_cues().usual.get(name)
    return tuple(sorted(bearers, key=lambda bearer: of.places[bearer].id != usual)) if usual else bearers


def _bearer(of: Atlas, place: int, position: int, called: str, *, usual: bool) -> Bearer:
    """A bearer with its weights. Where one is ``usual``, no other one counts as a city of the world; where a place is
    ``called`` so in English, none does that was so called once or elsewhere.
    """
    row = of.places[place]
    size = 1.0 if row.kind == "country" else 0.0
    if row.kind == "city":
        world = position == 0 if usual else row.population >= WORLD_CITY and called in ("", row.name)
        size = min(2.5, row.population / 600_000) + (1.0 if usual else 4.0) * world
    return Bearer(place, row.country, row.subdivision, position * 0.9, size, row.kind == "city", row.kind in _AREAS)


def _likeliest(bearers: tuple[Bearer, ...]) -> Bearer | None:
    """The first bearer, where all that a text can add leaves every other one behind it."""
    most = NAMED * MOST + NAMED_AT_ALL + AT_HOME + NEAR + _MARGIN
    first = bearers[0]
    return first if all(first.size > other.size - other.rank + most for other in bearers[1:]) else None


@lru_cache(maxsize=1)
def meanings() -> Meanings:
    """Those of the package's atlas. Raises TableError."""
    return Meanings(atlas())
