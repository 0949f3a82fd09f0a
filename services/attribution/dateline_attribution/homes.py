"""Where agencies are at home that share an abbreviation with others: ``homes.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from dateline_attribution.tables import HOMES, TableError

_Words = Annotated[tuple[str, ...], Meta(min_length=1, max_length=200)]


class _Row(Struct, frozen=True, forbid_unknown_fields=True):
    languages: _Words
    names: _Words
    places: _Words
    domain: str = ""


class Home(Struct, frozen=True, eq=False):
    """A country, and what tells of it."""

    country: str
    """ISO 3166-1 alpha-2."""
    languages: frozenset[str]
    domain: str
    named: re.Pattern[str]
    """Its name, its people or one of its towns at the beginning of a word."""


class Homes(Struct, frozen=True, eq=False):
    """The countries of the table."""

    by_country: Mapping[str, Home]

    def of(self, country: str) -> Home | None:
        """The home in a country; ``None`` where the table has none."""
        return self.by_country.get(country)


def parse_homes(text: str) -> Homes:
    """The homes that a TOML text in the form of ``homes.toml`` lists. Raises TableError."""
    try:
        rows = msgspec.convert(tomllib.loads(text), dict[Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")], _Row])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TableError(f"{HOMES}: {error}") from error
    return Homes({home.country: home for home in _homes(rows)})


def _homes(rows: Mapping[str, _Row]) -> Iterator[Home]:
    for country, row in rows.items():
        places = "|".join(map(re.escape, row.places))
        named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, row.names))}|(?:{places})(?!\w))", re.IGNORECASE)
        yield Home(country, frozenset(row.languages), row.domain or country.lower(), named)
