"""What goes with the text of an item of the AP Media API: pictures, films, its own files, by reference; and what it is
about, by AP's classification (http://cv.ap.org/id/), categories, and its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.kinds import item_type, media_type
from dateline_ingest.formats.values.places import stated_places
from dateline_ingest.formats.values.words import fold, unmarked
from dateline_ingest.tables import read_table, turned
from dateline_schemas.story import Association, Subject

TERMS = ("usageterms", "rightsline", "rights")
"""Members that say how an item may be used."""
_SIZE = ("sizeinbytes", "size", "filesize")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def canonical(uri: str) -> str:
    """An item's address without the query: AP adds tokens of the request that found the item."""
    return uri.partition("?")[0]


def item_id(item: JsonObject) -> str:
    """``altids.itemid``: the same for all versions of an item. Else its address."""
    found = (text for one in item.objects("altids") if (text := one.text("itemid")))
    return next(found, "") or canonical(item.text("uri"))


def other_ids(item: JsonObject) -> Iterator[Subject]:
    """Every other identifier of the item, given by AP or by the member who wrote it."""
    for one in item.objects("altids"):
        for scheme, code in one.starting(""):
            if scheme != "itemid" and code.strip():
                yield Subject(scheme=scheme, code=code.strip())
    for one in item.objects("foreignkeys"):
        for scheme, code in one.starting(""):
            if scheme not in ("name", "rel") and code.strip():
                yield Subject(scheme=scheme, code=code.strip())
    if uri := canonical(item.text("uri")):
        yield Subject(scheme="uri", code=uri)


def called(role: str, more: str) -> str:
    """A person's role with what AP calls it (staff, stringer); a product with its number."""
    return f"{role}:{more}" if more else role


def linked(item: JsonObject, beside: JsonObject) -> list[JsonObject]:
    """Items that are linked to this one; in full where the message brings them along, as agents' files do."""
    whole: dict[str, JsonObject] = {}
    for one in beside.objects("associations"):
        found = _unwrapped(one)
        whole[item_id(found)] = found
    named = {item_id(one): one for one in item.objects("associations")}
    return [whole.get(key, one) for key, one in named.items()] + [one for key, one in whole.items() if key not in named]


def _unwrapped(one: JsonObject) -> JsonObject:
    for name in ("data", "item"):
        if members := one.members(name):
            one = JsonObject(dict(members))
    return one


def associations(item: JsonObject, others: list[JsonObject]) -> tuple[Association, ...]:
    """Linked items first, then the item's own renditions, in AP's order."""
    found = [_linked(one) for one in others]
    found += [rendition for one in item.objects("renditions") if (rendition := _rendition(one)).href]
    return once(found)


def _linked(one: JsonObject) -> Association:
    kind = item_type(one.raw("type"))
    files = [_rendition(file) for file in one.objects("renditions")]
    main = next((file for file in files if file.type == kind and file.href), Association(rel=""))
    return replace(
        main,
        rel=kind or "association",
        type=kind,
        guid=item_id(one),
        href=main.href or canonical(one.text("uri")),
        headline=one.text("headline", "title"),
        caption=unmarked(one.raw("description_caption", "description_summary")),
        creditline=one.text("description_creditline", "creditline"),
        usage_terms=lines_once(one.texts(*TERMS)),
    )


def _rendition(one: JsonObject) -> Association:
    kind, mimetype = item_type(one.raw("type")), one.text("mimetype")
    return Association(
        rel=one.text("name", "rel") or "rendition",
        type=media_type(mimetype) if kind in ("", "text") else kind,
        guid=one.text("contentid"),
        href=one.text("href"),
        mimetype=mimetype,
        width=one.count("width"),
        height=one.count("height"),
        size=one.count(*_SIZE),
    )


def picture_credits(others: list[JsonObject]) -> Iterator[tuple[str, str, str]]:
    """What the linked items say about their origin, with its role."""
    for one in others:
        for name in ("description_creditline", "creditline", "copyrightnotice", "provider"):
            yield "picture", one.text(name), name.removeprefix("description_")
        for person in one.objects("photographer"):
            yield "picture", person.text("name"), called("photographer", person.text("title", "code"))


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
