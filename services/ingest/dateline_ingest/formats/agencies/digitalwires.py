"""dpa-digitalwires, the JSON of dpa's wireQ: one entry, or an answer's ``entries``.

Members as in dpa-IT Services' public converters, dpa-digitalwires-to-newsmlg2 and -to-iptc7901 (2025).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline_ingest.formats.agencies.associated import associated
from dateline_ingest.formats.credited import credited
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read, objects
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.hrefs import safe_href
from dateline_ingest.formats.markup.strings import html_body, html_tree
from dateline_ingest.formats.message import Found, Limits, Message, check_count, check_story
from dateline_ingest.formats.notes import Clearance, with_notes
from dateline_ingest.formats.once import once
from dateline_ingest.formats.sizes import check_html
from dateline_ingest.formats.values.kinds import item_type
from dateline_ingest.formats.values.places import stated_places
from dateline_ingest.formats.values.status import embargoed_pubstatus, is_pulled, urgency
from dateline_ingest.formats.values.words import fold, unmarked
from dateline_ingest.instants import instant
from dateline_schemas.story import ItemType, Link, Story, Subject

NAME = "dpa-digitalwires"
PROVIDER = "dpa"
_SIGN = re.compile(rb'"urn"\s*:\s*"urn:newsml:dpa\.com:')
_TYPE = "dnltype:"
_CREDITS = ("creditline", "copyrightnotice", "byline", "dateline")
_PARTIES = {"wire": "service", "creator": "creator", "contributor": "contributor", "infosource": "infosource"}
"""What kind of credit the categories of these types are."""
_TEXTS = ("article_html", "infobox_html")
"""Members that are the text, in its order."""
_PLACES = ("geosubject", "poi", "located", "locationcreated")
_TAKEN = f"{_TYPE}locationcreated"
"""Where a picture was taken: what that is called is its address in one line."""
_ADDRESS = ("locality", "administrative_area_level_1", "country")
"""Members of a GeoJSON address: town, region, country."""
_CORRECTION, _CLOSING = "dpaednoterole:correction", "dpaednoterole:closingline"
_PADS = ("header_html", "public_html", "closing_public_html", "nonpublic_html")
"""The same in pieces of markup, where an entry has no notes one by one."""


def is_digitalwires(data: bytes) -> bool:
    """Whether JSON has an entry of dpa's: they are known by ``urn``."""
    return b"urn:newsml:dpa.com:" in data and _SIGN.search(data) is not None


def read(message: Message) -> tuple[Found, ...]:
    """Every entry of the message. Raises Unparseable."""
    decoded = read_json(message, NAME)
    entries = decoded.get("entries", [decoded]) if isinstance(decoded, dict) else decoded
    if not isinstance(entries, list):
        raise Unparseable("its entries are no list; have it corrected", format=NAME, path="$.entries")
    check_count(len(entries), message.limits, NAME)
    return each_read(objects(entries, NAME, "$.entries"), lambda entry: _story(JsonObject(entry), message.limits))


def _story(entry: JsonObject, limits: Limits) -> Story:
    headline = unmarked(entry.raw("headline"))
    article, box = (_body(entry, name, limits, headline) for name in _TEXTS)
    body = Body(paragraphs=article.paragraphs + box.paragraphs, html=article.html + box.html)
    created, embargoed = instant(entry.raw("version_created")), entry.raw("embargoed")
    embargo = instant(embargoed)
    status = embargoed_pubstatus(entry.raw("pubstatus"), embargoed, embargo)
    notes = list(_notes(entry))
    clearance = with_notes(Clearance(status, embargo), tuple(text for _, text in notes), sent=created, agency=PROVIDER)
    story = Story(
        guid=entry.text("urn"),
        version=entry.text("version"),
        alt_ids=tuple(Subject(scheme="entry_id", code=code) for code in entry.texts("entry_id")),
        type=_kind(entry, body),
        language=entry.text("language"),
        headline=headline,
        subheadline=unmarked(entry.raw("kicker")),
        byline=entry.text("byline"),
        dateline=entry.text("dateline"),
        summary=unmarked(entry.raw("teaser", "teaser_html")) or _caption(entry),
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(entry.raw("urgency")),
        pubstatus=clearance.status,
        pulled=is_pulled(entry.raw("pubstatus")),
        embargo=clearance.embargo,
        first_created=instant(entry.raw("content_created")),
        version_created=created,
        subjects=tuple(_categories(entry, "dpasubject", "desk", "mediatopic", "subject", "scope")),
        places=once(_places(entry)),
        keywords=tuple(one.name for one in _categories(entry, "keyword") if one.name),
        genres=tuple(_categories(entry, "genre")),
        provider=PROVIDER,
        creditline=entry.text("creditline"),
        copyright_notice=entry.text("copyrightnotice"),
        usage_terms=entry.text("usageterms"),
        ed_note="\n".join(text for _, text in notes),
        signals=once(_signals(entry, notes)),
        credits=once((*credited(_credits(entry, notes)), *article.end_credits())),
        associations=tuple(
            associated(one, "renditions", rel=one.text("type")) for one in entry.objects("associations")
        ),
        links=once(_links(entry, limits)),
    )
    return check_story(story, limits, NAME)


def _kind(entry: JsonObject, body: Body) -> ItemType:
    if body.paragraphs:
        return "text"
    return next((kind for one in entry.objects("associations") if (kind := item_type(one.raw("type")))), "text")


def _body(entry: JsonObject, name: str, limits: Limits, headline: str) -> Body:
    text = entry.raw(name)
    return html_body(text, limits, headline=headline) if text else Body()


def _caption(entry: JsonObject) -> str:
    """What a picture shows (``descriptions``), in an entry without a text."""
    stated = (one for one in entry.objects("descriptions") if "caption" in one.text("role"))
    return next((text for one in stated if (text := unmarked(one.raw("description")))), "")


def _notes(entry: JsonObject) -> Iterator[tuple[str, str]]:
    """Role and words of each note to editors."""
    if said := unmarked(entry.raw("autopublishnotice")):
        yield "autopublishnotice", said
    for holder in (*entry.objects("notepad"), entry):
        for note in holder.objects("ednotes"):
            if text := unmarked(note.raw("ednote")):
                yield note.text("role"), text
    if not any(holder.has("ednotes") for holder in (*entry.objects("notepad"), entry)):
        for pad in entry.objects("notepad"):
            for name in _PADS:
                if text := unmarked(pad.raw(name)):
                    yield name, text


def _signals(entry: JsonObject, notes: list[tuple[str, str]]) -> Iterator[str]:
    yield from entry.texts("signal")
    yield from (code for one in _of_type(entry, "signal") if (code := one.text("qcode", "name")))
    if any(role.startswith(_CORRECTION) for role, _ in notes):
        yield "sig:correction"


def _of_type(entry: JsonObject, *types: str) -> Iterator[JsonObject]:
    wanted = {f"{_TYPE}{name}" for name in types}
    return (one for one in entry.objects("categories") if one.text("type") in wanted)


def _categories(entry: JsonObject, *types: str) -> Iterator[Subject]:
    return map(_subject, _of_type(entry, *types))


def _subject(one: JsonObject) -> Subject:
    scheme, _, code = one.text("qcode").rpartition(":")
    return Subject(scheme=scheme, code=code, name=one.text("name"))


def _places(entry: JsonObject) -> Iterator[Subject]:
    """Where it is about and where it was made, the latter by the parts of its address where they are stated."""
    for one in _of_type(entry, *_PLACES):
        address = [part for geo in one.objects("geojson") for part in geo.objects("properties")]
        found = [place for part in address for place in stated_places(*map(part.text, _ADDRESS))]
        if not found or one.text("type") != _TAKEN:
            yield _subject(one)
        yield from found


def _links(entry: JsonObject, limits: Limits) -> Iterator[Link]:
    """What the box of links beside the text points to."""
    check_html(entry.raw("linkbox_html"), limits, NAME)
    box = html_tree(entry.raw("linkbox_html"))
    for link in () if box is None else box.iter("a"):
        if href := safe_href(link.get("href", ""), ""):
            yield Link(href=href, rel="more", title=fold("".join(link.itertext())))


def _credits(entry: JsonObject, notes: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    yield "provider", PROVIDER, "format"
    for where in _CREDITS:
        yield where, entry.text(where), ""
    for kind, where in _PARTIES.items():
        for one in _of_type(entry, kind):
            yield where, one.text("name") or _subject(one).code, one.text("role")
    for role, text in notes:
        if role == _CLOSING:
            yield "endline", text, ""
    for one in entry.objects("associations"):
        yield "picture", one.text("creditline"), "creditline"
