"""Names of places, organisations and nationalities, found in a text in one pass."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from msgspec import Struct

from dateline_enrichment.authority import Organisation, organisations
from dateline_enrichment.language import primary
from dateline_enrichment.tables import compiled_table, toml_table

STRONG, PLAIN, WEAK = 2, 1, 0
"""How much a name alone says: STRONG is a place wherever it stands, WEAK needs the text to show it."""

PlaceKind = Literal["country", "region", "subdivision", "city"]
PlaceRow = tuple[str, str, PlaceKind, str, tuple[str, ...], int, str]
"""(id, English name, kind, ISO 3166-1 alpha-2, same as, population, id of the subdivision that it lies in)"""


class Compiled(Struct, frozen=True):
    """The file that ``compile/compile_gazetteer.py`` makes."""

    places: list[PlaceRow]
    names: list[str]
    bearers: list[tuple[int, ...]]
    strength: bytes
    languages: list[str]


class Found(Struct, frozen=True, gc=False):
    """A name in a text."""

    start: int
    end: int
    name: int
    """Its position in the Atlas."""


class Atlas:
    """Every name, with who bears it: places first, then organisations, then nationalities."""

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
                scope = frozenset(organisation.only[name]) if name in organisation.only else None
                for form in _with_articles(name, self.by_name):
                    self.organisations.append(organisation)
                    names.append(form)
                    scopes.append(scope)
        self.first_nation = len(names)
        self.at = {place[0]: i for i, place in enumerate(self.places)}
        """Positions of places by id."""
        self.nations = [self.at[f"iso3166:{code}"] for _, _, code in nations]
        names.extend(name for name, _, _ in nations)
        scopes.extend(frozenset((language,)) for _, language, _ in nations)
        self.scopes: list[frozenset[str] | None] = scopes
        self.shared = frozenset(
            at for at, bearers in enumerate(compiled.bearers) if len({b for b in bearers if self._is_large(b)}) > 1
        )
        """Names that two countries, or a country and a state, bear: Congo, Guinea, Georgia."""
        self.areas = frozenset(at for at, bearers in enumerate(compiled.bearers) if self._is_area(bearers))
        """Names that nothing bears but a country or a region."""
        self._automaton = AhoCorasick(
            names,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def _is_large(self, place: int) -> bool:
        return self.places[place][2] in ("country", "subdivision")

    def _is_area(self, bearers: tuple[int, ...]) -> bool:
        return len(bearers) == 1 and self.places[bearers[0]][2] in ("country", "region")

    def find(self, text: str, tag: str) -> list[Found]:
        """The names in a text of a language, as whole words, the longest where they overlap, from left to right."""
        language = primary(tag)
        endings = endings_of(language)
        scopes = self.scopes
        return [
            Found(start, end, name)
            for name, start, end in self._automaton.find_matches_as_indexes(text)
            if ((scope := scopes[name]) is None or language in scope) and whole(text, start, end, endings)
        ]

    def bearers_of(self, name: str) -> tuple[int, ...]:
        """The places of a name, as they are written in a list; none for one that is unknown."""
        at = self.by_name.get(name)
        return () if at is None else self.bearers[at]

    def bearers_in_capitals(self, name: str) -> tuple[int, ...]:
        """The places of a name that is written in capitals, with or without its accents: ``CORDOBA``."""
        return tuple(dict.fromkeys(bearer for at in self._folded.get(_folded(name), ()) for bearer in self.bearers[at]))

    @cached_property
    def _folded(self) -> dict[str, list[int]]:
        """Positions of names by what is the same of them in any case and without accents."""
        known: dict[str, list[int]] = {}
        for name, at in self.by_name.items():
            known.setdefault(_folded(name), []).append(at)
        return known


_ACCENTS = re.compile("[\u0300-\u036f]")


def _folded(name: str) -> str:
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


_CLITICS = re.compile(r"(?<![^\W_])(?:[وف]?[بلك]?(?:ال)?|[והבלמשכ]{1,2})\Z")
"""What Arabic and Hebrew write in one word with a name: and, in, to, like, the."""
_REST = re.compile(r"\w+")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")


def whole(text: str, start: int, end: int, endings: frozenset[str] = frozenset()) -> bool:
    """Whether the name at [start, end) is a word of its own; ``endings`` are letters that may follow it."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if not before.isalnum() and not after.isalnum():
        return after < "\u0300" or unicodedata.category(after) not in ("Mn", "Mc")
    first = text[start]
    if first >= "\u2e80":
        return _whole_eastern(text, end, first, before, after, endings)
    if before.isalnum() and not ("\u0590" <= first <= "\u06ff" and _CLITICS.search(text, max(0, start - 5), start)):
        return False
    if not after.isalnum():
        return True
    rest = _REST.match(text, end)
    return bool(endings) and rest is not None and rest[0] in endings


def _whole_eastern(text: str, end: int, first: str, before: str, after: str, endings: frozenset[str]) -> bool:
    if _KATAKANA.match(first):
        return not _KATAKANA.match(before) and not _KATAKANA.match(after) and "・" not in (before, after)
    if "\uac00" <= first <= "\ud7a3":
        rest = _REST.match(text, end)
        return not before.isalnum() and (rest is None or rest[0] in endings)
    return True


_ARTICLES = ("La", "El", "Los", "Las", "Le", "Les", "Die", "The", "San")


def _with_articles(name: str, places: dict[str, int]) -> list[str]:
    """The name, and the name with an article that would make a place of its first word: ``La Unión`` Europea."""
    first = name.partition(" ")[0]
    return [name, *(f"{article} {name}" for article in _ARTICLES if f"{article} {first}" in places and first != name)]


def _scope(tags: str) -> frozenset[str] | None:
    return frozenset(tags.split(",")) if tags else None


def endings_of(tag: str) -> frozenset[str]:
    """Letters that may follow a name in a language before the word ends."""
    return _endings().get(primary(tag), frozenset())


@lru_cache(maxsize=1)
def _apostrophes() -> dict[str, frozenset[str]]:
    return {language: frozenset(all_of) for language, all_of in toml_table("inflections.toml")["apostrophe"].items()}


def apostrophe_endings(tag: str) -> frozenset[str]:
    """What a language writes after a name and an apostrophe: ``Ankara'dan``."""
    return _apostrophes().get(primary(tag), frozenset())


@lru_cache(maxsize=1)
def _endings() -> dict[str, frozenset[str]]:
    return {language: frozenset(all_of) for language, all_of in toml_table("inflections.toml")["endings"].items()}
