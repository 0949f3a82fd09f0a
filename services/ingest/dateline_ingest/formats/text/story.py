"""The story of a plain text, out of its labelled lines, its head and its body. Pure."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from dateline_ingest.formats.credited import credited
from dateline_ingest.formats.markup.body import Body, body_of_lines
from dateline_ingest.formats.message import Message, bytes_urn
from dateline_ingest.formats.once import lines_once
from dateline_ingest.formats.text.fields import Fields
from dateline_ingest.formats.text.head import NAMING, Head, lead
from dateline_ingest.formats.text.times import moment_in, published_at, sent_below
from dateline_ingest.formats.textwire.closing import end_lines, is_end_sign, unclosed
from dateline_ingest.formats.textwire.conventions import said_in
from dateline_ingest.formats.textwire.ids import story_name, wire_guid, wire_version
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.formats.textwire.slugs import slug_of
from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.formats.values.dateline import agency_in, reporter_in
from dateline_ingest.formats.values.days import named_day
from dateline_ingest.formats.values.status import urgency
from dateline_ingest.instants import instant
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject

_LONGEST_KEYWORD = 60
_DATED = 100
"""Lines above a story that are asked when it came out."""
_NO_AGENCY = "text"
"""What stands for the agency in the identifier of a text that names none."""


class Opened(Struct, frozen=True, kw_only=True):
    """A text without what surrounds its story."""

    lines: tuple[str, ...]
    """Headline, slug and the like, then a paragraph each."""
    fields: Fields
    days: tuple[str, ...]
    """Lines above the story that say when it came out."""
    links: tuple[Link, ...]
    credited: tuple[str, ...]
    """Lines that say whose a picture is."""
    pictures: tuple[Association, ...]
    channel: str
    """The channel of telex that it came by."""


class _Parts(Struct, frozen=True):
    """Its lines taken apart."""

    said: Said
    slug: str
    head: Head
    byline: str
    source: str
    dateline: str
    stamped: datetime | None
    body: Body


def _parts(opened: Opened) -> _Parts:
    fields, lines = opened.fields, list(opened.lines)
    at, dateline = lead(lines)
    if fields.get("headline") and not dateline:
        at = 0
    dateline = fields.get("dateline", dateline)
    agency = agency_in(dateline) or fields.get("credit")
    stated = [moment_in(line, agency) or published_at(line, agency) for line in lines[:at][:_DATED]]
    stated += [published_at(line, agency) or moment_in(line, agency) for line in opened.days[:_DATED]]
    below, stamp = sent_below(tuple(lines[at:]), agency)
    stamps = [moment for moment in (*stated, below) if moment is not None]
    sent = fields.date or (stamps[0] if stamps else None) or instant(named_day(dateline))
    above, text = (*filter(None, (fields.get("headline"),)), *lines[:at]), tuple(lines[at:])
    said = said_in(fields.get("slugline"), above, text, sent=sent, agency=agency)
    head = Head([line for line in above if line not in said.marks], fields.get("headline"), agency, dateline)
    if head.slug and slug_of(head.slug).parts:
        said = said_in(head.slug, above, text, sent=sent, agency=agency)
    kept = [line for line in text if line not in said.marks and line != stamp]
    while len(kept) > 1 and is_end_sign(kept[-1]):
        kept.pop()
    kept[-1:] = [unclosed(line) for line in kept[-1:]]
    keyword = _keyword_in(kept[-1]) if len(kept) > 1 else ""
    if keyword:
        kept.pop()
    return _Parts(
        said=said,
        slug=fields.get("slugline") or head.slug or keyword,
        head=head,
        byline=fields.get("byline") or head.byline or reporter_in(next(iter(kept), ""), dateline),
        source=fields.get("credit") or head.source,
        dateline=dateline,
        stamped=fields.date or (stamps[0] if stamps else None),
        body=body_of_lines((*head.left, *kept)),
    )


def _keyword_in(line: str) -> str:
    """The keyword that a line under the text states; words in small letters are a reader's, and text."""
    opened = marks().keyword.match(line)
    said = line[opened.end() :] if opened else ""
    return said if said.isupper() and len(said) <= _LONGEST_KEYWORD else ""


def story_of(message: Message, opened: Opened) -> Story:
    """The story; not checked."""
    fields, parts = opened.fields, _parts(opened)
    said, agency = parts.said, agency_in(parts.dateline) or fields.get("credit")
    status, embargo, held = fields.clearance(said, parts.stamped, agency)
    notes = (fields.get("ednote"), held, said.ed_note, *parts.head.notes)
    named = _guid(parts, fields, agency)
    return Story(
        guid=fields.get("guid") or named or bytes_urn(message.data),
        version=fields.get("version")
        or wire_version(
            parts.stamped if named else None,
            lead=said.lead,
            take=said.take,
            correction=said.corrects,
            kill=said.killed,
        ),
        take=said.take,
        language=fields.get("language"),
        headline=parts.head.headline,
        subheadline=parts.head.subheadline,
        slugline=parts.slug,
        byline=parts.byline,
        dateline=parts.dateline,
        summary=fields.get("summary"),
        paragraphs=parts.body.paragraphs,
        body_html=parts.body.html,
        urgency=urgency(fields.get("urgency")) or said.urgency,
        pubstatus=status,
        embargo=embargo,
        version_created=parts.stamped,
        subjects=_subjects(fields) if fields else (),
        places=tuple([Subject(code="", name=name.strip("()")) for name in fields.all("place")]) if fields else (),
        keywords=fields.all("keyword") if fields else (),
        ed_note=lines_once(notes),
        signals=said.signals,
        creditline=fields.get("credit"),
        credits=_credits(opened, parts),
        associations=opened.pictures,
        links=(*said.links, *opened.links),
    )


def _subjects(fields: Fields) -> tuple[Subject, ...]:
    """The agency's own categories and IPTC's subject codes, where the lines at the top state them."""
    coded = [code for said in fields.all("subject") for code in said.split()]
    return (
        *(Subject(code=letter, scheme="category") for letter in fields.all("category")),
        *(Subject(code=code, scheme="subj" if code.isdecimal() else "") for code in coded),
    )


def _credits(opened: Opened, parts: _Parts) -> tuple[CreditElement, ...]:
    paragraphs = parts.body.paragraphs
    stated = [("service", opened.channel), ("source", parts.source), ("byline", parts.byline)]
    for where in ("service", "contributor") if opened.fields else ():
        stated += [(where, said) for said in opened.fields.all(where)]
    stated.append(("dateline", parts.dateline))
    stated += [("endline", line) for line in end_lines(paragraphs)]
    stated += [("picture", line) for line in opened.credited]
    return credited(stated)


def _guid(parts: _Parts, fields: Fields, agency: str) -> str:
    """By slug and day; empty where nothing says which texts belong together."""
    keyword = parts.said.slug.name or slug_of(parts.slug).name
    if not parts.said.names and not fields.get("slugline") and not NAMING.fullmatch(keyword):
        return ""
    name = story_name(keyword, parts.head.headline, parts.said.names, titled=parts.said.titled)
    day = named_day(parts.dateline) or (parts.stamped.date().isoformat() if parts.stamped else "")
    return wire_guid(agency or _NO_AGENCY, name, day or named_day(parts.said.ed_note))
