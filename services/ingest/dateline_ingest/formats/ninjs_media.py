"""Items that go with a ninjs item: associations and renditions, with the credits they bear."""

from __future__ import annotations

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.kinds import item_type, media_type
from dateline_ingest.formats.words import unmarked
from dateline_schemas.story import Association, CreditElement

_SEEN = frozenset(("picture", "graphic", "video", "audio", ""))
_CREDITS = ("creditline", "byline", "by", "copyrightholder", "copyrightnotice", "source")


def associations(item: JsonObject) -> tuple[Association, ...]:
    """The item's associations (ninjs 1: an object keyed by name; 2 and 3: a list) and its own renditions."""
    found = [_association(one) for one in item.objects("associations")]
    for one in item.objects("renditions"):
        href, mimetype = one.text("href"), one.text("contenttype", "mimetype")
        if href:
            rel = one.text("name", "rel") or "rendition"
            found.append(Association(rel=rel, type=media_type(mimetype), href=href, mimetype=mimetype))
    return tuple(found)


def _association(one: JsonObject) -> Association:
    rendition = next(iter(one.objects("renditions")), None)
    return Association(
        rel=one.text("rel", "name", "id") or "association",
        type=item_type(one.raw("type")),
        guid=one.text("uri", "guid"),
        href=rendition.text("href") if rendition else one.text("href"),
        headline=one.text("headline") or _value(one, "headlines"),
        caption=unmarked(one.raw("description_text", "body_text") or _value(one, "descriptions")),
        creditline=one.text("creditline", "byline", "by"),
        mimetype=one.text("mimetype") or (rendition.text("contenttype", "mimetype") if rendition else ""),
    )


def _value(one: JsonObject, many: str) -> str:
    return next((text for part in one.objects(many) if (text := part.text("value"))), "")


def picture_credits(item: JsonObject) -> tuple[CreditElement, ...]:
    """What the associated pictures, videos and graphics say about their origin."""
    found = []
    for one in item.objects("associations"):
        if item_type(one.raw("type")) in _SEEN:
            found += [
                CreditElement(where="picture", value=text, role=name) for name in _CREDITS if (text := one.text(name))
            ]
    return tuple(found)
