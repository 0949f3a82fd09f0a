"""The book of places and their names that the compiler fills: who bears which name, and how sure a name is."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import msgspec

STRONG, PLAIN, WEAK = 2, 1, 0
"""How much a name alone says: STRONG is a place wherever it stands, WEAK needs the text to show it."""

RANK = {"country": 0, "region": 1, "city": 2, "subdivision": 2}
WORLD = 1_500_000
"""People of a city that the world knows."""
STATE = 700_000
"""A state of a federation stands in the row of its namesakes where a city of so many people does."""

LATIN_CASES = ("fi", "pl", "cs", "sk", "hu", "tr", "hr", "sr")
"""Languages in Latin letters with cases: a form counts in texts of the language alone."""


PlaceRow = tuple[str, str, str, str, list[str], int, str]
"""(id, English name, kind, ISO 3166-1 alpha-2, same as, population, id of the subdivision that it lies in)"""


class Gazetteer(msgspec.Struct, frozen=True):
    """What is written. Must match ``dateline_enrichment.gazetteer.Compiled``."""

    places: list[PlaceRow]
    names: list[str]
    bearers: list[list[int]]
    """For each name the places that bear it, the likeliest first; none for a name that is no place."""
    strength: bytes
    """For each name STRONG, PLAIN or WEAK."""
    languages: list[str]
    """For each name the languages it is limited to, with commas; empty for all."""


_CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")


class Book:
    """Places by id, and names with their bearers."""

    def __init__(self) -> None:
        """Start empty."""
        self.places: dict[str, PlaceRow] = {}
        self.subdivisions: dict[str, str] = {}
        """GeoNames' code of a subdivision (``US.GA``) -> its id."""
        self.bearers: dict[str, set[str]] = defaultdict(set)
        self.strength: dict[str, int] = {}
        self.languages: dict[str, set[str]] = {}
        self.by_language: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def add_place(
        self, place: str, name: str, kind: str, country: str, same_as: list[str], population: int, within: str = ""
    ) -> None:
        """Enter a place; the first entry of an id stands."""
        self.places.setdefault(place, (place, name, kind, country, same_as, population, within))

    def add_name(
        self, name: str, place: str, strength: int, language: str = "", limited: bool = False, curated: bool = False
    ) -> None:
        """Enter a name of a place; ``limited``: it counts only in texts of ``language``."""
        name = name.strip()
        if len(name) < 2 or (len(name) < 4 and name.isascii() and not curated):
            return
        fresh = name not in self.bearers
        self.bearers[name].add(place)
        self.strength[name] = max(strength, self.strength.get(name, WEAK))
        if language:
            self.by_language[language].append((name, place))
        if not limited:
            self.languages.pop(name, None) if not fresh else None
        elif fresh or name in self.languages:
            self.languages.setdefault(name, set()).add(language)

    def add_curated(self, curated: dict[str, Any]) -> None:
        """Enter the aliases that editors keep."""
        for place, by_language in curated["aliases"].items():
            if place not in self.places:
                raise KeyError(place)
            for language, aliases in by_language.items():
                for name in aliases:
                    self.add_name(name, place, STRONG, language, language != "any" and name.isascii(), True)

    def inflect(self, rules: dict[str, Any]) -> None:
        """Enter the inflected forms of the names of countries and big cities.

        A city of the world that has no name of its own in a language has the English one.
        """
        for language, pairs in list(self.by_language.items()):
            table = rules.get(language)
            if not isinstance(table, list):
                continue
            named = {place for _, place in pairs}
            world = [(row[1], place) for place, row in self.places.items() if row[5] >= WORLD and place not in named]
            cities = [pair for pair in world if self.places[pair[1]][2] == "city" and language in LATIN_CASES]
            for name, place in [*pairs, *cities]:
                kind, country, population = self.places[place][2], self.places[place][3], self.places[place][5]
                if (
                    (
                        kind == "city"
                        and population < rules["population"]
                        and country not in rules["home"].get(language, ())
                    )
                    or " " in name
                    or len(name) < 4
                ):
                    continue
                for form in inflected(name, table):
                    if form not in self.bearers or place in self.bearers[form]:
                        sure = min(PLAIN, self.strength[name])
                        self.add_name(form, place, sure, language, limited=language in LATIN_CASES)

    def spell_with_cedillas(self) -> None:
        """Enter Romanian names as old keyboards write them, too: ``Galaţi`` for ``Galați``."""
        for name in list(self.bearers):
            other = name.translate(_CEDILLAS)
            if other != name and other not in self.bearers:
                self.bearers[other], self.strength[other] = set(self.bearers[name]), self.strength[name]
                if name in self.languages:
                    self.languages[other] = set(self.languages[name])

    def finish(self, curated: dict[str, Any]) -> Gazetteer:
        """Put names in order, the likeliest bearer first."""
        for name in curated["not_places"]["names"]:
            self.bearers[name] = set()
        for name, places in curated["preferred"].items():
            self.bearers[name] = set(places)
            self.strength[name] = STRONG
        order = sorted(self.places)
        index = {place: at for at, place in enumerate(order)}
        names = sorted(self.bearers)
        bearers = [
            [index[p] for p in curated["preferred"].get(name) or sorted(self.bearers[name], key=self._rank)][:6]
            for name in names
        ]
        strength = bytes(self.strength.get(name, STRONG) for name in names)
        languages = [",".join(sorted(self.languages.get(name, ()))) for name in names]
        return Gazetteer([self.places[p] for p in order], names, bearers, strength, languages)

    def _rank(self, place: str) -> tuple[int, int, str]:
        _, _, kind, country, _, population, _ = self.places[place]
        if kind == "subdivision" and country in ("US", "CA", "AU", "GB", "DE"):
            population = STATE
        return (RANK[kind], -population, place)


def inflected(name: str, table: list[dict[str, Any]]) -> list[str]:
    """The forms of a name by the first rule that fits."""
    for rule in table:
        ends = rule["ends"]
        if ends == "{any}":
            return [form.replace("{any}", name) for form in rule["forms"]]
        if ends == "{consonant}":
            if re.search(r"[бвгджзклмнпрстфхцчшщђјљњћџbcdfghjklmnprstvwxzčřšžłńśćđ]$", name):
                cyrillic = name[-1] >= "\u0400"
                forms = [form for form in rule["forms"] if (form[-1] >= "\u0400") == cyrillic]
                return [form.replace("{consonant}", name) for form in forms]
        elif name.endswith(ends):
            return [name[: -len(ends)] + form for form in rule["forms"]]
    return []
