"""What goes with an item of the AP Media API: linked pictures and films, and the item's own files, by reference."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.kinds import item_type, media_type
from dateline_ingest.formats.values.words import unmarked
from dateline_schemas.story import Association, Subject

TERMS = ("usageterms", "rightsline", "rights")
"""Members that say how an item may be used."""
_SIZE = ("sizeinbytes", "size", "filesize")


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
