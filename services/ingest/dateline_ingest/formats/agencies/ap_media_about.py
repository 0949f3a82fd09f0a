"""What an item of the AP Media API is about: AP's classification (http://cv.ap.org/id/), categories, its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.places import stated_places
from dateline_ingest.formats.values.words import fold
from dateline_ingest.tables import read_table, turned
from dateline_schemas.story import Subject

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


class _Table(Struct, frozen=True):
    signals: dict[str, str]
    people: dict[str, str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("apmedia.toml", _Table)


@lru_cache(maxsize=1)
def _signals() -> dict[str, str]:
    return turned(_table().signals)


def signal(editorial_type: str) -> str:
    """The signal that an editorialtype means; empty where it means none."""
    return _signals().get(_NOT_PLAIN.sub("", editorial_type.lower()), "")


def people() -> dict[str, str]:
    """Member -> the part that the persons in it had in the item."""
    return _table().people


def subjects(item: JsonObject, *names: str) -> tuple[Subject, ...]:
    """The concepts of these members, each once; one without a scheme is of the kind that ``rels`` says (category)."""
    return once([found for found in item.each(names, _subject) if found])


def _subject(one: JsonObject) -> Subject | None:
    scheme = one.raw("scheme") or next(iter(one.texts("rels")), "")
    code, name = one.text("code"), one.text("name")
    return Subject(code=code, scheme=fold(scheme), name="" if name == code else name) if code or name else None


def places(item: JsonObject) -> tuple[Subject, ...]:
    """Where the story is from, the city first, and the places it is about."""
    found = [place for one in item.objects("datelinelocation") for place in _location(one)]
    return once([*found, *subjects(item, "place")])


def _location(one: JsonObject) -> Iterator[Subject]:
    city, area, country = map(one.text, ("city", "countryareaname", "countryname"))
    codes = one.text("countryareacode"), one.text("countrycode")
    return stated_places(city, area, country, area_code=codes[0], country_code=codes[1])


def genres(item: JsonObject) -> tuple[Subject, ...]:
    """The regular column (fixture), the genre, the profile and the editorial role of an item."""
    found = [
        Subject(code=one.text("code"), scheme=kind, name=one.text("name"))
        for kind in ("fixture", "genre")
        for one in item.objects(kind)
        if one.text("code", "name")
    ]
    found += [Subject(code=code, scheme=name) for name in ("profile", "editorialrole") if (code := item.text(name))]
    return tuple(found)
