"""Items that go with a ninjs item: associations, those in them too, and renditions, with the credits they bear."""

from __future__ import annotations

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.ninjs.text import shown_with
from dateline_ingest.formats.once import lines_once
from dateline_ingest.formats.values.kinds import item_type, media_type
from dateline_schemas.story import Association, CreditElement

_SEEN = frozenset(("picture", "graphic", "video", "audio", ""))
_CREDITS = ("creditline", "credit", "byline", "by", "copyrightholder", "copyrightnotice", "source", "provider")
_LINES = ("creditline", "byline", "by", "credit")
_SAID = (*_CREDITS, "infosource", "infosources", "contributors", "authors", "creator", "digitalsourcetype")
_MOST = 1_000
"""Associations of one item, those within others counted too."""


def associations(item: JsonObject, associated: list[JsonObject], language: str) -> tuple[Association, ...]:
    """The items ``associated`` with the item, its own renditions, and files that Superdesk attaches to it.

    What is said of them in several languages is taken in the ``language`` of the item.
    """
    found = [_association(one, language) for one in associated]
    for one in item.objects("renditions", "attachments"):
        if href := one.text("href"):
            mimetype = one.text("contenttype", "mimetype")
            found.append(
                Association(
                    rel=one.text("name", "rel") or "rendition",
                    type=media_type(mimetype),
                    href=href,
                    headline=one.text("title"),
                    mimetype=mimetype,
                    width=one.count("width"),
                    height=one.count("height"),
                    size=one.count("sizeinbytes", "size", "length"),
                )
            )
    return tuple(found)


def all_associated(item: JsonObject) -> list[JsonObject]:
    """The item's associations (ninjs 1: an object keyed by name; 2 and 3: a list), each before those within it.

    Raises Unparseable where there are too many.
    """
    waiting = item.objects("associations")[::-1]
    found: list[JsonObject] = []
    while waiting:
        one = waiting.pop()
        if len(found) == _MOST:
            raise Unparseable(f"an item has more than {_MOST} associations; have it split", path="$.associations")
        found.append(one)
        if one.has("associations"):
            waiting += one.objects("associations")[::-1]
    return found


def _association(one: JsonObject, language: str) -> Association:
    headline, caption = shown_with(one, language)
    rendition = _best(one.objects("renditions"))
    mimetype = one.text("mimetype", "contenttype") or rendition.text("contenttype", "mimetype")
    return Association(
        rel=one.text("rel", "name", "id") or "association",
        type=item_type(one.raw("type")) or media_type(mimetype),
        guid=one.text("uri", "guid"),
        href=rendition.text("href") or one.text("href"),
        headline=headline,
        caption=caption,
        creditline=one.text(*_LINES) or next(iter(one.texts(*_LINES)), ""),
        usage_terms=lines_once((one.text("usageterms", "description_usage"), one.text("ednote"))),
        mimetype=mimetype,
        width=rendition.count("width"),
        height=rendition.count("height"),
        size=rendition.count("sizeinbytes", "size"),
    )


_NONE = JsonObject({})


def _best(renditions: list[JsonObject]) -> JsonObject:
    """The original, else the widest one, else the first one."""
    with_href = [one for one in renditions if one.raw("href")]
    for one in with_href:
        if one.raw("name", "rel").lower() in ("original", "main", "hires", "highres"):
            return one
    return max(with_href, key=lambda one: one.count("width"), default=_NONE)


def picture_credits(associated: list[JsonObject]) -> list[CreditElement]:
    """What the associated pictures, videos and graphics say about their origin."""
    found = []
    for one in associated:
        if item_type(one.raw("type")) not in _SEEN:
            continue
        names = one.names
        for name in _SAID:
            if name in names:
                text = one.text(name)
                texts = (text,) if text else one.texts(name)
                found += [CreditElement(where="picture", value=text, role=name) for text in texts]
    return found
