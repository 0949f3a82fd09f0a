"""ninjs 1.x, 2.x and 3.x (IPTC News in JSON): one reader, since names differ in case and number only.

A message is an item, a list of items, or an object that lists them, as the answers of content interfaces do.
"""

from __future__ import annotations

from typing import Any

from dateline_ingest.formats.credited import first_of
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.message import Found, Limits, Message, check_count, check_story, title_urn
from dateline_ingest.formats.ninjs import concepts
from dateline_ingest.formats.ninjs.concepts import rights_of
from dateline_ingest.formats.ninjs.events import event_note, event_places
from dateline_ingest.formats.ninjs.fingerpost import by_iptc_names
from dateline_ingest.formats.ninjs.media import all_associated, associations, picture_credits
from dateline_ingest.formats.ninjs.names import by_ldrs_names, by_plain_names
from dateline_ingest.formats.ninjs.rules import check_item
from dateline_ingest.formats.ninjs.text import Texts, first_language, texts_of
from dateline_ingest.formats.nitf.carried import with_heads
from dateline_ingest.formats.once import once
from dateline_ingest.formats.securities import with_securities
from dateline_ingest.formats.values.clocktimes import dated, embargo_note
from dateline_ingest.formats.values.kinds import item_type
from dateline_ingest.formats.values.status import embargoed_pubstatus, is_pulled, urgency
from dateline_ingest.formats.values.words import listed, unmarked
from dateline_ingest.instants import moment
from dateline_schemas.story import CreditElement, Story

NAME = "ninjs"
_LISTS = ("item", "items", "_items", "hits", "results", "documents", "docs", "data", "news", "stories", "response")
"""Members under which an answer lists its items."""
_WRAPPED = ("_source", "item", "document")
"""Members under which an entry of a search answer holds the item."""
_NESTED = 3
_SIGNS = frozenset(
    listed(
        "headline headlines body_html body_text body_xhtml bodies versioncreated description_text descriptions "
        "renditions associations firstcreated pubstatus"
    )
)
"""Members of which an item has at least one."""
_SAID = concepts.SAID.union(listed("embargoed embargoeduntil embargo uri guid version slugline"))
"""Members of a short text each."""
_ORGANISATIONS = ("organisation", "organisations")
_IDS = frozenset(("uri", "guid", "altids"))
_PLAIN = (frozenset(("type", "headline", "versioncreated")), frozenset(("title", "eventdetails")))
"""Members by which an item is known that states no identifier; the second are an event's."""


def read(message: Message) -> tuple[Found, ...]:
    """Every item of the message. Raises Unparseable."""
    decoded = read_json(message, NAME)
    entries, path = _entries(decoded)
    check_count(len(entries), message.limits, NAME)
    if not entries:
        raise Unparseable("the list of items is empty; nothing to take in", format=NAME, path=path)
    many = len(entries) > 1 or path != "$"
    placed = [(entry, f"{path}[{at}]" if many else path) for at, entry in enumerate(entries)]
    return each_read(placed, lambda one: _item(*one, message.limits))


def _entries(decoded: Any) -> tuple[list[Any], str]:
    """The items of the message, and the JSON path of their list. Raises Unparseable for what is no object."""
    path, value = "$", decoded
    for _ in range(_NESTED):
        if isinstance(value, list):
            return [_unwrapped(entry) for entry in value], path
        if not isinstance(value, dict):
            raise Unparseable("the JSON is no object; a ninjs item is one", format=NAME, path=path)
        if _is_item(value):
            break
        name = next((name for name in _LISTS if isinstance(value.get(name), (list, dict))), "")
        if not name or (isinstance(value[name], dict) and not value[name]):
            break
        path, value = f"{path}.{name}", value[name]
    if isinstance(value, list):
        return [_unwrapped(entry) for entry in value], path
    return ([value], path) if _is_item(value) else ([decoded], "$")


def _unwrapped(entry: Any) -> Any:
    if isinstance(entry, dict) and not _is_item(entry):
        return next((entry[name] for name in _WRAPPED if isinstance(entry.get(name), dict)), entry)
    return entry


def _is_item(entry: dict[str, Any]) -> bool:
    if not _IDS.isdisjoint(entry) and not _SIGNS.isdisjoint(entry):
        return True
    names = {name.lower() for name in entry}
    return not names.isdisjoint(_IDS) and not names.isdisjoint(_SIGNS)


def _item(entry: Any, path: str, limits: Limits) -> Story:
    if not isinstance(entry, dict):
        raise Unparseable("an item is no object", format=NAME, path=path)
    entry = by_plain_names(by_ldrs_names(by_iptc_names(entry)))
    item = JsonObject(entry)
    named = item.raw("uri", "guid") or item.has("altids") or any(item.names >= plain for plain in _PLAIN)
    if not named or not item.has(*_SIGNS):
        found = ", ".join(sorted(entry)[:8])
        named = item.raw("uri", "guid") or item.has("altids")
        lacks = "a headline, a body or the like" if named else "uri and the like"
        reason = f"this JSON is not ninjs: it lacks {lacks}; it has {found or 'nothing'}"
        raise Unparseable(f"{reason}. ninjs 1 to 3 are read, and lists of such items", format=NAME, path=path)
    check_item(entry, path)
    try:
        return check_story(_story(item, limits), limits, NAME)
    except Unparseable as fault:
        raise Unparseable(fault.reason, format=NAME, path=fault.path or path) from fault


def _story(item: JsonObject, limits: Limits) -> Story:
    language = item.text("language") or first_language(item)
    texts = texts_of(item, language, limits)
    said = item.said(_SAID)
    stated = said.get("embargoed", said.get("embargoeduntil", said.get("embargo", "")))
    embargo = moment(stated) if stated else None
    created, versioned = item.raw("firstcreated", "contentcreated"), item.raw("versioncreated")
    notes = (
        unmarked(item.raw("ednote")),
        embargo_note(stated) if stated and not embargo else "",
        dated(created, versioned),
        event_note(item),
    )
    guid = said.get("uri", said.get("guid", "")) or _altid(item) or _made_id(item)
    associated = all_associated(item)
    story = Story(
        guid=guid,
        version=said.get("version", ""),
        alt_ids=concepts.alt_ids(item, guid),
        type=item_type(item.raw("type")) or "text",
        language=language,
        headline=texts.headline,
        subheadline=texts.subheadline,
        slugline=said.get("slugline", ""),
        byline=concepts.byline(item),
        dateline=said.get("dateline", texts.dateline),
        summary=texts.summary,
        paragraphs=texts.body.paragraphs,
        body_html=texts.body.html,
        urgency=urgency(item.raw("urgency")),
        pubstatus=embargoed_pubstatus(item.raw("pubstatus"), stated, embargo),
        pulled=is_pulled(item.raw("pubstatus")),
        embargo=embargo,
        first_created=moment(created),
        version_created=moment(versioned),
        subjects=concepts.subjects(item, "subject", "subjects", "event", "events", "object", "objects"),
        places=concepts.located(item) + concepts.subjects(item, "place", "places") + event_places(item),
        people=concepts.subjects(item, "person", "people"),
        organisations=with_securities(concepts.subjects(item, *_ORGANISATIONS), item, *_ORGANISATIONS),
        keywords=item.texts("keyword", "keywords"),
        genres=concepts.subjects(item, "genre", "genres"),
        provider=said.get("provider", said.get("source", ""))
        or concepts.first_named(item, "infosource", "infosources"),
        creditline=said.get("creditline", said.get("credit", "")) or first_of(texts.credits, "creditline"),
        copyright_holder=said.get("copyrightholder", ""),
        copyright_notice=said.get("copyrightnotice", ""),
        usage_terms=unmarked(item.raw("usageterms", "description_usage")),
        rights=rights_of(item),
        expires=moment(item.raw("expires", "expiry")),
        ed_note="\n".join(filter(None, notes)),
        signals=concepts.signals(item),
        credits=_credits(item, said, texts, associated),
        associations=associations(item, associated, language),
        links=concepts.links(item),
    )
    return with_heads(story, texts.heads)


def _made_id(item: JsonObject) -> str:
    """Of an item that states no identifier: the one in Superdesk's ``extra``, else one of its headline and time."""
    if item.has("altids"):
        return ""
    kept = next((text for one in item.objects("extra") if (text := one.text("itemid"))), "")
    return kept or title_urn(f"{item.text('headline', 'title')} {item.text('firstcreated')}".strip())


def _altid(item: JsonObject) -> str:
    return next((one.code for one in concepts.alt_ids(item, "") if one.scheme not in ("id", "_id")), "")


def _credits(
    item: JsonObject, said: dict[str, str], texts: Texts, associated: list[JsonObject]
) -> tuple[CreditElement, ...]:
    found = concepts.credits(item, said)
    found += texts.credits
    found += texts.body.end_credits()
    return once([*found, *picture_credits(associated)])
