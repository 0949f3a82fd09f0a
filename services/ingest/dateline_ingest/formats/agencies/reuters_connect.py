"""Reuters Connect's items in JSON, as its GraphQL interface answers: an item, or the items of a search.

Members as in Reuters' guide to the interface (2024): "Item Method" and "Search Method". What they hold is in part known
from clients that are public: guardian/newswires asks for the text and its facts, others for pictures.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from dateline_ingest.formats.agencies.associated import associated
from dateline_ingest.formats.credited import credited, first_of
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.markup.body import Body, body_of_lines
from dateline_ingest.formats.markup.strings import html_body
from dateline_ingest.formats.message import Found, Limits, Message, check_count, check_story
from dateline_ingest.formats.notes import heeding_notes
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.dateline import opening_dateline
from dateline_ingest.formats.values.kinds import item_type, media_type
from dateline_ingest.formats.values.places import stated_places
from dateline_ingest.formats.values.status import is_pulled, pubstatus, urgency
from dateline_ingest.formats.values.words import unmarked
from dateline_ingest.instants import instant
from dateline_schemas.story import Association, ItemType, Link, Story, Subject

NAME = "reuters-connect-json"
PROVIDER = "Reuters"
_SIGN = re.compile(rb'"(?:versionedGuid|headLine|bodyXhtml(?:Rich)?)"\s*:')
_WAYS = ("data", "search", "item", "items", "itemRevisions")
"""Members that lead from an answer down to its items."""
_SIGNALS = {"c": "sig:correction", "u": "sig:update", "d": "kill"}
"""The guide's edit statuses: ``edStat:N`` new, ``U`` update, ``C`` correction, ``D`` deletion."""
_CREDITS = (("creditline", "credit"), *((name, name) for name in ("byline", "copyrightholder", "copyrightnotice")))
_PARTIES = ("source", "infosource", "contributor")
_IDS = ("versionedguid", "usn", "editnumber", "vid")


def is_reuters_connect(data: bytes) -> bool:
    """Whether JSON has an item of Reuters Connect: identifiers are Reuters' tags, names as in no other format."""
    return b"tag:reuters.com" in data and _SIGN.search(data) is not None


def read(message: Message) -> tuple[Found, ...]:
    """Every item of the message. Raises Unparseable."""
    found = list(_found(read_json(message, NAME)))
    check_count(len(found), message.limits, NAME)
    if not found:
        raise Unparseable("the answer lists no items; nothing to take in", format=NAME, path="$.data")
    return each_read(found, lambda item: _story(item, message.limits))


def _found(decoded: Any) -> Iterator[JsonObject | Unparseable]:
    waiting = deque([decoded])
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value)
        elif not isinstance(value, dict):
            yield Unparseable("an item is no object", format=NAME)
        elif way := next(filter(value.__contains__, _WAYS), ""):
            waiting.append(value[way])
        else:
            yield JsonObject(value)


def _story(item: JsonObject, limits: Limits) -> Story:
    kind: ItemType = item_type(item.raw("type")) or "text"
    headline, caption = unmarked(item.raw("headline")), unmarked(item.raw("caption"))
    written = item.raw("bodyxhtmlrich", "bodyxhtml")
    body = html_body(written, limits, headline=headline) if written else Body()
    if not body.paragraphs and kind != "text" and caption:
        body = body_of_lines((caption,))
    dateline = opening_dateline(body.paragraphs)
    signals = once(_signals(item))
    guid = item.text("uri") or item.text("versionedguid").rpartition(":")[0]
    provider = first_of(credited(_parties(item, "source")), "source") or item.text("credit") or PROVIDER
    story = Story(
        guid=guid,
        version=item.text("version") or _version(item.text("versionedguid"), guid),
        alt_ids=tuple(Subject(scheme=name, code=code) for name in _IDS if (code := item.text(name)) and code != guid),
        type=kind,
        language=item.text("language"),
        headline=headline,
        slugline=item.text("slug"),
        byline=item.text("byline"),
        dateline=dateline,
        summary=unmarked(item.raw("intro")) or caption or ("" if written else unmarked(item.raw("fragment"))),
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(item.raw("urgency")),
        pubstatus="canceled" if "kill" in signals else pubstatus(item.raw("pubstatus")),
        pulled=is_pulled(item.raw("pubstatus")),
        first_created=instant(item.raw("firstcreated")),
        version_created=instant(item.raw("versioncreated")),
        subjects=once(_concepts(item, "subject")),
        places=tuple(_places(item)),
        keywords=item.texts("keyword"),
        genres=tuple(_concepts(item, "genre")),
        provider=provider,
        creditline=item.text("credit"),
        copyright_holder=item.text("copyrightholder"),
        copyright_notice=item.text("copyrightnotice"),
        usage_terms="\n".join(item.texts("usageterms")),
        ed_note="\n".join(item.texts("ednote")),
        signals=signals,
        credits=once((*credited(_credits(item, provider, dateline)), *body.end_credits())),
        associations=tuple(_associations(item)),
        links=once(_links(item)),
    )
    return heeding_notes(check_story(story, limits, NAME))


def _version(versioned: str, guid: str) -> str:
    number = versioned.removeprefix(f"{guid}:") if versioned.startswith(f"{guid}:") else ""
    return number if number.isdecimal() else ""


def _signals(item: JsonObject) -> Iterator[str]:
    for word in item.texts("signal"):
        scheme, _, code = word.rpartition(":")
        if scheme.lower() == "edstat":
            if meant := _SIGNALS.get(code.lower(), ""):
                yield meant
        else:
            yield word


def _concepts(item: JsonObject, name: str) -> Iterator[Subject]:
    for one in item.objects(name):
        scheme, _, code = one.text("code").rpartition(":")
        if code or one.text("name", "literal"):
            yield Subject(scheme=scheme, code=code, name=one.text("name", "literal"))


def _places(item: JsonObject) -> Iterator[Subject]:
    for one in item.objects("subjectlocation"):
        city, area, country = map(one.text, ("city", "countrysubdivision", "countryname"))
        yield from stated_places(city, area, country, country_code=one.text("countrycode"))


def _parties(item: JsonObject, name: str) -> Iterator[tuple[str, str, str]]:
    """Kind, name and role of each party in a member."""
    for one in item.objects(name):
        yield name, one.text("name", "literal", "code"), one.text("role").rpartition(":")[2]


def _credits(item: JsonObject, provider: str, dateline: str) -> Iterator[tuple[str, str, str]]:
    yield "provider", provider, ""
    for where, name in _CREDITS:
        yield where, item.text(name), ""
    for name in _PARTIES:
        yield from _parties(item, name)
    yield "dateline", dateline, ""
    for one in item.objects("associations"):
        for role in ("credit", "byline", "copyrightnotice"):
            yield "picture", one.text(role), role


def _associations(item: JsonObject) -> Iterator[Association]:
    """Items that go with it, each with its widest rendition; and its own renditions, which have no address to fetch."""
    for one in item.objects("associations"):
        yield associated(one, "renditions", rel="association")
    for one in item.objects("renditions"):
        mimetype = one.text("mimetype")
        yield Association(
            rel=one.text("code", "rendition") or "rendition",
            type=media_type(mimetype),
            guid=one.text("uri"),
            mimetype=mimetype,
            width=one.count("width"),
            height=one.count("height"),
            size=one.count("sizeinbytes"),
        )


def _links(item: JsonObject) -> Iterator[Link]:
    for rel, name in (("replaces", "evolvedfrom"), ("derivedfrom", "derivedfrom")):
        for one in item.objects(name):
            if href := one.text("uri", "versionedguid"):
                yield Link(href=href, rel=rel)
