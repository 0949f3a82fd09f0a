"""The AP Media API's JSON (api.ap.org/media/v): a feed's page, the answer about one item, or an item by itself."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from dateline_ingest.formats.agencies.ap_media_files import (
    TERMS,
    associations,
    called,
    genres,
    item_id,
    linked,
    other_ids,
    people,
    picture_credits,
    places,
    signal,
    subjects,
)
from dateline_ingest.formats.credited import credited, first_of
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.markup.body import Body, body_of, body_of_lines
from dateline_ingest.formats.message import Found, Limits, Message, check_count, check_story
from dateline_ingest.formats.newsml_1.text import Text, written_text
from dateline_ingest.formats.notes import Clearance, with_notes
from dateline_ingest.formats.once import once
from dateline_ingest.formats.securities import with_securities
from dateline_ingest.formats.values.kinds import item_type
from dateline_ingest.formats.values.status import embargoed_pubstatus, is_pulled, urgency
from dateline_ingest.formats.values.words import unmarked
from dateline_ingest.instants import instant
from dateline_schemas.story import Link, Story

NAME = "ap-media-api-json"
_SIGN = re.compile(rb'"altids"\s*:\s*\{[^{}]{0,4000}?"itemid"|"method"\s*:\s*"/(?:content|account)[^"]{0,60}\.GET"')
_NINJS = re.compile(rb'"\$?standard"\s*:\s*\{')
"""What ninjs says of itself; its ``altids`` may be AP's."""
_AGENCY = "ap"
_WAYS = ("data", "items", "results", "item")
"""Members that lead from an answer down to its items."""
_TEXTS = ("body_nitf", "nitf", "body_html", "body_xhtml", "body_text", "body", "content")
_BESIDE = ("meta", "associations", *_TEXTS)
"""Members that tell of an item though they lie beside it."""
_ORGANISATIONS = ("organisation", "organization", "company")
_CREDITS = (
    ("provider", ("provider",)),
    ("creditline", ("description_creditline",)),
    ("creditline", ("creditline",)),
    ("copyrightholder", ("copyrightholder",)),
    ("copyrightnotice", ("copyrightnotice",)),
    ("source", ("source",)),
    ("byline", ("byline",)),
    ("dateline", ("located",)),
)


_PARTIES = (("source", "source"), ("source", "sources"), ("contributor", "contributor"), ("service", "services"))
"""Members that hold parties with a name and a type each."""
_NOTES = ("specialinstructions", "advisory", "outs")
"""What AP says to editors beside its note."""


def is_ap_media(data: bytes) -> bool:
    """Whether JSON is from the AP Media API: its items have ``altids`` that is an object with ``itemid``."""
    if b'"altids"' not in data and b'"method"' not in data:
        return False
    return _SIGN.search(data) is not None and (b'standard"' not in data or _NINJS.search(data) is None)


def read(message: Message) -> tuple[Found, ...]:
    """Every item of the message. Raises Unparseable."""
    found = list(_found(read_json(message, NAME)))
    check_count(len(found), message.limits, NAME)
    if not found:
        raise Unparseable("the answer lists no items; nothing to take in", format=NAME, path="$.data.items")
    return each_read(found, lambda one: _story(*one, message.limits))


def _found(decoded: Any) -> Iterator[tuple[JsonObject, JsonObject] | Unparseable]:
    """Each item, with what lies beside it on its way down: there AP has the products, and agents the text."""
    waiting: deque[tuple[Any, dict[str, Any]]] = deque([(decoded, {})])
    while waiting:
        value, beside = waiting.popleft()
        if isinstance(value, list):
            waiting.extend((one, beside) for one in value)
        elif not isinstance(value, dict):
            yield Unparseable("an item is no object", format=NAME)
        elif "altids" in value:
            yield JsonObject(value), JsonObject(beside)
        else:
            name = next((name for name in _WAYS if name in value), "")
            if not name:
                yield _no_item(JsonObject(value))
                continue
            near = {key: value[key] for key in _BESIDE if key in value and key != name}
            waiting.append((value[name], {**beside, **near}))


def _no_item(value: JsonObject) -> Unparseable:
    for error in value.objects("error"):
        said = error.text("message") or "no reason given"
        return Unparseable(f"AP answered with an error instead of an item: {said}", format=NAME, path="$.error")
    return Unparseable("there is no item in it: AP's items have altids with an itemid", format=NAME)


def _story(item: JsonObject, beside: JsonObject, limits: Limits) -> Story:
    kind = item_type(item.raw("type")) or "text"
    headline = item.text("headline", "title")
    text = _text(item, beside, limits, headline)
    caption = unmarked(item.raw("description_caption"))
    body = body_of(text.blocks) if text else Body()
    if not body.paragraphs and kind != "text" and caption:
        body = body_of_lines((caption,))
    others = linked(item, beside)
    stated = (*credited(_credits(item)), *(text.credits if text else ()))
    beside_it = credited((*picture_credits(others), *_products(beside)))
    credits = once((*stated, *beside_it, *body.end_credits()))
    notes = once(filter(None, map(unmarked, (item.raw("ednote"), *item.texts(*_NOTES)))))
    version_created, embargoed = instant(item.raw("versioncreated")), item.raw("embargoed", "embargo")
    embargo = instant(embargoed)
    signals = once(_signals(item))
    status = "canceled" if "kill" in signals else embargoed_pubstatus(item.raw("pubstatus"), embargoed, embargo)
    clearance = with_notes(Clearance(status, embargo), notes, sent=version_created, agency=_AGENCY)
    story = Story(
        guid=item_id(item),
        version=item.text("version"),
        alt_ids=once(other_ids(item)),
        type=kind,
        language=item.text("language"),
        headline=headline or (text.title if text else ""),
        subheadline=item.text("headline_extended"),
        slugline=item.text("slugline"),
        byline=_byline(item) or first_of(credits, "byline"),
        dateline=item.text("located") or first_of(credits, "dateline"),
        summary=unmarked(item.raw("description_summary")) or caption,
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(item.raw("urgency")),
        pubstatus=clearance.status,
        pulled=is_pulled(item.raw("pubstatus")),
        embargo=clearance.embargo,
        first_created=instant(item.raw("firstcreated")),
        version_created=version_created,
        subjects=subjects(item, "subject", "event"),
        places=places(item),
        people=subjects(item, "person"),
        organisations=with_securities(subjects(item, *_ORGANISATIONS), item, *_ORGANISATIONS),
        keywords=item.texts("keywords", "keyword"),
        genres=genres(item),
        provider=item.text("provider"),
        creditline=item.text("description_creditline", "creditline"),
        copyright_holder=item.text("copyrightholder"),
        copyright_notice=item.text("copyrightnotice"),
        usage_terms="\n".join(item.texts(*TERMS)),
        expires=instant(item.raw("expires")),
        ed_note="\n".join(notes),
        signals=signals,
        credits=credits,
        associations=associations(item, others),
        links=once(_links(item)),
    )
    return check_story(story, limits, NAME)


def _text(item: JsonObject, beside: JsonObject, limits: Limits, headline: str) -> Text | None:
    """The story's text where the message has it: in the item, in a rendition, or beside the item."""
    for holder in (item, *_renditions(item), beside, *beside.objects("nitf")):
        for name in _TEXTS:
            if (written := holder.raw(name)) and (text := written_text(written, limits, headline)):
                return text
    return None


def _renditions(item: JsonObject) -> list[JsonObject]:
    named = {one.text("name"): one for one in item.objects("renditions")}
    return [named[name] for name in ("nitf", "caption_nitf", "script_nitf") if name in named]


def _byline(item: JsonObject) -> str:
    found = [one.text("by", "name") for one in item.objects("bylines")] or list(item.texts("byline"))
    found = found or [one.text("name") for one in item.objects("photographer")]
    return "; ".join(text for text in found if text)


def _credits(item: JsonObject) -> Iterator[tuple[str, str, str]]:
    """Where and whom the item credits, and for which part."""
    for where, names in _CREDITS:
        yield where, item.text(*names), ""
    for one in item.objects("infosource"):
        for name in ("name", "url"):
            yield "infosource", one.text(name), one.text("type")
    for one in item.objects("bylines"):
        yield "byline", one.text("by", "name"), one.text("title")
    for where, name in _PARTIES if item.has("source", "sources", "contributor", "services") else ():
        for one in item.objects(name):
            yield where, one.text("name"), one.text("type")
    for name, role in people().items():
        for one in item.objects(name):
            where = "byline" if role == "photographer" else "contributor"
            yield where, one.text("name"), called(role, one.text("title", "code"))


def _products(beside: JsonObject) -> Iterator[tuple[str, str, str]]:
    for one in (product for meta in beside.objects("meta") for product in meta.objects("products")):
        yield "service", one.text("name"), called("product", one.text("id"))


def _signals(item: JsonObject) -> Iterator[str]:
    for kind in item.texts("editorialtypes"):
        yield signal(kind) or kind
    yield from item.texts("signals")


def _links(item: JsonObject) -> Iterator[Link]:
    for one in item.objects("links"):
        if href := one.text("href"):
            yield Link(href=href, rel=one.text("rel"), title=one.text("title"))
    if page := item.text("canonicallink"):
        yield Link(href=page, rel="canonical")
    for rel in ("derivedfrom", "refersto"):
        for one in item.objects(rel):
            if href := one.text("itemid", "guid", "uri", "id") or item_id(one):
                yield Link(href=href, rel=rel)
        for href in () if item.objects(rel) else item.texts(rel):
            yield Link(href=href, rel=rel)
