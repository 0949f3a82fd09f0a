"""ANPA 1312, the wire service format of North America (Bulletin 1312, later NAA 89-3).

A message is SYN SYN SOH, service letter and number, US, selectors; a line of priority, category, format, keyword,
version, date and words; STX, text, ETX, who sent it and when. One file may hold several.
"""

from __future__ import annotations

from dateline_ingest.formats.anpa_1312.envelope import (
    Envelope,
    Trailer,
    codes,
    envelope_of,
    news_day,
    trailer_of,
)
from dateline_ingest.formats.anpa_1312.frames import begins, frames_of
from dateline_ingest.formats.anpa_1312.head import apart_of, head_of, keyword_of
from dateline_ingest.formats.anpa_1312.typeset import Typeset
from dateline_ingest.formats.charsets.decoding import decoded, stated_charset
from dateline_ingest.formats.credited import credited
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.message import Found, Message, bytes_urn, check_count, check_story
from dateline_ingest.formats.once import lines_once
from dateline_ingest.formats.sizes import check_lines
from dateline_ingest.formats.textwire.body import WireBody, body_of_parts
from dateline_ingest.formats.textwire.conventions import said_in
from dateline_ingest.formats.textwire.evened import wire_lines
from dateline_ingest.formats.textwire.head import Head
from dateline_ingest.formats.textwire.ids import story_name, wire_guid, wire_version
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_schemas.story import Story, Subject

__all__ = ("NAME", "begins", "read")
NAME = "anpa-1312"


def read(message: Message) -> tuple[Found, ...]:
    """The stories of the messages in the bytes, in their order. Raises Unparseable."""
    text = wire_lines(decoded(message.data, stated_charset(message.hint), NAME))
    check_lines(text, message.limits, NAME)
    frames = frames_of(text)
    if not frames:
        raise Unparseable("no message with SOH, STX and text was found; it is cut off, have it sent again", format=NAME)
    check_count(len(frames), message.limits, NAME)
    return each_read(frames, lambda frame: check_story(_story(frame, message, len(frames)), message.limits, NAME))


def _story(frame: tuple[str, str, str], message: Message, messages: int) -> Story:
    envelope, text, trailer = envelope_of(frame[0]), Typeset(frame[1], codes().signs), trailer_of(frame[2])
    keyword, start = keyword_of(text, envelope)
    apart, start = apart_of(text, start)
    body = body_of_parts(text.parts(start))
    said = said_in(keyword, tuple(apart), body.paragraphs, sent=trailer.sent, agency=trailer.sender)
    head, names, left = head_of(apart, said, bool(body.paragraphs))
    if left:
        body = WireBody(tuple(left))
    source = (trailer.sender or envelope.service).lower()
    day = news_day(envelope, trailer)
    name = story_name(said.slug.name, head.headline, said.names, titled=said.titled)
    guid = wire_guid(source, name or f"{envelope.service}{envelope.number}", day)
    if not guid:
        guid = bytes_urn(message.data if messages == 1 else "".join(frame[:2]).encode())
    return _built(envelope, trailer, said, head, names, body.without(said.marks), guid)


def _built(
    envelope: Envelope, trailer: Trailer, said: Said, head: Head, names: str, body: WireBody, guid: str
) -> Story:
    table = codes()
    dateline = dateline_of(body.paragraphs[0]) if body.paragraphs else ""
    urgency = min(table.priority.get(envelope.priority.lower()) or 9, said.urgency or 9)
    category = envelope.category.lower()
    named = (trailer.sender, trailer.sender.upper(), envelope.selector)
    provider = next((table.senders[name] for name in named if name in table.senders), trailer.sender)
    number = f"{envelope.service}{envelope.number}"
    stated = (
        ("provider", provider),
        ("service", envelope.service),
        ("service", envelope.selector),
        ("byline", head.byline),
        ("source", names),
        ("dateline", dateline),
        *[("endline", line) for line in body.endlines],
    )
    return Story(
        guid=guid,
        version=wire_version(trailer.sent, lead=said.lead, take=said.take, correction=said.corrects, kill=said.killed),
        alt_ids=(Subject(code=number, scheme="anpa1312"),) if number else (),
        take=said.take,
        headline=head.headline,
        subheadline=head.subheadline,
        slugline=said.slug.text,
        byline=head.byline,
        dateline=dateline,
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency if urgency < 9 else None,
        pubstatus=said.pubstatus,
        embargo=said.embargo,
        version_created=trailer.sent,
        subjects=(Subject(code=category, scheme="anpa1312", name=table.category.get(category, "")),)
        if category
        else (),
        provider=provider,
        ed_note=lines_once((said.ed_note, *head.notes)),
        signals=said.signals,
        credits=credited(stated),
        links=said.links,
    )
