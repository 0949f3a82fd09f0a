"""The organisations that editors keep by name: bodies of the UN, alliances of states, companies, clubs, agencies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.tables import typed_table
from dateline_kernel.remembering import remembered_word


class Organisation(Struct, frozen=True, kw_only=True):
    """A row of ``organisations.toml``."""

    name: str
    """The name that facts show."""
    names: tuple[str, ...] = ()
    """Its other names and abbreviations, in any language, in the case they are written in."""
    wikidata: str = ""
    """Id in Wikidata, if a packaged source has it; else empty."""
    only: dict[str, tuple[str, ...]] = {}
    """Name -> the languages in which it means this organisation; in others it does not."""
    shared: frozenset[str] = frozenset()
    """Those of its names with which names of other bodies end, too: ``Democratic Party``."""
    member: bool = False
    """Its name is also the title of a member: ``Bundesrat``."""
    agency: str = ""
    """Id of the news agency that it is, as in ``Credit.agencies``."""


class ClubMarks(Struct, frozen=True):
    """Words beside which a capitalised name is a club's, as ``clubs.toml`` explains them."""

    before: frozenset[str]
    after: frozenset[str]


class Told(Struct, frozen=True):
    """What tells a club in a text about sport, as ``clubs.toml`` explains it."""

    quoting: frozenset[str]
    others: tuple[str, ...]
    articles: dict[str, frozenset[str]]
    with_article: frozenset[str]


class Clubs(Struct, frozen=True):
    """``clubs.toml``, which explains its parts."""

    clubs: tuple[str, ...]
    nations: frozenset[str]
    also: dict[str, str]
    marks: ClubMarks
    told: Told


@lru_cache(maxsize=1)
def clubs() -> Clubs:
    """The table of clubs. Raises TableError."""
    return typed_table("clubs.toml", Clubs)


class Bodies(Struct, frozen=True):
    """``bodies.toml``, which explains its parts."""

    companies: dict[str, tuple[str, ...]]
    by_language: dict[str, tuple[str, ...]]


def _bodies() -> Iterator[Organisation]:
    """The rows of ``bodies.toml``. Rows of several languages with the same name are one organisation."""
    table = typed_table("bodies.toml", Bodies)
    yield from (Organisation(name=name) for names in table.companies.values() for name in names)
    spoken: dict[str, list[str]] = {}
    for language, names in table.by_language.items():
        for name in names:
            spoken.setdefault(name, []).append(language)
    yield from (Organisation(name=name, only={name: tuple(languages)}) for name, languages in spoken.items())


@lru_cache(maxsize=1)
def organisations() -> tuple[Organisation, ...]:
    """All organisations of the three tables. If two have the same name, it means the first. Raises TableError."""
    table = clubs()
    others: dict[str, list[str]] = {name: [] for name in table.clubs}
    for name, club in table.also.items():
        others.setdefault(club, []).append(name)
    known = typed_table("organisations.toml", tuple[Organisation, ...], "organisation")
    known += tuple(Organisation(name=club, names=tuple(names)) for club, names in others.items())
    kept = {name for one in known for name in (one.name, *one.names, *one.only)}
    return known + tuple(one for one in _bodies() if one.name not in kept)


def minted_id(kind: str, name: str) -> str:
    """A stable id made of a name: ``dateline:person:<20 hex digits>``. Case and spacing do not change it."""
    return f"dateline:{kind}:{_digits(name)}"


@remembered_word
def _digits(name: str) -> str:
    folded = " ".join(name.casefold().split())
    return hashlib.blake2b(folded.encode(), digest_size=10).hexdigest()


def organisation_id(organisation: Organisation) -> str:
    """``wikidata:Q...`` where it is known, else an id made of the name."""
    return f"wikidata:{organisation.wikidata}" if organisation.wikidata else minted_id("org", organisation.name)
