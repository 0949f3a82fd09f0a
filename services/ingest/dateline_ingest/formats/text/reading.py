"""Plain text: an agency's slug, headline, dateline, body and end line; or a page copied as text; also in Markdown."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline_ingest.cleaning import related_title, verdict, without_shortcodes
from dateline_ingest.formats.charsets.decoding import decoded, stated_charset
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.markup.strings import paragraphs_of
from dateline_ingest.formats.message import Message, check_story
from dateline_ingest.formats.sizes import check_lines
from dateline_ingest.formats.text.fields import fields_of
from dateline_ingest.formats.text.head import PARAGRAPH, undoubled
from dateline_ingest.formats.text.markdown import Plain, is_markdown, plain_of
from dateline_ingest.formats.text.story import Opened, story_of
from dateline_ingest.formats.text.telexsigns import channel_of, signed_fields
from dateline_ingest.formats.text.times import says_published
from dateline_ingest.formats.textwire.conventions import is_mark
from dateline_ingest.formats.textwire.embargo import may_state
from dateline_ingest.formats.textwire.evened import wire_lines
from dateline_ingest.formats.textwire.head import set_apart
from dateline_ingest.formats.values.days import day_alone
from dateline_ingest.formats.values.words import fold
from dateline_schemas.story import Link, Story

NAME = "text"
_SHORT = 40
_TELEX = re.compile(r"\A\s*ZCZC\b[^\n]{0,40}\n(?=\s*\S)", re.IGNORECASE)
"""The sign of telex that a message begins, with the channel that it came by."""
_RULE = re.compile(r"(?<=\n)[ \t]*[-_=*~]{4,}[ \t]*(?=\n)")
"""A rule between the stories of a summary (Kyodo, Yonhap)."""


def read(message: Message) -> tuple[Story, ...]:
    """The one story in the text. Raises Unparseable for an encoding that is neither stated nor clear."""
    return (check_story(story_of(message, _opened(message)), message.limits, NAME),)


def _opened(message: Message) -> Opened:
    text = decoded(message.data, stated_charset(message.hint), NAME).lstrip("\ufeff")
    raw = _TELEX.sub("", wire_lines(text))
    marked = plain_of(raw) if is_markdown(raw) else Plain(raw)
    raw = set_apart(_RULE.sub("\n", marked.text))
    check_lines(raw, message.limits, NAME)
    lines = _lines(raw)
    if len(lines) > message.limits.paragraphs:
        raise Unparseable(f"the text has {len(lines)} paragraphs, more than {message.limits.paragraphs}", format=NAME)
    fields = signed_fields(raw, fold) or fields_of(raw, least=2, line_of=fold)
    cleaned = _cleaned(_lines(fields.rest) if fields.values else lines)
    if not cleaned.lines:
        raise Unparseable("the text holds nothing but what surrounds a story; have it sent again", format=NAME)
    return Opened(
        lines=tuple(cleaned.lines),
        fields=fields,
        days=cleaned.days,
        links=(*cleaned.links, *marked.links),
        credited=cleaned.pictures,
        pictures=marked.pictures,
        channel=channel_of(text),
    )


def _lines(raw: str) -> list[str]:
    return [line for part in paragraphs_of(raw) if (line := without_shortcodes(part))]


def _is_label(above: list[str]) -> bool:
    """Whether the line above is the word for an embargo alone: then a date under it is when that ends."""
    return any(len(line) <= _SHORT and may_state(line) for line in above)


class _Cleaned(NamedTuple):
    """The lines of the story, and what the others said."""

    lines: list[str]
    links: tuple[Link, ...]
    pictures: tuple[str, ...]
    days: tuple[str, ...]


def _cleaned(lines: list[str]) -> _Cleaned:
    kept: list[str] = []
    pictures: list[str] = []
    links: list[Link] = []
    days: list[str] = []
    begun = 0
    for line in lines:
        said = verdict(line, begun=begun >= 2)
        if (said == "noise" and (is_mark(line) or _is_label(kept[-1:]))) or (said == "related" and line is lines[0]):
            said = "story"
        elif said == "noise" and begun < 2 and (day_alone(line) or says_published(line)):
            days.append(line)
        if said in ("cut", "others"):
            break
        if said == "picture":
            pictures.append(line)
        elif said == "related":
            links.append(Link(href="", rel="related", title=related_title(line)))
        elif said == "story":
            kept.append(line)
            begun += len(line) >= PARAGRAPH // 2
    return _Cleaned(undoubled(kept), tuple(links), tuple(pictures), tuple(days))
