"""dpa-digitalwires, the JSON of dpa's wireQ: one entry, or an answer's ``entries``.

Members as in dpa-IT Services' public converters, dpa-digitalwires-to-newsmlg2 and -to-iptc7901 (2025).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read, objects
from dateline_ingest.formats.jsonreading import read_json
from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.strings import html_body
from dateline_ingest.formats.message import Found, Limits, Message, check_count, check_story
from dateline_ingest.formats.noteembargo import Standing, with_notes
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.endline import end_credits
from dateline_ingest.formats.values.kinds import item_type
from dateline_ingest.formats.values.status import embargoed_pubstatus, urgency
from dateline_ingest.formats.values.words import unmarked
from dateline_ingest.instants import instant
from dateline_schemas.story import Association, CreditElement, ItemType, Story, Subject

NAME = "dpa-digitalwires"
PROVIDER = "dpa"
_SIGN = re.compile(rb'"urn"\s*:\s*"urn:newsml:dpa\.com:')
_TYPE = "dnltype:"
_CREDITS = ("creditline", "copyrightnotice", "byline", "dateline")
_MAKERS: tuple[Literal["creator", "contributor"], ...] = ("creator", "contributor")
"""Types of categories that name who made the entry; also what kind of credit that is."""
_CORRECTION = "dpaednoterole:correction"
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
        raise Unparseable("its entries are no list; have it sent again", format=NAME, path="$.entries")
    check_count(len(entries), message.limits, NAME)
    return each_read(objects(entries, NAME, "$.entries"), lambda entry: _story(JsonObject(entry), message.limits))


def _story(entry: JsonObject, limits: Limits) -> Story:
    headline = unmarked(entry.raw("headline"))
    body = html_body(entry.raw("article_html"), limits, headline=headline) if entry.raw("article_html") else Body()
    created, embargoed = instant(entry.raw("version_created")), entry.raw("embargoed")
    embargo = instant(embargoed)
    status = embargoed_pubstatus(entry.raw("pubstatus"), embargoed, embargo)
    notes = list(_notes(entry))
    standing = with_notes(Standing(status, embargo), tuple(text for _, text in notes), sent=created, agency=PROVIDER)
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
        pubstatus=standing.status,
        embargo=standing.embargo,
        first_created=instant(entry.raw("content_created")),
        version_created=created,
        subjects=tuple(_categories(entry, "dpasubject", "desk", "mediatopic", "subject")),
        places=tuple(_categories(entry, "geosubject", "poi")),
        keywords=tuple(one.name for one in _categories(entry, "keyword") if one.name),
        genres=tuple(_categories(entry, "genre")),
        provider=PROVIDER,
        creditline=entry.text("creditline"),
        copyright_notice=entry.text("copyrightnotice"),
        usage_terms=entry.text("usageterms"),
        ed_note="\n".join(text for _, text in notes),
        signals=("sig:correction",) if any(role.startswith(_CORRECTION) for role, _ in notes) else (),
        credits=once(_credits(entry, body)),
        associations=tuple(_associations(entry)),
    )
    return check_story(story, limits, NAME)


def _kind(entry: JsonObject, body: Body) -> ItemType:
    if body.paragraphs:
        return "text"
    return next((kind for one in entry.objects("associations") if (kind := item_type(one.raw("type")))), "text")


def _caption(entry: JsonObject) -> str:
    """What a picture shows (``descriptions``), in an entry without a text."""
    stated = (one for one in entry.objects("descriptions") if "caption" in one.text("role"))
    return next((text for one in stated if (text := unmarked(one.raw("description")))), "")


def _notes(entry: JsonObject) -> Iterator[tuple[str, str]]:
    """Role and words of each note to editors."""
    for holder in (*entry.objects("notepad"), entry):
        for note in holder.objects("ednotes"):
            if text := unmarked(note.raw("ednote")):
                yield note.text("role"), text
    if not any(holder.has("ednotes") for holder in (*entry.objects("notepad"), entry)):
        for pad in entry.objects("notepad"):
            for name in _PADS:
                if text := unmarked(pad.raw(name)):
                    yield name, text


def _categories(entry: JsonObject, *types: str) -> Iterator[Subject]:
    wanted = {f"{_TYPE}{name}" for name in types}
    for one in entry.objects("categories"):
        if one.text("type") in wanted:
            scheme, _, code = one.text("qcode").rpartition(":")
            yield Subject(scheme=scheme, code=code, name=one.text("name"))


def _credits(entry: JsonObject, body: Body) -> Iterator[CreditElement]:
    yield CreditElement(where="provider", value=PROVIDER, role="format")
    for where in _CREDITS:
        if value := entry.text(where):
            yield CreditElement(where=where, value=value)
    for wire in _categories(entry, "wire"):
        yield CreditElement(where="service", value=wire.name or wire.code)
    for where in _MAKERS:
        for maker in _categories(entry, where):
            if value := maker.name or maker.code:
                yield CreditElement(where=where, value=value)
    for note in (text for role, text in _notes(entry) if role == "dpaednoterole:closingline"):
        yield CreditElement(where="endline", value=note)
    for one in entry.objects("associations"):
        if value := one.text("creditline"):
            yield CreditElement(where="picture", value=value, role="creditline")
    yield from end_credits(body.paragraphs)


def _associations(entry: JsonObject) -> Iterator[Association]:
    for one in entry.objects("associations"):
        best = one.widest("renditions")
        yield Association(
            rel=one.text("type") or "association",
            type=item_type(one.raw("type")),
            guid=one.text("urn"),
            href=best.text("url"),
            headline=unmarked(one.raw("headline")),
            caption=unmarked(one.raw("caption")),
            creditline=one.text("creditline"),
            mimetype=best.text("mimetype"),
            width=best.count("width"),
            height=best.count("height"),
        )
