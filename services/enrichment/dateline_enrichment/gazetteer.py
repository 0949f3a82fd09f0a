"""Names of places, organisations and nationalities, found in a text in one pass."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct

from dateline_enrichment.authority import Organisation, organisations
from dateline_enrichment.language import spoken
from dateline_enrichment.namesearch import Hit, NameSearch
from dateline_enrichment.tables import compiled_table, toml_table
from dateline_enrichment.wholewords import endings_of, name_endings, whole
from dateline_schemas.facts import Place

STRONG, PLAIN, WEAK = 2, 1, 0
"""How sure a name alone is: STRONG is a place wherever it stands, WEAK only if the text shows that it is one."""

PlaceKind = Literal["country", "region", "subdivision", "city"]


class PlaceRow(NamedTuple):
    """A place of the gazetteer."""

    id: str
    name: str
    """In English."""
    kind: PlaceKind
    country: str
    """ISO 3166-1 alpha-2."""
    same_as: tuple[str, ...]
    population: int
    subdivision: str
    """Id of the subdivision that it lies in; empty for none."""

    def fact(self, method: str, confidence: float, mentions: int = 1) -> Place:
        """The place as a fact; ``method`` says how it was found."""
        return Place(
            id=self.id,
            name=self.name,
            kind=self.kind,
            country=self.country,
            same_as=self.same_as,
            mentions=mentions,
            method=method,
            confidence=confidence,
        )


class Compiled(Struct, frozen=True):
    """The file that ``compile/compile_gazetteer.py`` makes."""

    places: list[PlaceRow]
    names: list[str]
    bearers: list[tuple[int, ...]]
    strength: bytes
    languages: list[str]


def _own_names(name: str) -> tuple[str, ...]:
    """A name, what it is short for, and its halves in two languages: León de los Aldama, Donostia / San Sebastián."""
    return name, name.partition(" de ")[0], *map(str.strip, name.split("/"))


class Found(Struct, frozen=True, gc=False):
    """The names in a text, of each kind from left to right."""

    places: list[Hit]
    organisations: list[Hit]
    nations: list[Hit]
    """Nationalities."""


class Atlas:
    """All names and what they stand for: places first, then organisations, then nationalities."""

    def __init__(
        self, compiled: Compiled, known: tuple[Organisation, ...], nations: list[tuple[str, str, str]]
    ) -> None:
        """``nations`` holds (adjective, language, ISO 3166-1 alpha-2)."""
        self.places = compiled.places
        self.bearers = compiled.bearers
        self.strength = compiled.strength
        self.first_organisation = len(compiled.names)
        self.organisations: list[Organisation] = []
        self.by_name = {name: i for i, name in enumerate(compiled.names)}
        kept = {name for organisation in known for name in (organisation.name, *organisation.names)}
        names = [name if name not in kept else f"\0{at}" for at, name in enumerate(compiled.names)]
        scopes = [_scope(tags) for tags in compiled.languages]
        for organisation in known:
            for name in dict.fromkeys((organisation.name, *organisation.names, *organisation.only)):
                scope = frozenset(map(spoken, organisation.only[name])) if name in organisation.only else None
                for form in _with_articles(name, self.by_name):
                    self.organisations.append(organisation)
                    names.append(form)
                    scopes.append(scope)
        self.first_nation = len(names)
        self.at = {place.id: i for i, place in enumerate(self.places)}
        """Positions of places by id."""
        self.nations = [self.at[f"iso3166:{code}"] for _, _, code in nations]
        self.names = names[: self.first_organisation]
        """Names of places. One that is an organisation's name as well is never found as a place."""
        names.extend(name for name, _, _ in nations)
        scopes.extend(frozenset((language,)) for _, language, _ in nations)
        self.scopes: list[frozenset[str] | None] = scopes
        self._search = NameSearch(names, scopes)

    def find(self, text: str, tag: str) -> Found:
        """The names in a text of a language, as whole words, the longest where they overlap."""
        language = spoken(tag)
        scopes, endings, of_bodies = self.scopes, endings_of(language), name_endings(language)
        first_organisation, first_nation = self.first_organisation, self.first_nation
        edged = f"{text}\n"
        """The text with a line break added, so that there is a character on either side of every name: index -1 is the
        last one.
        """
        found = Found([], [], [])
        places, known, nations = found.places, found.organisations, found.nations
        for hit in self._search.find(text, language):
            name, start, end = hit
            scope, after = scopes[name], edged[end]
            if scope is not None and language not in scope:
                continue
            doubtful = edged[start - 1].isalnum() or after.isalnum() or after >= "\u0300"
            if doubtful and not whole(text, start, end, endings if name < first_organisation else of_bodies):
                continue
            if name < first_organisation:
                places.append(hit)
            elif name < first_nation:
                known.append(hit)
            else:
                nations.append(hit)
        return found

    def bearers_of(self, name: str) -> tuple[int, ...]:
        """Positions of the places with a name, as lists write it; empty for an unknown name."""
        at = self.by_name.get(name)
        return () if at is None else self.bearers[at]

    def bearers_in_capitals(self, name: str) -> tuple[int, ...]:
        """The places of a name that is written in capitals, with or without its accents: ``CORDOBA``."""
        return tuple(dict.fromkeys(bearer for at in self._folded.get(folded(name), ()) for bearer in self.bearers[at]))

    def borrowed(self, bearers: tuple[int, ...], name: str) -> frozenset[int]:
        """Which of the cities have the name in another language or time, where one in another country is called so.

        Trnava is in Slovakia, though Tirana was once written so, and Salisbury in England, though Harare was.
        """
        rows, plain = {at: row for at in bearers if (row := self.places[at]).kind == "city"}, folded(name)
        called = [row for row in rows.values() if plain in _own_names(folded(row.name))]
        country = max(called, key=lambda row: row.population).country if called else ""
        return frozenset(at for at, row in rows.items() if called and row not in called and row.country != country)

    def unlisted(self, name: str) -> tuple[int, ...]:
        """The cities called so that no text is searched for, as the name is a word or a person's: Derby, Ulm."""
        return tuple(self._unlisted.get(folded(name), ()))

    @cached_property
    def _unlisted(self) -> dict[str, list[int]]:
        known: dict[str, list[int]] = {}
        for at, place in enumerate(self.places):
            if place.kind == "city" and at not in self.bearers_of(place.name):
                known.setdefault(folded(place.name), []).append(at)
        return known

    @cached_property
    def _folded(self) -> dict[str, list[int]]:
        """Positions of names, by the name without case and accents."""
        known: dict[str, list[int]] = {}
        for name, at in self.by_name.items():
            known.setdefault(folded(name), []).append(at)
        return known


_ACCENTS = re.compile("[\u0300-\u036f]")


def folded(name: str) -> str:
    """A name without case and accents."""
    if name.isascii():
        return name.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFD", name.casefold()))


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """Load the gazetteer, once. Raises TableError."""
    nations = [
        (name, language, code)
        for language, table in toml_table("demonyms.toml").items()
        for code, names in table.items()
        for name in names
    ]
    return Atlas(compiled_table("gazetteer.msgpack.gz", Compiled), organisations(), nations)


_ARTICLES = ("La", "El", "Los", "Las", "Le", "Les", "Die", "The", "San")


def _with_articles(name: str, places: dict[str, int]) -> list[str]:
    """The name, and the name with each article that makes its first word a place: ``La Unión`` Europea."""
    first = name.partition(" ")[0]
    return [name, *(f"{article} {name}" for article in _ARTICLES if f"{article} {first}" in places and first != name)]


def _scope(tags: str) -> frozenset[str] | None:
    return frozenset(map(spoken, tags.split(","))) if tags else None
