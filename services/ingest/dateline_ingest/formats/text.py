"""Plain text: an agency's slug, headline, dateline, body and end line; or a page copied as text."""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from dateline_ingest.cleaning import related_title, verdict, without_shortcodes
from dateline_ingest.formats.body import Body, body_of_lines
from dateline_ingest.formats.charset import decoded, stated_charset
from dateline_ingest.formats.closing import closing_lines, is_end_sign
from dateline_ingest.formats.dateline import agency_in, dateline_of
from dateline_ingest.formats.endline import endlines, is_plain_credit
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.markup import paragraphs_of
from dateline_ingest.formats.message import Message, bytes_urn, check_story
from dateline_ingest.formats.sizes import check_lines
from dateline_ingest.formats.slugs import slug_of
from dateline_ingest.formats.status import urgency
from dateline_ingest.formats.textfields import Fields, fields_of
from dateline_ingest.formats.textwire import is_mark, said_in
from dateline_ingest.formats.textwire_said import Said
from dateline_ingest.formats.wirehead import is_byline, set_apart
from dateline_ingest.formats.wireids import story_name, wire_guid, wire_version
from dateline_ingest.formats.wirelines import wire_lines
from dateline_ingest.formats.wiretimes import named_day
from dateline_ingest.formats.words import bare, fold, letters
from dateline_ingest.instants import instant
from dateline_schemas.story import CreditElement, Link, Pubstatus, Story

NAME = "text"
_SLUG = re.compile(r"[^\s]{3,60}|[A-Z0-9ÀÉÈÇÜÖÄ /&,.:'()-]{3,50}|[\w.-]+(?:[-/][\w.]+)+(?:\s*[,(].{1,30})?")
_NAMING = re.compile(r"[^\W_][\w.]*(?:\s?[-/]{1,2}\s?[\w.]+)+/?")
"""A slug of several parts: it names one story of a day, where a single word names a subject."""
_TELEX = re.compile(r"\A\s*ZCZC\b[^\n]{0,40}\n(?=\s*\S)", re.IGNORECASE)
"""The sign of telex that a message begins, with the channel that it came by."""
_HEAD = 12
"""Lines among which the story's head is looked for."""
_BEGINNING, _LETTERS = 40, 4
"""Characters of a line, and letters of these, by which most lines are told from one another."""
_LEAST = 30
_PARAGRAPH = 140
"""Characters from which a line is body rather than head."""


class _Parts(Struct, frozen=True):
    """A text taken apart."""

    fields: Fields
    said: Said
    slug: str
    headline: str
    subheadline: str
    byline: str
    source: str
    dateline: str
    stamped: datetime | None
    body: Body
    links: tuple[Link, ...]
    pictures: tuple[str, ...]
    """Lines that say whose a picture is."""


def read(message: Message) -> tuple[Story, ...]:
    """The one story in the text. Raises Unparseable for an encoding that is neither stated nor clear."""
    raw = wire_lines(decoded(message.data, stated_charset(message.hint), NAME).lstrip("\ufeff"))
    raw = set_apart(_TELEX.sub("", raw))
    check_lines(raw, message.limits, NAME)
    lines = _lines(raw)
    if len(lines) > message.limits.paragraphs:
        raise Unparseable(f"the text has {len(lines)} paragraphs, more than {message.limits.paragraphs}", format=NAME)
    fields = fields_of(raw, least=2, line_of=fold)
    lines, links, pictures = _cleaned(_lines(fields.rest) if fields.values else lines)
    if not lines:
        raise Unparseable("the text holds nothing but what surrounds a story; have it sent again", format=NAME)
    parts = _parts(fields, lines, links, pictures)
    return (check_story(_story(message, parts), message.limits, NAME),)


def _lines(raw: str) -> list[str]:
    return [line for part in paragraphs_of(raw) if (line := without_shortcodes(part))]


def _parts(fields: Fields, lines: list[str], links: tuple[Link, ...], pictures: tuple[str, ...]) -> _Parts:
    at, dateline = _lead(lines)
    if fields.get("headline") and not dateline:
        at = 0
    dateline = fields.get("dateline", dateline)
    stamps = [moment for line in lines[:at] if (moment := instant(line)) is not None]
    sent = fields.date or (stamps[0] if stamps else None) or instant(named_day(dateline))
    agency = agency_in(dateline) or fields.get("credit")
    above, below = tuple(lines[:at]), tuple(lines[at:])
    said = said_in(fields.get("slugline"), above, below, sent=sent, agency=agency)
    head = _Head([line for line in above if line not in said.marks], fields.get("headline"))
    if head.slug and slug_of(head.slug).parts:
        said = said_in(head.slug, above, below, sent=sent, agency=agency)
    kept = [line for line in below if line not in said.marks]
    while len(kept) > 1 and is_end_sign(kept[-1]):
        kept.pop()
    return _Parts(
        fields=fields,
        said=said,
        slug=fields.get("slugline") or head.slug,
        headline=head.headline,
        subheadline=head.subheadline,
        byline=fields.get("byline") or head.byline,
        source=fields.get("credit") or head.source,
        dateline=dateline,
        stamped=fields.date or (stamps[0] if stamps else None),
        body=body_of_lines(tuple(kept)),
        links=links,
        pictures=pictures,
    )


def _story(message: Message, parts: _Parts) -> Story:
    fields, said, body = parts.fields, parts.said, parts.body
    agency = agency_in(parts.dateline) or fields.get("credit")
    embargo, held = fields.embargo(parts.stamped, agency)
    status: Pubstatus = "withheld" if held and embargo is None and not said.killed else said.pubstatus
    shaped, closing = endlines(body.paragraphs), closing_lines(body.paragraphs)
    ends = closing if len(closing) > len(shaped) else shaped
    stated = (("source", parts.source), ("byline", parts.byline), ("dateline", parts.dateline))
    notes = (fields.get("ednote"), held, said.ed_note)
    named = _guid(parts, agency)
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
        headline=parts.headline,
        subheadline=parts.subheadline,
        slugline=parts.slug,
        byline=parts.byline,
        dateline=parts.dateline,
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(fields.get("urgency")) or said.urgency,
        pubstatus=status,
        embargo=max((moment for moment in (embargo, said.embargo) if moment), default=None),
        version_created=parts.stamped,
        ed_note="\n".join(dict.fromkeys(note for note in notes if note)),
        signals=said.signals,
        creditline=fields.get("credit"),
        credits=(
            *(CreditElement(where=where, value=value) for where, value in stated if value),
            *(CreditElement(where="endline", value=line) for line in ends),
            *(CreditElement(where="picture", value=line) for line in parts.pictures),
        ),
        links=(*said.links, *parts.links),
    )


def _guid(parts: _Parts, agency: str) -> str:
    """By slug and day; empty where nothing says which texts belong together."""
    keyword = slug_of(parts.slug).name
    if not parts.said.names and not parts.fields.get("slugline") and not _NAMING.fullmatch(keyword):
        return ""
    name = story_name(keyword, parts.headline, parts.said.names)
    day = named_day(parts.dateline) or (parts.stamped.date().isoformat() if parts.stamped else "")
    return wire_guid(agency or NAME, name, day or named_day(parts.said.ed_note))


def _cleaned(lines: list[str]) -> tuple[list[str], tuple[Link, ...], tuple[str, ...]]:
    kept: list[str] = []
    pictures: list[str] = []
    links: list[Link] = []
    begun = 0
    for line in lines:
        said = verdict(line, begun=begun >= 2)
        if said == "noise" and is_mark(line):
            said = "story"
        if said in ("cut", "others"):
            break
        if said == "picture":
            pictures.append(line)
        elif said == "related":
            links.append(Link(href="", rel="related", title=related_title(line)))
        elif said == "story":
            kept.append(line)
            begun += len(line) >= _PARAGRAPH // 2
    return _undoubled(kept), tuple(links), tuple(pictures)


def _undoubled(lines: list[str]) -> list[str]:
    """A line that stands twice within the head is the headline: what is before it and its double go."""
    seen: dict[str, int] = {}
    openings = [bare(line[:_BEGINNING])[:_LETTERS] for line in lines[:_HEAD]]
    if len(set(openings)) == len(openings) and all(len(some) == _LETTERS for some in openings):
        return lines
    for at, line in enumerate(lines[:_HEAD]):
        key = bare(line)
        if key in seen and len(key) > 12:
            return [*lines[seen[key] : at], *lines[at + 1 :]]
        seen.setdefault(key, at)
    return lines


def _lead(lines: list[str]) -> tuple[int, str]:
    """Where the body begins, and its dateline."""
    for at, line in enumerate(lines[:_HEAD]):
        dateline = dateline_of(line)
        if dateline and (line == dateline or letters(line) > len(dateline) + _least(at, dateline)):
            return at, dateline
    for at, line in enumerate(lines[:_HEAD]):
        if at and letters(line) >= _PARAGRAPH:
            return at, ""
    at = 1 if len(lines) > 1 else 0
    return (at + 1 if len(lines) > 2 and is_byline(lines[at]) else at), ""


def _least(at: int, dateline: str) -> int:
    """Characters that follow a dateline at least: it opens a headline, too, but not one that names an agency below."""
    return 0 if at and agency_in(dateline) else _LEAST


def _is_marked_slug(line: str) -> bool:
    """Whether a line is a slug with a mark beside it: ``River-festival LEAD 2``."""
    slug = slug_of(line) if len(line) <= _PARAGRAPH else None
    return slug is not None and bool(slug.parts) and _NAMING.fullmatch(slug.name) is not None


class _Head:
    """Slug, headline, further headline, byline and source among the lines before the body."""

    def __init__(self, lines: list[str], headline: str) -> None:
        self.slug = self.byline = self.source = self.subheadline = ""
        rest = []
        for line in lines:
            if not self.byline and is_byline(line):
                self.byline = line
            elif instant(line) is None:
                rest.append(line)
        while len(rest) > 1 and len(rest[0]) <= _PARAGRAPH and (_SLUG.fullmatch(rest[0]) or _is_marked_slug(rest[0])):
            self.slug = f"{self.slug} {rest.pop(0)}".strip()
        self.headline = headline or (rest.pop(0) if rest else "")
        if rest and is_plain_credit(rest[0]):
            self.source = rest.pop(0)
        self.subheadline = rest[0] if rest else ""
