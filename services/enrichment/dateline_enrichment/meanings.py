"""What a place name can mean, whatever the text: worked out when the name is first met, then cached."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from dateline_enrichment.gazetteer import STRONG, Atlas, atlas
from dateline_enrichment.locating import place_cues
from dateline_kernel.remembering import KEPT

WORLD_CITY = 1_500_000
"""A city of so many people is meant even if the text names the country of a small namesake."""
_BY_SIZE = 400_000
"""People of a city from which on the gazetteer makes its names STRONG."""
_TOWN = 15_000
"""People of a town that is not small."""
NAMED, MOST, NAMED_AT_ALL, AT_HOME, NEAR = 0.5, 6, 2.0, 0.3, 1.5
"""What a text adds to the fit of a bearer: for each mention of its country, for at most so many of them, for any
mention at all; for a language whose texts are likely to be about the country; for a mention of its subdivision."""
_MARGIN = 1e-6
"""More than the rounding error of such sums."""
_NO_LATIN = "\u0370"
"""First character beyond Latin: in other scripts a place name is hardly ever a word of another language."""
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
    """Taken from its fit, for its place in the order of likelihood."""
    size: float
    """Added to its fit, for its kind and its population."""
    city: bool
    area: bool
    """It is a country or a region."""


class Meaning(Struct, frozen=True, gc=False, kw_only=True):
    """A name, with the places that bear it."""

    name: str
    phrase: bool
    """The name has several words."""
    strength: int
    bearers: tuple[Bearer, ...] = ()
    """The likeliest first. None for a name such as ``Berlin Wall``, which is there so that ``Berlin`` is not found in
    it; then the members below have their defaults."""
    place: int = -1
    """Position of the likeliest bearer in the atlas."""
    cities: dict[int | None, Bearer] = {}
    """The bearers that are cities, by position in the atlas."""
    likeliest: Bearer | None = None
    """The first bearer if it is so much likelier that only a dateline, or an area named after it, can make the name
    mean another one; else None."""
    area: bool = False
    """Its only bearer is a country or a region."""
    of_area: bool = False
    """A country or a region is among its bearers."""
    certain: bool = False
    """Its only bearer is a city or a subdivision, and it is strong: it means that place unless it is part of a longer
    name."""
    own: bool = False
    """It is the English name of the likeliest bearer or in another script, and that one is much likelier than others or
    all lie in one country; or the table says who is usually meant."""
    definite: bool = False
    """It has the Arabic article, as a word may have: الخبر is Khobar, and the news."""
    shared: bool = False
    """Two countries, or a country and a state, bear it: Congo, Guinea, Georgia."""
    small: bool = False
    """Its likeliest bearer is a town of few people, which is less often meant than a person that is called so."""
    country: str = ""
    """ISO 3166-1 alpha-2 of the likeliest bearer's country, to which the name points."""
    weight: int = 0
    """How much it points there; 0 if the name may be another country's."""
    subdivisions: tuple[str, ...] = ()
    """Ids of the subdivisions that bear it."""
    lent: bool = False
    """Its strength is that of a large city, once called so, and not the likeliest bearer's: Berea was Aleppo."""


class Meanings(dict[int, Meaning]):
    """A cache: position of a name in an atlas -> its meaning. When KEPT names are in it, it starts again from empty."""

    def __init__(self, of: Atlas) -> None:
        """Nothing is worked out yet."""
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
    usual = place_cues().usual.get(written)
    borrowed = frozenset[int]() if usual else of.borrowed(bearers, written)
    # The one that the table says is usually meant comes first, and those that only borrow the name come last.
    bearers = tuple(sorted(bearers, key=lambda at: (of.places[at].id != usual, at in borrowed)))
    rows = [of.places[bearer] for bearer in bearers]
    shared = len({bearer for bearer, row in zip(bearers, rows, strict=True) if row.kind in _LARGE}) > 1
    alone = len(bearers) == 1
    weight = 2 if alone and strength == STRONG else 0
    if rows[0].kind == "country":
        weight = 0 if shared else 3
    called = written if any(row.name == written for row in rows) else ""
    weighed = tuple(
        _bearer(of, at, position, called, usual=bool(usual), borrowed=at in borrowed)
        for position, at in enumerate(bearers)
    )
    likeliest, native = _likeliest(weighed), written == rows[0].name or written[0] >= _NO_LATIN
    return Meaning(
        name=written,
        phrase=" " in written,
        bearers=weighed,
        place=bearers[0],
        cities={bearer.place: bearer for bearer in weighed if bearer.city},
        likeliest=likeliest,
        area=alone and rows[0].kind in _AREAS,
        of_area=any(bearer.area for bearer in weighed),
        certain=alone and strength == STRONG and rows[0].kind not in _AREAS,
        own=bool(usual) or (native and (likeliest is not None or len({row.country for row in rows}) == 1)),
        definite=written.startswith(_ARTICLE),
        shared=shared,
        small=rows[0].kind == "city" and rows[0].population < _TOWN,
        country=rows[0].country,
        weight=weight,
        subdivisions=tuple(row.id for row in rows if row.kind == "subdivision"),
        lent=rows[0].population < _BY_SIZE and any(of.places[at].population >= _BY_SIZE for at in borrowed),
        strength=strength,
    )


def _bearer(of: Atlas, place: int, position: int, called: str, *, usual: bool, borrowed: bool) -> Bearer:
    """A bearer with its weights; ``position`` is its place in the order of likelihood, from 0.

    A large city weighs more. If the table names the ``usual`` bearer, only that one does. If some bearer is ``called``
    so in English, none is a city of the world that has the name from another language or time; and one that has
    ``borrowed`` it from another country's weighs nothing by its size.
    """
    row = of.places[place]
    size = 1.0 if row.kind == "country" else 0.0
    if row.kind == "city" and not borrowed:
        world = position == 0 if usual else row.population >= WORLD_CITY and called in ("", row.name)
        size = min(2.5, row.population / 600_000) + (1.0 if usual else 4.0) * world
    return Bearer(place, row.country, row.subdivision, position * 0.9, size, row.kind == "city", row.kind in _AREAS)


def _likeliest(bearers: tuple[Bearer, ...]) -> Bearer | None:
    """The first bearer, if no other one can overtake it by all that a text may add; else None."""
    most = NAMED * MOST + NAMED_AT_ALL + AT_HOME + NEAR + _MARGIN
    first = bearers[0]
    return first if all(first.size > other.size - other.rank + most for other in bearers[1:]) else None


@lru_cache(maxsize=1)
def meanings() -> Meanings:
    """The meanings of the names in the package's atlas. Raises TableError."""
    return Meanings(atlas())
