"""Plain text: an agency's slug, headline, dateline, body and end line; or a page copied as text."""

from __future__ import annotations

import codecs
import re

from dateline_ingest.cleaning import related_title, verdict, without_shortcodes
from dateline_ingest.formats.body import body_of_lines
from dateline_ingest.formats.dateline import dateline_of
from dateline_ingest.formats.endline import endlines
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.markup import paragraphs_of
from dateline_ingest.formats.message import Message, bytes_urn, check_story
from dateline_ingest.formats.status import urgency
from dateline_ingest.formats.words import bare
from dateline_ingest.instants import instant
from dateline_schemas.story import CreditElement, Link, Story

NAME = "text"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_SAFE = re.compile(
    r"utf-?8|utf-?16([lb]e|-[lb]e)?|(us-)?ascii|iso-?8859-\d{1,2}|windows-125\d|cp125\d|koi8-[ru]"
    r"|gb2312|gbk|gb18030|big5|euc-(jp|kr)|shift[_-]jis",
    re.IGNORECASE,
)
_FIELDS = {
    "slug": "slugline", "slugline": "slugline", "headline": "headline", "title": "headline", "titre": "headline",
    "byline": "byline", "by": "byline", "dateline": "dateline", "embargo": "embargo", "urgency": "urgency",
    "language": "language", "version": "version", "guid": "guid", "id": "guid", "date": "date", "ednote": "ednote",
    "credit": "credit", "source": "credit", "editor's note": "ednote",
}  # fmt: skip
_FIELD = re.compile(r"([A-Za-z][A-Za-z' ]{1,14}?)\s*:\s+(\S.*)")
_BYLINE = re.compile(
    r"(?:by|par|von|por|di|door|av|af|oleh)\s+\S.{2,80}|.{3,60}\s+with\s+\S.{2,60}\s+in\s+\S.{2,30}", re.IGNORECASE
)
_SLUG = re.compile(r"[^\s]{3,60}|[A-Z0-9ÀÉÈÇÜÖÄ /&,.:'()-]{3,50}|[\w.-]+(?:[-/][\w.]+)+(?:\s*[,(].{1,30})?")
_HEAD = 12
"""Lines among which the story's head is looked for."""
_PARAGRAPH = 140
"""Characters from which a line is body rather than head."""


def read(message: Message) -> tuple[Story, ...]:
    """The one story in the text. Raises Unparseable for an encoding that is neither stated nor UTF-8."""
    raw = _decoded(message).lstrip("\ufeff")
    lines = [line for part in paragraphs_of(raw) if (line := without_shortcodes(part))]
    if len(lines) > message.limits.paragraphs:
        raise Unparseable(f"the text has {len(lines)} paragraphs, more than {message.limits.paragraphs}", format=NAME)
    fields, lines = _fields(raw, lines)
    lines, links = _cleaned(lines)
    if not lines:
        raise Unparseable("the text holds nothing but what surrounds a story; have it sent again", format=NAME)
    at, dateline = _lead(lines)
    if "headline" in fields and not dateline:
        at = 0
    head = _Head(lines[:at], fields.get("headline", ""))
    body = body_of_lines(tuple(lines[at:]))
    dateline, byline = fields.get("dateline", dateline), fields.get("byline", head.byline)
    ends = endlines(body.paragraphs)
    stated = (("source", fields.get("credit", "")), ("byline", byline), ("dateline", dateline))
    credits = [CreditElement(where=where, value=value) for where, value in stated if value]
    story = Story(
        guid=fields.get("guid") or bytes_urn(message.data),
        version=fields.get("version", ""),
        language=fields.get("language", ""),
        headline=head.headline,
        subheadline=head.subheadline,
        slugline=fields.get("slugline", head.slug),
        byline=byline,
        dateline=dateline,
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(fields.get("urgency", "")),
        embargo=instant(fields.get("embargo", "")),
        version_created=instant(fields.get("date", "")),
        ed_note=fields.get("ednote", ""),
        creditline=fields.get("credit", ""),
        credits=(*credits, *(CreditElement(where="endline", value=line) for line in ends)),
        links=links,
    )
    return (check_story(story, message.limits, NAME),)


def _decoded(message: Message) -> str:
    data = message.data
    stated = _CHARSET.search(message.hint)
    encoding = stated[1] if stated else "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    if not _SAFE.fullmatch(encoding):
        raise Unparseable(f"the encoding {encoding} is not accepted; send UTF-8", format=NAME)
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        reason = f"the bytes are not {encoding}; send UTF-8, or state the charset in the media type"
        raise Unparseable(reason, format=NAME, offset=getattr(error, "start", None)) from error


def _fields(raw: str, lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Labelled lines (``Slug: ...``) at the very top, if there are at least two; and the lines after them."""
    found: dict[str, str] = {}
    labelled = 0
    for line in raw.strip().splitlines()[:_HEAD]:
        match = _FIELD.fullmatch(line.strip())
        name = _FIELDS.get(match[1].strip().lower()) if match else None
        if match is None or name is None:
            break
        found.setdefault(name, match[2].strip())
        labelled += 1
    if labelled < 2:
        return {}, lines
    rest = "\n".join(raw.strip().splitlines()[labelled:])
    return found, [line for part in paragraphs_of(rest) if (line := without_shortcodes(part))]


def _cleaned(lines: list[str]) -> tuple[list[str], tuple[Link, ...]]:
    kept: list[str] = []
    links: list[Link] = []
    begun = 0
    for line in lines:
        said = verdict(line, begun=begun >= 2)
        if said == "cut":
            break
        if said == "related":
            links.append(Link(href="", rel="related", title=related_title(line)))
        elif said == "story":
            kept.append(line)
            begun += len(line) >= _PARAGRAPH // 2
    return _undoubled(kept), tuple(links)


def _undoubled(lines: list[str]) -> list[str]:
    """A line that stands twice within the head is the headline: what is before it and its double go."""
    seen: dict[str, int] = {}
    for at, line in enumerate(lines[:_HEAD]):
        key = bare(line)
        if key in seen and len(key) > 12:
            return [*lines[seen[key] : at], *lines[at + 1 :]]
        seen.setdefault(key, at)
    return lines


def _lead(lines: list[str]) -> tuple[int, str]:
    """Where the body begins, and its dateline."""
    for at, line in enumerate(lines[:_HEAD]):
        if (dateline := dateline_of(line)) and len(line) > len(dateline) + 30:
            return at, dateline
    for at, line in enumerate(lines[:_HEAD]):
        if at and len(line) >= _PARAGRAPH:
            return at, ""
    return (1 if len(lines) > 1 else 0), ""


class _Head:
    """Slug, headline, further headline and byline among the lines before the body."""

    def __init__(self, lines: list[str], headline: str) -> None:
        self.slug = self.byline = self.subheadline = ""
        rest = []
        for line in lines:
            if not self.byline and _BYLINE.fullmatch(line):
                self.byline = line
            elif instant(line) is None:
                rest.append(line)
        while len(rest) > 1 and _SLUG.fullmatch(rest[0]):
            self.slug = f"{self.slug} {rest.pop(0)}".strip()
        self.headline = headline or (rest.pop(0) if rest else "")
        self.subheadline = rest[0] if rest else ""
